namespace Dispatcher.Lambda.Tests;

/// <summary>The behaviour of the probe job.</summary>
public sealed class ProbeBehaviour
{
    public Func<JobContext, CancellationToken, Task<JobResult>> Run { get; set; } = (_, _) => Task.FromResult(JobResult.Succeeded("Done."));

    /// <summary>Gets how many probe jobs have been made.</summary>
    public int Made { get; set; }
}

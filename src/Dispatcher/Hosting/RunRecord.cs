namespace Dispatcher.Hosting;

/// <summary>Is one run as the history keeps it.</summary>
/// <param name="Summary">What the run reported.</param>
public sealed record RunRecord(JobRunSummary Summary)
{
    /// <summary>Gets the memory of the Lambda function that ran it, in MB: with the duration it makes the bill.</summary>
    /// <value>The default value is <see langword="null"/>: it did not run in Lambda.</value>
    public int? MemoryMegabytes { get; init; }
}

namespace Dispatcher.Hosting;

/// <summary>
/// The job on whose behalf the calling asynchronous flow acts, for clients that choose credentials by it. Everything that a job starts,
/// such as parallel tasks, acts for it as well. The change gate, sinks, leases and middlewares act for the host.
/// </summary>
/// <param name="Job">The name of the job.</param>
/// <param name="RunId">The id of the run.</param>
public sealed record RunningJob(string Job, string RunId)
{
    private static readonly AsyncLocal<RunningJob?> CurrentJob = new();

    /// <summary>Gets the job that this code acts for, or <see langword="null"/> if it acts for the host.</summary>
    public static RunningJob? Current => CurrentJob.Value;

    /// <summary>Lets the calling asynchronous method, and everything that it starts, act for a run from now on.</summary>
    internal static void Begin(JobContext context) => CurrentJob.Value = new RunningJob(context.Job, context.RunId);

    /// <summary>Lets the calling asynchronous method act for the host from now on.</summary>
    /// <returns>The job that it acted for.</returns>
    internal static RunningJob? Suspend()
    {
        var job = CurrentJob.Value;
        CurrentJob.Value = null;
        return job;
    }

    /// <summary>Calls back into a job: the callback acts for the job, and what follows in the caller acts for the host again.</summary>
    internal static async Task<T> ResumeAsync<T>(RunningJob? job, Func<Task<T>> callback)
    {
        CurrentJob.Value = job;
        return await callback();
    }
}

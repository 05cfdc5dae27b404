using Dispatcher.Hosting;

namespace Dispatcher.Reporting.Status;

/// <summary>A search for the last success of a job or of a task. It reads no run that is older than the limit.</summary>
internal static class SuccessSearch
{
    /// <summary>Finds the last success that counts for a limit.</summary>
    /// <param name="history">The history.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The success, if there is one.</returns>
    public static async Task<SuccessAge> FindAsync(
        IRunHistory history, SuccessLimit limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = new RunQuery { Job = limit.Job, Status = JobStatus.Succeeded, Since = now - limit.MaxAge };
        await foreach (var run in history.ListAsync(query, cancellationToken))
        {
            if (!run.DryRun && run.Shards is null && (limit.Task is null || limit.Task == run.Task))
            {
                return new SuccessAge(limit, run.StartedAt);
            }
        }

        return new SuccessAge(limit, null);
    }
}

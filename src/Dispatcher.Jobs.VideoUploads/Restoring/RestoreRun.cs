namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>What the steps of one run that restores share.</summary>
/// <param name="context">The run.</param>
/// <param name="calls">The calls to AWS.</param>
internal sealed class RestoreRun(JobContext context, ServiceCalls calls)
{
    public ServiceCalls Calls => calls;

    /// <summary>Finds out what became of a change whose answer was lost.</summary>
    public Task<ChangeOutcome> SettleAsync(Exception lost, Func<Task<ChangeOutcome>> look, CancellationToken cancellationToken) =>
        context.SettleAsync(lost, look, cancellationToken);

    /// <summary>Counts a change that was taken back before.</summary>
    public RestoreStep? Already()
    {
        context.Counters.Add(RestoreCounts.AlreadyRestored);
        return null;
    }

    /// <summary>Reports a change that cannot be taken back.</summary>
    public RestoreStep? Refuse(MadeChange made, string reason)
    {
        context.Counters.Add(RestoreCounts.NotRestorable);
        context.Errors.Add(made.Target, $"{made.Action} cannot be taken back: {reason}");
        return null;
    }
}

using Dispatcher.Hosting;
using Dispatcher.Runs;
using Dispatcher.Shards;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that writes the record of a divided slot when its last shard has ended. Outside of the telemetry, because the record and
/// the lease of this run have to be in the store first. A failure fails the run for its host, which then delivers it again: the repetition
/// is skipped as a duplicate, and looks here once more.
/// </summary>
internal sealed class ShardEndMiddleware(TimeProvider timeProvider, IRunStore? store = null) : IJobMiddleware
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly ShardRecords? _records = store is null ? null : new ShardRecords(store, timeProvider);

    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) =>
        _records is not null && !context.DryRun && (context.Request.Shards ?? context.Request.Shard?.Count) is { } count
            ? RunAsync(_records, count, context, next, cancellationToken)
            : next(context, cancellationToken);

    private async Task<JobResult> RunAsync(
        ShardRecords records, int count, JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var result = await next(context, cancellationToken);
        if (JobRun.Of(context).Record is { } own)
        {
            await CombineAsync(records, context, own, count);
        }

        return result;
    }

    /// <summary>Not with the token of the run: a run that was stopped has ended too.</summary>
    private async Task CombineAsync(ShardRecords records, JobContext context, RunRecord own, int count)
    {
        using var timeout = new CancellationTokenSource(Longest, timeProvider);
        if (await records.TryCombineAsync(context, own, count, timeout.Token).WaitAsync(timeout.Token) is { } totals)
        {
            Log.ShardsCombined(context.Logger, count, context.Slot, totals.Status, totals.RunId);
        }
    }
}

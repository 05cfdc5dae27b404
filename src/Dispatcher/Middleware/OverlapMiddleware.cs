using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Runs;
using Dispatcher.Text;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that skips a run while another run of the job is at work on the same thing. The shards of one slot run at once: each has a
/// lease of its number. A run of all of the work and a shard exclude each other, because each looks for the other once it has its lease.
/// </summary>
internal sealed class OverlapMiddleware(LeaseKeeper keeper) : IJobMiddleware
{
    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var run = JobRun.Of(context);
        return run is { DryRun: false, Descriptor.OverlapKey: { } name } && keeper.IsReady
            ? HoldAsync(run, name(run), next, cancellationToken)
            : next(context, cancellationToken);
    }

    private async Task<JobResult> HoldAsync(JobRun run, string name, JobDelegate next, CancellationToken cancellationToken)
    {
        var what = name.Length == 0 ? "the job" : PrintableText.Escape($"'{name}'");
        var wanted = new WantedLease(
            run.Shard.IsWhole ? LeaseKey.ForOverlap(name) : LeaseKey.ForOverlap(name, run.Shard.Index),
            what,
            Kept: false,
            (answer, _) => Task.FromResult(Skip(run, what, answer.Holder!)));
        var result = await keeper.HoldAsync(run, wanted, (_, token) => CheckAsync(run, name, what, next, token), cancellationToken);
        if (result.Status == JobStatus.Continued)
        {
            // A follow-up run may begin before this one has ended.
            await keeper.ReleaseAsync(run);
        }

        return result;
    }

    private async Task<JobResult> CheckAsync(JobRun run, string name, string what, JobDelegate next, CancellationToken cancellationToken)
    {
        if (run.Descriptor.MaxShards > 1)
        {
            string[] others = run.Shard.IsWhole
                ? [.. Enumerable.Range(0, run.Descriptor.MaxShards).Select(shard => LeaseKey.ForOverlap(name, shard))]
                : [LeaseKey.ForOverlap(name)];
            if (await keeper.FindHolderAsync(run, others, cancellationToken) is { } holder)
            {
                return Skip(run, what, holder);
            }
        }

        return await next(run, cancellationToken);
    }

    private static JobResult Skip(JobRun run, string what, LeaseHolder holder)
    {
        run.Holder = holder;
        return JobResult.Skipped(
            $"Run {holder.RunId} of {run.Job} has been at work on {what} since {holder.Since.UtcDateTime:s}Z. It began first.");
    }
}

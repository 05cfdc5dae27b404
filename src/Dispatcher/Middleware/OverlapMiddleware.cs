using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Runs;
using Dispatcher.Text;

namespace Dispatcher.Middleware;

/// <summary>A middleware that skips a run while another run of the job is at work on the same thing.</summary>
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
            LeaseKey.ForOverlap(name), what, Kept: false, (answer, _) => Task.FromResult(Skip(run, what, answer.Holder!)));
        var result = await keeper.HoldAsync(run, wanted, next, cancellationToken);
        if (result.Status == JobStatus.Continued)
        {
            // A follow-up run may begin before this one has ended.
            await keeper.ReleaseAsync(run);
        }

        return result;
    }

    private static JobResult Skip(JobRun run, string what, LeaseHolder holder)
    {
        run.Holder = holder;
        return JobResult.Skipped($"Run {holder.RunId} of {run.Job} has been at work on {what} since {holder.Since:O}. It began first.");
    }
}

using Dispatcher.Diagnostics;
using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Runs;
using Dispatcher.Text;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that skips a delivery whose slot was run before, or is being run. A slot whose run failed, was skipped or crashed is run
/// by the next delivery.
/// </summary>
internal sealed class IdempotencyMiddleware(LeaseKeeper keeper) : IJobMiddleware
{
    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var run = JobRun.Of(context);
        return !run.DryRun && run.Descriptor.Idempotent && !run.IsSlotOfPlan && LeaseKey.ForSlot(run) is { } key && keeper.IsReady
            ? keeper.HoldAsync(run, Slot(run, key), next, cancellationToken)
            : next(context, cancellationToken);
    }

    private WantedLease Slot(JobRun run, string key) =>
        new(
            key,
            PrintableText.Escape($"slot '{run.Slot}'"),
            Kept: true,
            (answer, cancellationToken) => SkipAsync(run, answer, cancellationToken));

    private async Task<JobResult> SkipAsync(JobRun run, LeaseResult answer, CancellationToken cancellationToken)
    {
        if (answer.Outcome is { } outcome)
        {
            run.Original = await keeper.ReadOriginalAsync(run, outcome, cancellationToken);
            return JobResult.Skipped(
                $"Slot '{run.Slot}' was done before: run {outcome.RunId} ended as {StatusNames.Of(outcome.Status)} at "
                    + $"{outcome.FinishedAt.UtcDateTime:s}Z. To do it again, send another id.");
        }

        run.Holder = answer.Holder;
        return JobResult.Skipped($"Run {run.Holder!.RunId} has been at work on slot '{run.Slot}' since {run.Holder.Since.UtcDateTime:s}Z.");
    }
}

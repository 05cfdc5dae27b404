using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Runs;
using Dispatcher.Text;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that publishes the plan of a dry run when the job has ended, and lets a plan be applied once: by one run at a time, and not
/// again after a run that came to its end.
/// </summary>
internal sealed class PlanMiddleware(
    IOptions<PlanOptions> options, FailureClassifier failures, TimeProvider timeProvider, IRunStore? store = null) : IJobMiddleware
{
    private static readonly TimeSpan LongestPublication = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestPublication = TimeSpan.FromSeconds(0.1);

    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) =>
        JobRun.Of(context).Plan switch
        {
            { Writer: { } writer } plan => WriteAsync(plan, writer, context, next, cancellationToken),
            { File: { } file } when !context.DryRun && store is not null => ApplyAsync(store, file, context, next, cancellationToken),
            _ => next(context, cancellationToken),
        };

    private async Task<JobResult> WriteAsync(
        PreparedPlan plan, PlanWriter writer, JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var result = await next(context, cancellationToken);
        if (result.Status is JobStatus.Failed or JobStatus.Cancelled or JobStatus.Skipped)
        {
            return result.WithNote(" No plan was written.");
        }

        var limit = PublicationLimit(context.Request.Deadline);
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var (totals, contents) = writer.Complete(context.Errors.Count, complete: result.Status != JobStatus.Continued);
            await plan.Store!.PublishAsync(plan.Location, contents, linked.Token).WaitAsync(linked.Token);
            plan.Report = new PlanReport(plan.Location, totals.Digest, totals.Changes);
            return result.WithNote($" The plan of {Quantity.Count(totals.Changes, "change")} is {plan.Location}.");
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            return Fail(plan, result, $"it was not stored within {seconds} s. Raise the function's timeout.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(plan, result, failures.Classify(exception).Message, exception);
        }
    }

    private static JobResult Fail(PreparedPlan plan, JobResult result, string error, Exception exception) =>
        JobResult.Failed($"{result.Summary} The plan '{plan.Location}' could not be written: {error}", exception);

    private async Task<JobResult> ApplyAsync(
        IRunStore runs, PlanFile plan, JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var maxAge = TimeSpan.FromHours(options.Value.MaxAgeHours);
        var (lease, answer) = await PlanLease.TakeAsync(runs, context, plan.Totals.Digest, maxAge, timeProvider, cancellationToken);
        if (lease is null)
        {
            return Refuse(JobRun.Of(context).Plan!, answer);
        }

        await using (lease)
        {
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            var result = await next(context, linked.Token);
            if (result.Status is JobStatus.Succeeded or JobStatus.Partial)
            {
                lease.Finish(context.RunId, result.Status);
            }

            return result;
        }
    }

    private static JobResult Refuse(PreparedPlan plan, LeaseResult answer)
    {
        if (answer.Outcome is { } outcome)
        {
            plan.Report = plan.Report! with { AppliedBy = outcome.RunId };
            return JobResult.Skipped(
                $"The plan '{plan.Location}' was applied already, by run {outcome.RunId} at {outcome.FinishedAt:yyyy-MM-ddTHH:mm:ssZ}. "
                + "Write a new plan for what is left.");
        }

        return JobResult.Skipped(
            $"The plan '{plan.Location}' is being applied by run {answer.Holder!.RunId} since "
            + $"{answer.Holder.Since:yyyy-MM-ddTHH:mm:ssZ}.");
    }

    /// <summary>Reserves a fifth of the time until the host's limit for the report of the run.</summary>
    private TimeSpan PublicationLimit(DateTimeOffset? hostLimit)
    {
        var usable = hostLimit is { } end ? (end - timeProvider.GetUtcNow()) * 0.8 : LongestPublication;
        return usable > LongestPublication ? LongestPublication : usable < ShortestPublication ? ShortestPublication : usable;
    }
}

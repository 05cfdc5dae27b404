using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Runs;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that queues a follow-up run for the same slot when a real run ends as <see cref="JobStatus.Continued"/> and the host
/// provides an <see cref="IRequestSender"/>.
/// </summary>
internal sealed class ContinuationMiddleware(
    IOptions<ContinuationOptions> options, FailureClassifier failures, TimeProvider timeProvider, IRequestSender? sender = null)
        : IJobMiddleware
{
    private readonly ContinuationOptions _options = options.Value;
    private readonly RequestDelivery? _delivery = sender is null ? null : new RequestDelivery(sender, failures, timeProvider);

    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) =>
        _delivery is not null && !context.DryRun
            ? RunAsync(_delivery, context, next, cancellationToken)
            : next(context, cancellationToken);

    private async Task<JobResult> RunAsync(
        RequestDelivery delivery, JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var result = await next(context, cancellationToken);
        return result.Status == JobStatus.Continued && !IsTakenOver(context)
            ? await ContinueAsync(delivery, result, context, cancellationToken)
            : result;
    }

    /// <summary>Determines whether another run does the work, its continuation included.</summary>
    private static bool IsTakenOver(JobContext context) => JobRun.Of(context).Leases is { IsLost: true };

    private async Task<JobResult> ContinueAsync(
        RequestDelivery delivery, JobResult result, JobContext context, CancellationToken cancellationToken)
    {
        var run = context.Request.Continuation + 1;
        if (run >= _options.MaxRuns)
        {
            return JobResult.Failed(
                $"{result.Summary} This was run {run} of at most {_options.MaxRuns} for slot '{context.Slot}', and work is left. "
                + "Raise Continuation:MaxRuns or the function's timeout, or give the job less to do at once.");
        }

        if (context.Request.Shard is { } shard && result.FollowUpParameters is not null)
        {
            // The other shards find a shard's last run by its slot, which the parameters are part of.
            return JobResult.Failed(
                $"{result.Summary} The rest of {shard} was not queued, because the job asks for other parameters. "
                + "A job with shards continues with the parameters of its slot: return JobResult.Continued without parameters.");
        }

        // A run without changes was waiting for something that an immediate follow-up would not find either.
        var delay = JobRun.Of(context).Gate.Summarize().Applied > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_options.IdleDelaySeconds);
        var problem = await delivery.TrySendAsync(Next(context, result, run), delay, context, cancellationToken);
        if (problem is { } failure)
        {
            return JobResult.Failed(
                $"{result.Summary} What is left could not be queued: {failure.Message} What was done stays done; "
                    + "run the job again to go on.",
                failure.Exception);
        }

        JobRun.Of(context).RestIsQueued = true;
        var wait = delay > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $" in {delay.TotalSeconds:0} s") : string.Empty;
        return JobResult.Continued($"{result.Summary} The rest is queued: run {run + 1} of at most {_options.MaxRuns} follows{wait}.");
    }

    /// <summary>Creates the request of the follow-up run. Its id is the slot, so that each run of a slot has the same id.</summary>
    private static JobRequest Next(JobContext context, JobResult result, int continuation) => context.Request with
    {
        Id = context.Slot,
        Continuation = continuation,
        Parameters = context.Request.Plan is null ? result.FollowUpParameters ?? context.Request.Parameters : default,
        Deadline = null,
        HostRequestId = null,
    };
}

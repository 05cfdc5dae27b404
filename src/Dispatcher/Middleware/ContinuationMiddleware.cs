using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Runs;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that queues a follow-up run for the same slot when a real run ends as <see cref="JobStatus.Continued"/> and the host
/// provides an <see cref="IContinuationSender"/>.
/// </summary>
internal sealed class ContinuationMiddleware(
    IOptions<ContinuationOptions> options, FailureClassifier failures, TimeProvider timeProvider, IContinuationSender? sender = null)
        : IJobMiddleware
{
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestSend = TimeSpan.FromSeconds(0.1);

    private readonly ContinuationOptions _options = options.Value;

    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var result = await next(context, cancellationToken);
        return result.Status == JobStatus.Continued && !context.DryRun && sender is not null && !IsTakenOver(context)
            ? await ContinueAsync(sender, result, context, cancellationToken)
            : result;
    }

    /// <summary>Determines whether another run does the work, its continuation included.</summary>
    private static bool IsTakenOver(JobContext context) => JobRun.Of(context).Leases is { IsLost: true };

    private async Task<JobResult> ContinueAsync(
        IContinuationSender through, JobResult result, JobContext context, CancellationToken cancellationToken)
    {
        var run = context.Request.Continuation + 1;
        if (run >= _options.MaxRuns)
        {
            return JobResult.Failed(
                $"{result.Summary} This was run {run} of at most {_options.MaxRuns} for slot '{context.Slot}', and work is left. "
                + "Raise Continuation:MaxRuns or the function's timeout, or give the job less to do at once.");
        }

        // A run without changes was waiting for something that an immediate follow-up would not find either.
        var delay = JobRun.Of(context).Gate.Summarize().Applied > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_options.IdleDelaySeconds);
        var problem = await TrySendAsync(through, Next(context, result, run), delay, context, cancellationToken);
        if (problem is { } failure)
        {
            return JobResult.Failed(
                $"{result.Summary} What is left could not be queued: {failure.Message} What was done stays done; "
                    + "run the job again to go on.",
                failure.Exception);
        }

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

    private async Task<(string Message, Exception Exception)?> TrySendAsync(
        IContinuationSender through, JobRequest next, TimeSpan delay, JobContext context, CancellationToken cancellationToken)
    {
        var limit = SendLimit(context.Request.Deadline);
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await through.SendAsync(next, delay, linked.Token).WaitAsync(linked.Token);
            return null;
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            return (string.Create(CultureInfo.InvariantCulture, $"it was not sent within {limit.TotalSeconds:0.#} s. ")
                + "Check that the queue can be reached from here.", exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = failures.Classify(exception);
            if (!failure.HasUserMessage)
            {
                Log.ContinuationFailed(context.Logger, exception);
            }

            return (failure.Message, exception);
        }
    }

    /// <summary>Reserves half of the time until the host's limit for the report of the run.</summary>
    private TimeSpan SendLimit(DateTimeOffset? hostLimit)
    {
        var usable = hostLimit is { } end ? (end - timeProvider.GetUtcNow()) / 2 : LongestSend;
        return usable > LongestSend ? LongestSend : usable < ShortestSend ? ShortestSend : usable;
    }
}

using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.Runs;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// Has a real run that ended as <see cref="JobStatus.Continued"/> followed by another one for the same slot, where the host has a sender.
/// </summary>
internal sealed class ContinuationMiddleware(
    IOptions<ContinuationOptions> options, FailureClassifier failures, TimeProvider timeProvider, IContinuationSender? sender = null) : IJobMiddleware
{
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestSend = TimeSpan.FromSeconds(0.1);

    private readonly ContinuationOptions _options = options.Value;

    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        var result = await next(context, cancellationToken);
        return result.Status == JobStatus.Continued && !context.DryRun && sender is not null
            ? await ContinueAsync(sender, result, context, cancellationToken)
            : result;
    }

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

        // What a run without changes was waiting for, the next one would find no sooner.
        var delay = JobRun.Of(context).Gate.Summarize().Applied > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_options.IdleDelaySeconds);
        var problem = await TrySendAsync(through, Next(context, result, run), delay, context, cancellationToken);
        if (problem is { } failure)
        {
            return JobResult.Failed(
                $"{result.Summary} What is left could not be queued: {failure.Message} What was done stays done; run the job again to go on.",
                failure.Exception);
        }

        var wait = delay > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $" in {delay.TotalSeconds:0} s") : string.Empty;
        return JobResult.Continued($"{result.Summary} The rest is queued: run {run + 1} of at most {_options.MaxRuns} follows{wait}.");
    }

    /// <summary>Makes the request again, under the slot's own name: what knows its slot by its id knows it in each run.</summary>
    private static JobRequest Next(JobContext context, JobResult result, int continuation) => context.Request with
    {
        Id = context.Slot,
        Continuation = continuation,
        Parameters = result.FollowUpParameters ?? context.Request.Parameters,
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
            return (string.Create(CultureInfo.InvariantCulture, $"it was not sent within {limit.TotalSeconds:0.#} s. Check that the queue can be reached from here."), exception);
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

    /// <summary>Leaves half of the time until the host's limit to the run's report.</summary>
    private TimeSpan SendLimit(DateTimeOffset? hostLimit)
    {
        var usable = hostLimit is { } end ? (end - timeProvider.GetUtcNow()) / 2 : LongestSend;
        return usable > LongestSend ? LongestSend : usable < ShortestSend ? ShortestSend : usable;
    }
}

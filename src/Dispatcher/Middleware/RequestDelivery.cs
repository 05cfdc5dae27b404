using System.Globalization;
using Dispatcher.Hosting;

namespace Dispatcher.Middleware;

/// <summary>The delivery of follow-up requests through the host's sender, in the time that a run has left.</summary>
internal sealed class RequestDelivery(IRequestSender sender, FailureClassifier failures, TimeProvider timeProvider)
{
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestSend = TimeSpan.FromSeconds(0.1);

    /// <summary>Sends a request.</summary>
    /// <returns>Why it could not be sent; <see langword="null"/> if it was.</returns>
    public async Task<(string Message, Exception Exception)?> TrySendAsync(
        JobRequest request, TimeSpan delay, JobContext context, CancellationToken cancellationToken)
    {
        var limit = SendLimit(context.Request.Deadline);
        using var timeout = new CancellationTokenSource(limit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await sender.SendAsync(request, delay, linked.Token).WaitAsync(linked.Token);
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
                Log.RequestNotSent(context.Logger, exception);
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

using System.Net;
using Amazon.Runtime;

namespace Dispatcher.Aws;

/// <summary>
/// Repeats calls to one service that it throttles, beyond the SDK's own few retries and their quota, until a budget of time is spent. A
/// call that waits keeps its place among the calls at once, so that the rate falls while the service is busy.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="stop">Ends all waiting: the run's deadline, also for calls that are to be finished after it.</param>
public sealed class ThrottlingPatience(TimeProvider timeProvider, CancellationToken stop)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private long _throttledSince;

    /// <summary>Makes a call, again and again while the service is too busy.</summary>
    /// <typeparam name="T">What the call answers.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="budget">How long the call may be repeated, and how long the service may answer no call at all.</param>
    /// <param name="cancellationToken">Fires when the caller gives up.</param>
    /// <returns>What the call answers.</returns>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, TimeSpan budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);

        long? started = null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = await call();
                Interlocked.Exchange(ref _throttledSince, 0);
                return answer;
            }
            catch (Exception exception) when (IsThrottled(exception) && HasTimeLeft(started ??= timeProvider.GetTimestamp(), budget))
            {
                if (!await PauseAsync(attempt, cancellationToken))
                {
                    throw;
                }
            }
        }
    }

    internal static bool IsThrottled(Exception exception) =>
        exception is AmazonServiceException service
        && (AwsErrorCodes.IsThrottling(service.ErrorCode)
            || service.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable);

    private bool HasTimeLeft(long started, TimeSpan budget)
    {
        var since = Interlocked.CompareExchange(ref _throttledSince, timeProvider.GetTimestamp(), 0);
        return timeProvider.GetElapsedTime(started) < budget
            && (since == 0 || timeProvider.GetElapsedTime(since) < budget)
            && !stop.IsCancellationRequested;
    }

    /// <returns><see langword="false"/> if the deadline came first.</returns>
    private async Task<bool> PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt, 10));
        pause = (pause < LongestPause ? pause : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop);
        try
        {
            await Task.Delay(pause, timeProvider, either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}

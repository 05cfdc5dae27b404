using System.Net;
using Amazon.Runtime;

namespace Dispatcher.Aws;

/// <summary>
/// A policy that retries throttled calls to one service, in addition to the SDK's few retries and their quota, until a budget of time is
/// spent. A waiting call counts as a concurrent call, so that the rate falls while the service is busy.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="stop">Ends all waiting: the run's deadline, even for calls that continue after it.</param>
public sealed class ThrottlingPatience(TimeProvider timeProvider, CancellationToken stop)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private long _throttledSince;

    /// <summary>Makes a call, and retries it while the service is too busy.</summary>
    /// <typeparam name="T">The answer of the call.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="budget">The time for retries, and the time in which the service may answer no call at all.</param>
    /// <param name="cancellationToken">Canceled when the caller gives up.</param>
    /// <returns>The answer of the call.</returns>
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

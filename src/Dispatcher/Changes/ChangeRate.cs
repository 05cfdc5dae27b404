namespace Dispatcher.Changes;

/// <summary>
/// A limit of changes per second that delays changes, in the order in which they ask. Whenever one is made, the run has made at most as
/// many as the rate allows in the time since its first change, and one second more. Thread-safe.
/// </summary>
/// <remarks>
/// The limiters of System.Threading.RateLimiting have no TimeProvider, and refuse a request for more permits than they hold at once.
/// </remarks>
/// <param name="perSecond">The most changes per second, from 1.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="slowedDown">Called once, when a change waits for the first time.</param>
internal sealed class ChangeRate(long perSecond, TimeProvider timeProvider, Action slowedDown)
{
    private readonly Lock _lock = new();
    private readonly long _start = timeProvider.GetTimestamp();
    private Int128 _paidUntil;
    private bool _hasWaited;

    /// <summary>
    /// Gets or sets the token of the job. Changes that a job makes without a token, to finish what it has begun, do not wait any longer
    /// when it fires.
    /// </summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>Waits until changes may be made.</summary>
    /// <param name="count">The number of changes; all of them are waited for.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    public async ValueTask WaitAsync(int count, CancellationToken cancellationToken)
    {
        var due = Reserve(count);
        var token = cancellationToken.CanBeCanceled ? cancellationToken : Stopping;
        for (var pause = due - Now(); pause > TimeSpan.Zero && !token.IsCancellationRequested; pause = due - Now())
        {
            NoteOnce();
            await PauseAsync(pause, token);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private TimeSpan Now() => timeProvider.GetElapsedTime(_start);

    private async Task PauseAsync(TimeSpan pause, CancellationToken token)
    {
        // A timer counts whole milliseconds, and at most 49 days of them.
        var milliseconds = Math.Min(Math.Ceiling(pause.TotalMilliseconds), TimeSpan.FromDays(30).TotalMilliseconds);
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), timeProvider, token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Takes the next free time.</summary>
    private TimeSpan Reserve(int count)
    {
        lock (_lock)
        {
            // In units of a tick divided by the rate, so that nothing is lost by rounding.
            var now = (Int128)Now().Ticks * perSecond;
            _paidUntil = Int128.Max(_paidUntil, now) + ((Int128)count * TimeSpan.TicksPerSecond);
            var due = _paidUntil - ((Int128)TimeSpan.TicksPerSecond * perSecond);
            return due <= now
                ? TimeSpan.Zero
                : TimeSpan.FromTicks((long)Int128.Min((due + perSecond - 1) / perSecond, TimeSpan.MaxValue.Ticks));
        }
    }

    private void NoteOnce()
    {
        lock (_lock)
        {
            if (_hasWaited)
            {
                return;
            }

            _hasWaited = true;
        }

        slowedDown();
    }
}

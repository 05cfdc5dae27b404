using Microsoft.Extensions.Time.Testing;

namespace Dispatcher.Testing;

/// <summary>
/// A clock that a test advances, and that tells when code under test waits: a test advances it only after the code has reached its pause.
/// </summary>
/// <param name="start">The start; by default 2026-11-22T03:00:00Z.</param>
public sealed class TestClock(DateTimeOffset? start = null)
    : FakeTimeProvider(start ?? new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _waiting = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];

    /// <summary>
    /// Gets or sets how long before their time timers fire. The system's timers fire up to a millisecond early, before the clock shows
    /// their time.
    /// </summary>
    /// <value>The default value is <see cref="TimeSpan.Zero"/>: exactly on time.</value>
    public TimeSpan TimersFireEarlyBy { get; set; }

    /// <summary>Gets the number of timers that wait to fire.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits until timers wait to fire, so that the clock can be advanced past them.</summary>
    /// <param name="count">The least number of timers.</param>
    /// <returns>A task that ends when there are as many.</returns>
    public Task WhenTimersWaitAsync(int count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, reached));
            NotifyWatchers();
            return reached.Task;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);

        var timer = new Timer(this);
        timer.Inner = base.CreateTimer(
            _ =>
            {
                timer.Fired();
                callback(state);
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private void SetWaiting(Timer timer, bool waits)
    {
        lock (_lock)
        {
            if (waits ? _waiting.Add(timer) : _waiting.Remove(timer))
            {
                NotifyWatchers();
            }
        }
    }

    private void NotifyWatchers()
    {
        foreach (var watcher in _watchers.FindAll(watcher => watcher.Count <= _waiting.Count))
        {
            _watchers.Remove(watcher);
            watcher.Reached.SetResult();
        }
    }

    private sealed class Timer(TestClock clock) : ITimer
    {
        private bool _repeats;

        public ITimer Inner { get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _repeats = period > TimeSpan.Zero;
            clock.SetWaiting(this, dueTime != Timeout.InfiniteTimeSpan);
            return Inner.Change(dueTime > clock.TimersFireEarlyBy ? dueTime - clock.TimersFireEarlyBy : dueTime, period);
        }

        public void Fired()
        {
            if (!_repeats)
            {
                clock.SetWaiting(this, waits: false);
            }
        }

        public void Dispose()
        {
            clock.SetWaiting(this, waits: false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

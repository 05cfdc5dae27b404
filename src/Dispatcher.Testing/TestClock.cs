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
    private readonly List<(Func<bool> IsReached, TaskCompletionSource Reached)> _watchers = [];
    private int _set;

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

    /// <summary>Gets how many times a timer was set since the clock was created, whether it still waits or not.</summary>
    public int TimersSet
    {
        get
        {
            lock (_lock)
            {
                return _set;
            }
        }
    }

    /// <summary>Waits until timers wait to fire, so that the clock can be advanced past them.</summary>
    /// <param name="count">The least number of timers.</param>
    /// <returns>A task that ends when there are as many.</returns>
    public Task WhenTimersWaitAsync(int count) => WhenAsync(() => _waiting.Count >= count);

    /// <summary>
    /// Waits until timers were set so many times, for code whose timers come and go: another one may wait while the expected one is not set
    /// yet.
    /// </summary>
    /// <param name="count">The least value of <see cref="TimersSet"/>.</param>
    /// <returns>A task that ends when it is reached.</returns>
    public Task WhenTimersSetAsync(int count) => WhenAsync(() => _set >= count);

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

    /// <summary>Counts a timer, unless it has fired or ended since it was set.</summary>
    private void Add(Timer timer)
    {
        lock (_lock)
        {
            _set++;
            if (timer.IsSet)
            {
                _waiting.Add(timer);
            }

            NotifyWatchers();
        }
    }

    private void Remove(Timer timer)
    {
        lock (_lock)
        {
            timer.IsSet = false;
            _waiting.Remove(timer);
        }
    }

    private Task WhenAsync(Func<bool> isReached)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((isReached, reached));
            NotifyWatchers();
            return reached.Task;
        }
    }

    private void NotifyWatchers()
    {
        foreach (var watcher in _watchers.FindAll(static watcher => watcher.IsReached()))
        {
            _watchers.Remove(watcher);
            watcher.Reached.SetResult();
        }
    }

    private sealed class Timer(TestClock clock) : ITimer
    {
        private bool _repeats;

        public ITimer Inner { get; set; } = null!;

        /// <summary>Gets or sets a value indicating whether the timer is to fire.</summary>
        public bool IsSet { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Remove(this);
            _repeats = period > TimeSpan.Zero;
            IsSet = dueTime != Timeout.InfiniteTimeSpan;
            var changed = Inner.Change(dueTime > clock.TimersFireEarlyBy ? dueTime - clock.TimersFireEarlyBy : dueTime, period);

            // Only now: a test that sees the timer wait advances the clock at once, which must not pass a timer that is not set yet.
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.Add(this);
            }

            return changed;
        }

        public void Fired()
        {
            if (!_repeats)
            {
                clock.Remove(this);
            }
        }

        public void Dispose()
        {
            clock.Remove(this);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

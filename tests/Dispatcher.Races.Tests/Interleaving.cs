using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Lets several processes run one request at a time, in an order that a seed decides. Time passes only when all of them wait for it: then
/// it goes on to where the first one's pause ends.
/// </summary>
/// <param name="seed">Decides the order.</param>
/// <param name="start">Where the clocks start.</param>
/// <param name="background">
/// The pause of timers that go on beside the processes, such as a heartbeat: they do not mean that a process waits.
/// </param>
internal sealed class Interleaving(int seed, DateTimeOffset start, TimeSpan? background = null) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly List<(FakeCaller Caller, TaskCompletionSource Go)> _arrived = [];
    private readonly List<(object Owner, DateTimeOffset Until, Action Wake)> _asleep = [];
    private readonly List<(object Owner, DateTimeOffset Until, Action Wake)> _inBackground = [];
    private DateTimeOffset _now = start;

    private TimeSpan? Background => background;

    /// <summary>Makes the clock of one process.</summary>
    /// <param name="skew">How far it is ahead of the others.</param>
    public TimeProvider CreateClock(TimeSpan skew = default) => new ProcessClock(this, skew);

    /// <summary>Lets time pass between runs.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
        }
    }

    /// <summary>Holds a request back until it is its turn.</summary>
    public async ValueTask<FakeFault> WaitForTurnAsync(FakeCall call)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _arrived.Add((call.Caller, go));
        }

        _changed.Release();
        await go.Task;
        return FakeFault.None;
    }

    /// <summary>Lets the processes run to their ends.</summary>
    public async Task RunAsync(params IReadOnlyList<Task> processes)
    {
        foreach (var process in processes)
        {
            _ = process.ContinueWith(_ => _changed.Release(), TaskScheduler.Default);
        }

        while (!processes.All(static process => process.IsCompleted))
        {
            if (TakeNext(processes.Count(static process => !process.IsCompleted)) is { } next)
            {
                next();
            }
            else
            {
                await _changed.WaitAsync();
            }
        }
    }

    public void Dispose() => _changed.Dispose();

    /// <summary>Chooses who goes on, once all that still run wait.</summary>
    private Action? TakeNext(int running)
    {
        lock (_lock)
        {
            if (running == 0 || _arrived.Count + _asleep.Count < running)
            {
                return null;
            }

            if (_arrived.Count > 0)
            {
                // Sorted, because the order in which they arrive at once is not the seed's.
                var chosen = _arrived.OrderBy(static arrived => arrived.Caller.Name, StringComparer.Ordinal)
                    .ElementAt(_random.Next(_arrived.Count));
                _arrived.Remove(chosen);
                return chosen.Go.SetResult;
            }

            var first = _asleep.Concat(_inBackground).MinBy(static sleeper => sleeper.Until);
            _ = _asleep.Remove(first) || _inBackground.Remove(first);
            _now = first.Until > _now ? first.Until : _now;
            return first.Wake;
        }
    }

    private sealed class ProcessClock(Interleaving interleaving, TimeSpan skew) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow()
        {
            lock (interleaving._lock)
            {
                return interleaving._now + skew;
            }
        }

        public override long GetTimestamp() => GetUtcNow().UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ProcessTimer(interleaving);
            if (dueTime != Timeout.InfiniteTimeSpan && state is not CancellationTokenSource)
            {
                lock (interleaving._lock)
                {
                    (dueTime == interleaving.Background ? interleaving._inBackground : interleaving._asleep).Add(
                        (timer, interleaving._now + dueTime, () => ThreadPool.QueueUserWorkItem(_ => callback(state))));
                }

                interleaving._changed.Release();
            }

            return timer;
        }
    }

    private sealed class ProcessTimer(Interleaving interleaving) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (interleaving._lock)
            {
                interleaving._asleep.RemoveAll(sleeper => sleeper.Owner == this);
                interleaving._inBackground.RemoveAll(sleeper => sleeper.Owner == this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

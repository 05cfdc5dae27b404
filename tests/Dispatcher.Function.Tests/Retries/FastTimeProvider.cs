namespace Dispatcher.Function.Tests.Retries;

/// <summary>A clock that runs many times as fast as the system's, so that pauses and limits of minutes end in less than a second.</summary>
/// <param name="factor">How many times as fast.</param>
internal sealed class FastTimeProvider(int factor) : TimeProvider
{
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private readonly long _startTimestamp = TimeProvider.System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(TimeProvider.System.CreateTimer(callback, state, Shorten(dueTime, factor), Shorten(period, factor)), factor);

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_startTimestamp) * factor;

    private static TimeSpan Shorten(TimeSpan time, int factor) => time == Timeout.InfiniteTimeSpan ? time : time / factor;

    private sealed class Timer(ITimer timer, int factor) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorten(dueTime, factor), Shorten(period, factor));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

namespace Dispatcher.Function.Tests.Template;

/// <summary>Is a clock on which every run takes equally long: a run asks for a timestamp when it begins and when it ends.</summary>
internal sealed class RunClock(TimeSpan length) : TimeProvider
{
    private long _asked;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref _asked) * length.Ticks;
}

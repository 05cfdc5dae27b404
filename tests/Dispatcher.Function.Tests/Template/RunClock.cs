namespace Dispatcher.Function.Tests.Template;

/// <summary>
/// A clock on which every run takes equally long, however often it asks: all timestamps but the first of a run are of its end.
/// </summary>
internal sealed class RunClock(TimeSpan length) : TimeProvider
{
    private readonly AsyncLocal<bool> _hasBegun = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        if (_hasBegun.Value)
        {
            return length.Ticks;
        }

        _hasBegun.Value = true;
        return 0;
    }
}

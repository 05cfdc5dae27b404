using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Diagnostics;

public sealed class SlowCallNoticeTests
{
    private readonly TestClock _clock = new();
    private readonly RecordingLoggerProvider _logs = new();
    private string? _waiting = "PostgreSQL at db:5432 has not answered for 5 seconds.";

    [Test]
    public void Notice_NoAnswerWithinFiveSeconds_WarnsOnce()
    {
        using var notice = Create();

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        var early = _logs.Lines.Count;
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That(early, Is.Zero);
        Assert.That(_logs.Lines, Is.EqualTo(new[] { "Warning test: PostgreSQL at db:5432 has not answered for 5 seconds." }));
    }

    [Test]
    public void Notice_NothingIsWaitedFor_IsSilent()
    {
        _waiting = null;
        using var notice = Create();

        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That(_logs.Lines, Is.Empty);
    }

    [Test]
    public void Restart_OtherSystemAnswered_StartsTheFiveSecondsAgain()
    {
        using var notice = Create();
        _clock.Advance(TimeSpan.FromSeconds(4));

        notice.Restart();
        _clock.Advance(TimeSpan.FromSeconds(4));
        var early = _logs.Lines.Count;
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That((early, _logs.Lines.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Notice_OtherPatience_WarnsAfterIt()
    {
        using var notice = new SlowCallNotice(_logs.CreateLogger("test"), _clock, () => _waiting, TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        var early = _logs.Lines.Count;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That((early, _logs.Lines.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Dispose_CallHasEnded_IsSilent()
    {
        Create().Dispose();

        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That(_logs.Lines, Is.Empty);
    }

    private SlowCallNotice Create() => new(_logs.CreateLogger("test"), _clock, () => _waiting);
}

using Dispatcher.Testing;

namespace Dispatcher.Tests.Testing;

public sealed class TestClockTests
{
    private readonly TestClock _clock = new();

    [Test]
    public void Advance_SeveralTimers_FireInOrder()
    {
        var fired = new List<string>();
        using var late = Timer("late", 2);
        using var early = Timer("early", 1);
        using var tooLate = Timer("too late", 3);

        _clock.Advance(TimeSpan.FromSeconds(2.5));

        Assert.That(fired, Is.EqualTo(new[] { "early", "late" }));
        Assert.That(_clock.WaitingTimers, Is.EqualTo(1));

        ITimer Timer(string name, double seconds) =>
            _clock.CreateTimer(_ => fired.Add(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Test]
    public void Advance_PeriodicTimer_FiresEachTime()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(fired, Is.EqualTo(3));
    }

    [Test]
    public void Advance_DisposedTimer_DoesNotFire()
    {
        var fired = 0;
        _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That(fired, Is.Zero);
    }

    [Test]
    public async Task WhenTimersWaitAsync_TimerIsMadeLater_WaitsForIt()
    {
        var waiting = _clock.WhenTimersWaitAsync(1);
        Assert.That(waiting.IsCompleted, Is.False);

        var delay = Task.Delay(TimeSpan.FromSeconds(1), _clock);
        await waiting;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => delay, Throws.Nothing);
    }

    [Test]
    public async Task WhenTimersSetAsync_TimerCameAndWent_CountsIt()
    {
        _clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();
        _clock.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan).Dispose();
        var second = _clock.WhenTimersSetAsync(2);
        Assert.That((_clock.TimersSet, _clock.WaitingTimers, second.IsCompleted), Is.EqualTo((1, 0, false)));

        using var timer = _clock.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await second;

        Assert.That(_clock.TimersSet, Is.EqualTo(2));
    }
}

using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dispatcher.Tests.Leases;

/// <summary>The fence of leases whose heartbeat gets no time: it decides by the clock alone.</summary>
public sealed class RunLeasesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly StalledClock _clock = new();
    private RunLeases _leases = null!;

    [SetUp]
    public void SetUp() => _leases = new RunLeases(
        TestRun.JobName,
        "run-1",
        new LeaseTimes(TimeSpan.FromSeconds(45)),
        new BoundedRunStore(new ScriptedRunStore(_clock), _clock),
        new FailureClassifier([]),
        _clock,
        NullLogger.Instance);

    [TearDown]
    public void TearDown() => _leases.Dispose();

    [TestCase(39.9, false)]
    [TestCase(40, true)]
    public async Task EnsureHeld_LeaseIsOld_RefusesFiveSecondsBeforeItsEnd(double seconds, bool isLost)
    {
        await TakeAsync("slot");

        _clock.Advance(TimeSpan.FromSeconds(seconds));

        AssertFence(isLost);
        AssertFence(isLost);
    }

    [Test]
    public async Task EnsureHeld_SeveralLeases_IsDecidedByTheOldest()
    {
        await TakeAsync("older");
        _clock.Advance(TimeSpan.FromSeconds(20));
        await TakeAsync("newer");

        _clock.Advance(TimeSpan.FromSeconds(20));

        AssertFence(isLost: true);
    }

    [Test]
    public void EnsureHeld_NoLease_Holds()
    {
        _clock.Advance(TimeSpan.FromDays(1));

        AssertFence(isLost: false);
        Assert.That(_leases.Any, Is.False);
    }

    [Test]
    public async Task EnsureHeld_WallClockWasSetForward_Refuses()
    {
        await TakeAsync("slot");

        _clock.Jump = TimeSpan.FromSeconds(41);

        AssertFence(isLost: true);
    }

    [Test]
    public async Task EnsureHeld_WallClockWasSetBack_IsDecidedByTheMonotonicClock()
    {
        await TakeAsync("slot");
        _clock.Jump = TimeSpan.FromHours(-1);

        _clock.Advance(TimeSpan.FromSeconds(41));

        AssertFence(isLost: true);
    }

    [Test]
    public async Task EnsureHeld_SeveralLeases_NamesAllOfThem()
    {
        await TakeAsync("slot 'a'");
        await TakeAsync("the job");
        _clock.Advance(TimeSpan.FromSeconds(45));

        Assert.That(_leases.EnsureHeld, Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
            "Job 'test-job' could not renew its lease of slot 'a' and the job in time. Another run may have taken it over, so every "
            + "further change was refused. Run the job again; check that the store can be reached and is not throttled."));
    }

    [TestCase(45, 5, 15, 2.25)]
    [TestCase(20, 4, 6.666, 1)]
    [TestCase(25, 5, 8.333, 1.25)]
    public void LeaseTimes_AnyDuration_LeavesAFifthButAtMostFiveSeconds(int seconds, double margin, double interval, double retry)
    {
        var times = new LeaseTimes(TimeSpan.FromSeconds(seconds));

        Assert.That(times.Margin.TotalSeconds, Is.EqualTo(margin));
        Assert.That(times.Interval.TotalSeconds, Is.EqualTo(interval).Within(0.001));
        Assert.That(times.RetryPause.TotalSeconds, Is.EqualTo(retry));
    }

    private Task<LeaseResult> TakeAsync(string key) => _leases.TakeAsync(key, key, kept: true, Limit, CancellationToken.None);

    private void AssertFence(bool isLost)
    {
        Assert.That(
            _leases.EnsureHeld,
            isLost
                ? Throws.TypeOf<PermanentJobException>().With.Message.StartsWith("Job 'test-job' could not renew its lease of ")
                : Throws.Nothing);
        Assert.That(_leases.IsLost, Is.EqualTo(isLost));
    }

    /// <summary>A clock whose timers never fire, and whose wall clock can be set.</summary>
    private sealed class StalledClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero))
    {
        public TimeSpan Jump { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

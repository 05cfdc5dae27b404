using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Tests.Leases;

/// <summary>
/// The times of a heartbeat whose renewals fail: a lease of 45 seconds may be relied on for 40, and is lost then, neither earlier nor
/// later.
/// </summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();
    private readonly ScriptedRunStore _store;
    private RunLeases _leases = null!;

    public HeartbeatTests() => _store = new ScriptedRunStore(_clock);

    [SetUp]
    public async Task SetUpAsync()
    {
        _leases = new RunLeases(
            TestRun.JobName,
            "run-1",
            new LeaseTimes(TimeSpan.FromSeconds(45)),
            new BoundedRunStore(_store, _clock),
            new FailureClassifier([]),
            _clock,
            NullLogger.Instance);
        await _leases.TakeAsync("slot", "the slot", kept: true, TimeSpan.FromSeconds(10), CancellationToken.None);
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        await _leases.EndAsync(outcome: null, TimeSpan.FromSeconds(1)).WaitAsync(Patience);
        _leases.Dispose();
    }

    [Test]
    public async Task Heartbeat_RenewalsFail_TriesAgainUntilTheLastMomentAndLosesThen()
    {
        _store.Before = static call => call == "renew" ? throw new TimeoutException("slow") : Task.CompletedTask;

        // A renewal sets a timer for its limit, and one for the pause until the next.
        await AdvanceAsync(15, timers: 2);
        for (var seconds = 17.25; seconds < 40; seconds += 2.25)
        {
            await AdvanceAsync(2.25, timers: 2);
        }

        Assert.That(_leases.IsLost, Is.False, "at 39.75 s");
        _clock.Advance(TimeSpan.FromSeconds(0.25));
        await LostAsync();
        Assert.That(_leases.EnsureHeld, Throws.TypeOf<PermanentJobException>().With.Message.StartsWith(
            "Job 'test-job' could not renew its lease of the slot in time (TimeoutException: slow). Another run may have"));
    }

    [TestCase(0.01)]
    [TestCase(1.5)]
    public async Task Heartbeat_RenewalsHang_EndInTimeForAnotherOneAndForTheLoss(double last)
    {
        var begun = 0;
        _store.Before = call =>
        {
            begun += call == "renew" ? 1 : 0;
            return call == "renew" ? new TaskCompletionSource().Task : Task.CompletedTask;
        };

        await AdvanceAsync(15, timers: 1);
        await AdvanceAsync(15, timers: 1);
        Assert.That(() => begun, Is.EqualTo(1).After(5000, 5), "the first renewal was given up after its interval, and a pause begins");
        await AdvanceAsync(2.25, timers: 1);
        _clock.Advance(TimeSpan.FromSeconds(7.74));
        Assert.That(() => (begun, _leases.IsLost), Is.EqualTo((2, false)).After(5000, 5), "at 39.99 s");

        _clock.Advance(TimeSpan.FromSeconds(last));
        await LostAsync();
    }

    [Test]
    public async Task Heartbeat_Renewal_AsksForTheWholeDurationFromNow()
    {
        await AdvanceAsync(15, timers: 2);

        Assert.That(_store.LastRenewedUntil, Is.EqualTo(_clock.GetUtcNow().AddSeconds(45)));
        _clock.Advance(TimeSpan.FromSeconds(14.9));
        Assert.That(_leases.EnsureHeld, Throws.Nothing);
    }

    private async Task AdvanceAsync(double seconds, int timers)
    {
        var set = _clock.TimersSet;
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await _clock.WhenTimersSetAsync(set + timers).WaitAsync(Patience);
    }

    private async Task LostAsync()
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _leases.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(Patience);
    }
}

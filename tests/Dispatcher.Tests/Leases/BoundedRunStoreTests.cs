using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Leases;

/// <summary>Calls of the run store end in time.</summary>
public sealed class BoundedRunStoreTests
{
    private readonly TestClock _clock = new();
    private readonly ScriptedRunStore _store;
    private readonly BoundedRunStore _bounded;

    public BoundedRunStoreTests()
    {
        _store = new ScriptedRunStore(_clock);
        _bounded = new BoundedRunStore(_store, _clock);
    }

    [TestCase(0.0, 0.1)]
    [TestCase(7.0, 7.0)]
    public async Task Call_StoreHangs_EndsAtTheLimitAndNotBefore(double limit, double end)
    {
        _store.Before = static _ => new TaskCompletionSource().Task;
        var call = AcquireAsync(TimeSpan.FromSeconds(limit), CancellationToken.None);
        await _clock.WhenTimersWaitAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(end) - TimeSpan.FromMilliseconds(1));
        var early = call.IsCompleted;
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(early, Is.False);
        Assert.That(
            () => call.WaitAsync(TimeSpan.FromSeconds(30)),
            Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
                $"the store did not answer within {limit:0.#} s. Check that it can be reached from here."));
    }

    [Test]
    public async Task Call_CallerGivesUp_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        _store.Before = static _ => new TaskCompletionSource().Task;
        var call = AcquireAsync(TimeSpan.FromSeconds(7), stop.Token);
        await _clock.WhenTimersWaitAsync(1);

        await stop.CancelAsync();

        Assert.That(() => call.WaitAsync(TimeSpan.FromSeconds(30)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Call_ClientOfTheStoreTimesOut_IsItsError()
    {
        _store.Before = static _ => throw new TaskCanceledException("HttpClient.Timeout", new TimeoutException());

        Assert.That(
            () => AcquireAsync(TimeSpan.FromSeconds(7), CancellationToken.None),
            Throws.TypeOf<TaskCanceledException>().With.Message.EqualTo("HttpClient.Timeout"));
    }

    [Test]
    public async Task Call_StoreAnswers_IsItsAnswer() =>
        Assert.That((await AcquireAsync(TimeSpan.Zero, CancellationToken.None)).Lease!.RunId, Is.EqualTo("run-1"));

    private Task<LeaseResult> AcquireAsync(TimeSpan limit, CancellationToken cancellationToken) => _bounded.AcquireAsync(
        new LeaseRequest(TestRun.JobName, "slot:1", "run-1", _clock.GetUtcNow().AddSeconds(45)), limit, cancellationToken);
}

using System.Net;
using Dispatcher.Testing;

namespace Dispatcher.Jobs.Celery.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CeleryEnqueueContractTests
{
    private readonly FakeQueue _queue = new();
    private readonly JobContract _contract;

    public CeleryEnqueueContractTests() =>
        _contract = new JobContract(
            () => CeleryHarness.Create(_queue), CeleryHarness.PayloadOf("""{"tasks":[{"task":"a"},{"task":"b"}]}"""));

    [Test]
    public Task DryRun_ProposesWhatTheRealRunApplies() =>
        _contract.DryRunProposesWhatTheRealRunAppliesAsync(
            () => Task.FromResult(string.Join(",", _queue.Taken.Select(entry => entry.MessageBody))));

    [Test]
    public Task Limit_StopsTheRun() =>
        _contract.LimitStopsTheRunAsync(() => Task.FromResult(string.Join(",", _queue.Taken.Select(entry => entry.MessageBody))));

    [Test]
    public Task AppliedPlan_MakesExactlyItsChanges() => _contract.AppliedPlanMakesExactlyItsChangesAsync();

    [Test]
    public async Task AppliedPlan_LaterWithACountdown_MakesExactlyItsChanges()
    {
        var clock = new TestClock();
        await using var harness = CeleryHarness.Create(_queue, clock);
        await harness.RunAsync(CeleryHarness.PayloadOf(
            """{"task":"a","countdown":60,"expiresIn":600}""", "\"dryRun\":true,\"plan\":\"memory:plan\","));
        clock.Advance(TimeSpan.FromHours(1));

        var record = await harness.RunAsync("""{"job":"celery-enqueue","plan":"memory:plan"}""");

        Assert.That(record.Changes.Applied, Is.EqualTo(1), record.Summary);
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task AppliedPlan_OfAnotherQueue_SendsNothing()
    {
        await using var planner = CeleryHarness.Create(_queue);
        await planner.RunAsync(CeleryHarness.PayloadOf("""{"task":"a"}""", "\"dryRun\":true,\"plan\":\"memory:plan\","));
        await using var harness = CeleryHarness.Create(_queue, ("CELERY_QUEUE_URL", $"{FakeQueue.Url}-2"));
        harness.Plans.Write("memory:plan", planner.Plans.Read("memory:plan"));

        var record = await harness.RunAsync("""{"job":"celery-enqueue","plan":"memory:plan"}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Skipped), record.Summary);
        Assert.That(record.Summary, Does.StartWith("0 of 1 tasks are on"));
        Assert.That(record.Count("notInPlan"), Is.EqualTo(1));
        Assert.That(_queue.Taken, Is.Empty);
    }

    [Test]
    public Task Cancellation_StopsWithinASecond()
    {
        _queue.Hangs = true;
        return _contract.CancellationStopsWithinASecondAsync(_queue.Called.Task);
    }

    [Test]
    public Task BadParameters_AreReportedTogether() =>
        _contract.BadParametersAreReportedTogetherAsync("""{"task":"a b ","priority":10,"countdown":-1}""", "task", "priority", "countdown");

    [Test]
    public Task UnknownParameter_IsRefused() => _contract.UnknownParameterIsRefusedAsync();

    [Test]
    public Task TransientFailure_IsRetried() =>
        _contract.TransientFailureIsRetriedAsync(
            () => _queue.NextThrows(FakeQueue.Error("ThrottlingException", HttpStatusCode.BadRequest)));

    [Test]
    public Task PermanentFailure_IsNotRetried() =>
        _contract.PermanentFailureIsNotRetriedAsync(() => _queue.NextThrows(FakeQueue.Error("AccessDenied", HttpStatusCode.Forbidden)));
}

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
    public Task AppliedPlan_MakesExactlyItsChanges() => _contract.AppliedPlanMakesExactlyItsChangesAsync();

    [Test]
    public Task Cancellation_StopsWithinASecond()
    {
        _queue.Hangs = true;
        return _contract.CancellationStopsWithinASecondAsync(_queue.Called.Task);
    }

    [Test]
    public Task BadParameters_AreReportedTogether() =>
        _contract.BadParametersAreReportedTogetherAsync("""{"task":"a b","priority":10,"countdown":-1}""", "task", "priority", "countdown");

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

using Amazon.ECS.Model;
using Dispatcher.Testing;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EcsRunTaskContractTests
{
    private readonly FakeEcs _ecs = new();
    private readonly JobContract _contract;

    public EcsRunTaskContractTests() =>
        _contract = new JobContract(() => EcsHarness.Create(_ecs), EcsHarness.PayloadOf("""{"taskDefinition":"t","count":2}"""));

    [Test]
    public Task DryRun_ProposesWhatTheRealRunApplies() =>
        _contract.DryRunProposesWhatTheRealRunAppliesAsync(
            () => Task.FromResult(string.Join(",", _ecs.Tasks.Select(task => task.TaskArn))));

    [Test]
    public Task Limit_StopsTheRun() =>
        _contract.LimitStopsTheRunAsync(() => Task.FromResult(string.Join(",", _ecs.Tasks.Select(task => task.TaskArn))));

    [Test]
    public Task AppliedPlan_MakesExactlyItsChanges() => _contract.AppliedPlanMakesExactlyItsChangesAsync();

    [Test]
    public async Task AppliedPlan_ProfileHasChangedSince_StartsNothing()
    {
        await using var planner = EcsHarness.Create(_ecs, EcsHarness.Profile);
        await planner.RunAsync(EcsHarness.PayloadOf("""{"task":"claims-report"}""", "\"dryRun\":true,\"plan\":\"memory:plan\","));
        await using var harness = EcsHarness.Create(
            _ecs, [.. EcsHarness.Profile, ("EcsTasks:claims-report:ContainerOverrides:0:Environment:MODE", "monthly")]);
        harness.Plans.Write("memory:plan", planner.Plans.Read("memory:plan"));

        var record = await harness.RunAsync("""{"job":"ecs-run-task","plan":"memory:plan"}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Skipped), record.Summary);
        Assert.That(record.Summary, Does.StartWith("Started 0 tasks of 'claims-report' on cluster 'reports'; 1 task not as in the plan."));
        Assert.That(record.Count("planChanged"), Is.EqualTo(1));
        Assert.That(_ecs.Tasks, Is.Empty);
    }

    [Test]
    public Task Cancellation_StopsWithinASecond()
    {
        _ecs.Hangs = true;
        return _contract.CancellationStopsWithinASecondAsync(_ecs.Called.Task);
    }

    [Test]
    public Task BadParameters_AreReportedTogether() =>
        _contract.BadParametersAreReportedTogetherAsync(
            """{"count":11,"launchType":"x","taskRoleArn":"y"}""", "count", "launchType", "taskRoleArn");

    [Test]
    public Task UnknownParameter_IsRefused() => _contract.UnknownParameterIsRefusedAsync();

    [Test]
    public Task TransientFailure_IsRetried() => _contract.TransientFailureIsRetriedAsync(() => _ecs.NextStarts(0, "RESOURCE:MEMORY"));

    [Test]
    public Task PermanentFailure_IsNotRetried() =>
        _contract.PermanentFailureIsNotRetriedAsync(() => _ecs.NextThrows(new ClusterNotFoundException("no")));
}

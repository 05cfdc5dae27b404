using System.Net;
using Amazon.SimpleSystemsManagement.Model;
using Dispatcher.Testing;
using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SsmRunCommandContractTests
{
    private readonly FakeSsm _ssm = new();
    private readonly JobContract _contract;

    public SsmRunCommandContractTests()
    {
        _ssm.Instances.Add(new InstanceInformation { InstanceId = First, PingStatus = "Online" });
        _contract = new JobContract(() => Create(_ssm, Allowed), PayloadOf(Minimal));
    }

    [Test]
    public Task DryRun_ProposesWhatTheRealRunApplies() =>
        _contract.DryRunProposesWhatTheRealRunAppliesAsync(
            () => Task.FromResult(string.Join(",", _ssm.Commands.Select(command => command.CommandId))));

    [Test]
    public Task Limit_StopsTheRun() =>
        _contract.LimitStopsTheRunAsync(() => Task.FromResult(string.Join(",", _ssm.Commands.Select(command => command.CommandId))));

    [Test]
    public Task AppliedPlan_MakesExactlyItsChanges() => _contract.AppliedPlanMakesExactlyItsChangesAsync();

    [Test]
    public async Task AppliedPlan_ProfileHasChangedSince_SendsNothing()
    {
        await using var planner = Create(_ssm, Profile);
        await planner.RunAsync(PayloadOf(Named, "\"dryRun\":true,\"plan\":\"memory:plan\","));
        await using var harness = Create(_ssm, [.. Profile, ("SsmCommands:uptime:Commands", "reboot")]);
        harness.Plans.Write("memory:plan", planner.Plans.Read("memory:plan"));

        var record = await harness.RunAsync("""{"job":"ssm-run-command","plan":"memory:plan"}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Skipped), record.Summary);
        Assert.That(record.Summary, Does.StartWith("AWS-RunShellScript is not as in the plan: nothing was sent."));
        Assert.That(_ssm.Commands, Is.Empty);
    }

    [Test]
    public Task Cancellation_StopsWithinASecond()
    {
        _ssm.Hangs = true;
        return _contract.CancellationStopsWithinASecondAsync(_ssm.Called.Task);
    }

    [Test]
    public Task BadParameters_AreReportedTogether() =>
        _contract.BadParametersAreReportedTogetherAsync(
            """{"commands":["date"],"document":"a b","maxErrors":"-1","timeoutSeconds":1}""", "document", "maxErrors", "timeoutSeconds");

    [Test]
    public Task UnknownParameter_IsRefused() => _contract.UnknownParameterIsRefusedAsync();

    [Test]
    public Task TransientFailure_IsRetried() =>
        _contract.TransientFailureIsRetriedAsync(() => _ssm.NextThrows(FakeSsm.Error("ThrottlingException", HttpStatusCode.BadRequest)));

    [Test]
    public Task PermanentFailure_IsNotRetried() =>
        _contract.PermanentFailureIsNotRetriedAsync(() => _ssm.NextThrows(new InvalidDocumentException("no")));
}

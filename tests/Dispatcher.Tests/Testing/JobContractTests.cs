using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Testing;

/// <summary>Holds a good job to the contract, and shows that each way of breaking it is caught.</summary>
public sealed class JobContractTests
{
    private readonly List<string> _world = ["a", "b", "c"];
    private readonly TaskCompletionSource _reached = new();
    private Exception? _failure;

    [Test]
    public Task DryRunProposesWhatTheRealRunApplies_GoodJob_Holds() =>
        Contract(DeleteAllAsync).DryRunProposesWhatTheRealRunAppliesAsync(SnapshotAsync);

    [Test]
    public void DryRunProposesWhatTheRealRunApplies_JobPastTheGate_IsCaught() => Broken(
        () => Contract((_, _) =>
        {
            _world.Clear();
            return Task.FromResult(JobResult.Succeeded("done"));
        }).DryRunProposesWhatTheRealRunAppliesAsync(SnapshotAsync),
        "a dry run changes nothing, but it changed");

    [Test]
    public void DryRunProposesWhatTheRealRunApplies_JobPlansLess_IsCaught() => Broken(
        () => Contract((context, token) => context.DryRun ? Task.FromResult(JobResult.Planned("nothing")) : DeleteAllAsync(context, token))
            .DryRunProposesWhatTheRealRunAppliesAsync(SnapshotAsync),
        "it proposed 0 changes and 3 were applied");

    [Test]
    public void DryRunProposesWhatTheRealRunApplies_NothingToDo_IsCaught() => Broken(
        () => Contract((_, _) => Task.FromResult(JobResult.Succeeded("done"))).DryRunProposesWhatTheRealRunAppliesAsync(SnapshotAsync),
        "there were none");

    [Test]
    public Task LimitStopsTheRun_GoodJob_Holds() => Contract(DeleteAllAsync).LimitStopsTheRunAsync(SnapshotAsync);

    [Test]
    public void LimitStopsTheRun_JobSwallowsTheLimit_IsCaught() => Broken(
        () => Contract(async (context, token) =>
        {
            try
            {
                return await DeleteAllAsync(context, token);
            }
            catch (ChangeLimitExceededException)
            {
                return JobResult.Succeeded("done");
            }
        }).LimitStopsTheRunAsync(SnapshotAsync),
        "a run that needs more than maxChanges=0 fails and names the limit, but it ended as Succeeded");

    [Test]
    public void LimitStopsTheRun_JobChangesPastTheGate_IsCaught() => Broken(
        () => Contract((context, token) =>
        {
            if (!context.DryRun)
            {
                _world.Clear();
                context.Changes.EnsureWithinLimit(3);
            }

            return DeleteAllAsync(context, token);
        }).LimitStopsTheRunAsync(SnapshotAsync),
        "with maxChanges=0 a run changes nothing, but it changed");

    [Test]
    public Task CancellationStopsWithinASecond_GoodJob_Holds() => Contract(async (_, token) =>
    {
        _reached.TrySetResult();
        await Task.Delay(Timeout.Infinite, token);
        return JobResult.Succeeded("never");
    }).CancellationStopsWithinASecondAsync(_reached.Task);

    [Test]
    public void CancellationStopsWithinASecond_JobIgnoresTheToken_IsCaught()
    {
        var never = new TaskCompletionSource<JobResult>();
        Broken(
            () => Contract((_, _) =>
            {
                _reached.TrySetResult();
                return never.Task;
            }).CancellationStopsWithinASecondAsync(_reached.Task),
            "a cancelled run ends within a second");
    }

    [Test]
    public Task BadParametersAreReportedTogether_TypedJob_Holds() =>
        SampleContract().BadParametersAreReportedTogetherAsync("""{"batchSize":0,"mode":"x"}""", "batchSize", "mode");

    [Test]
    public void BadParametersAreReportedTogether_OneIsAccepted_IsCaught() => Broken(
        () => SampleContract().BadParametersAreReportedTogetherAsync("""{"batchSize":0,"mode":"report"}""", "batchSize", "mode"), "'mode' is not among");

    [Test]
    public Task UnknownParameterIsRefused_TypedJob_Holds() => SampleContract().UnknownParameterIsRefusedAsync();

    [Test]
    public Task TransientFailureIsRetried_GoodJob_Holds() =>
        Contract(FailOnceAsync).TransientFailureIsRetriedAsync(() => _failure = new TimeoutException());

    [Test]
    public void TransientFailureIsRetried_PermanentFailure_IsCaught() => Broken(
        () => Contract(FailOnceAsync).TransientFailureIsRetriedAsync(() => _failure = new PermanentJobException("no")), "after 1 attempts: "
            + "no");

    [Test]
    public Task PermanentFailureIsNotRetried_GoodJob_Holds() =>
        Contract(FailOnceAsync).PermanentFailureIsNotRetriedAsync(() => _failure = new PermanentJobException("no"));

    [Test]
    public void PermanentFailureIsNotRetried_TransientFailure_IsCaught() => Broken(
        () => Contract(FailOnceAsync).PermanentFailureIsNotRetriedAsync(() => _failure = new TimeoutException()), "a permanent failure is "
            + "not tried again");

    private static void Broken(Func<Task> check, string message) =>
        Assert.That(() => check(), Throws.TypeOf<JobContractException>().With.Message.Contains(message));

    private static JobContract SampleContract() => new(
        () => new JobHarness(
            builder => builder.AddJob<SampleJob, SampleParameters>(TestRun.JobName, SampleJsonContext.Default.SampleParameters)),
        """{"job":"test-job","parameters":{"table":"t"}}""");

    private static JobContract Contract(JobBody body) =>
        new(() => TestRun.Harness(body, configuration: new() { ["Retry:BaseDelaySeconds"] = "0" }), TestRun.Payload);

    private Task<string> SnapshotAsync() => Task.FromResult(string.Join(",", _world));

    private async Task<JobResult> DeleteAllAsync(JobContext context, CancellationToken cancellationToken)
    {
        foreach (var item in _world.ToList())
        {
            await context.Changes.TryApplyAsync(
                TestRun.Change(item, counter: "deleted"), _ => Task.FromResult(_world.Remove(item)), cancellationToken);
        }

        return JobResult.Succeeded("done");
    }

    private Task<JobResult> FailOnceAsync(JobContext context, CancellationToken cancellationToken)
    {
        var failure = _failure;
        _failure = null;
        return failure is null ? Task.FromResult(JobResult.Succeeded("done")) : throw failure;
    }
}

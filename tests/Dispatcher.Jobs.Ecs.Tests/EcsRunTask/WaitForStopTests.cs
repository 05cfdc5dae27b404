using Amazon.ECS.Model;
using Dispatcher.Jobs.Ecs.EcsRunTask;
using Dispatcher.Telemetry;
using Dispatcher.Testing;
using static Dispatcher.Jobs.Ecs.Tests.EcsRunTask.EcsHarness;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests.EcsRunTask;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WaitForStopTests
{
    private const string Waiting = """{"taskDefinition":"t","waitForStop":true}""";

    private readonly FakeEcs _ecs = new();
    private readonly ManualTimeProvider _clock = new();

    [Test]
    public async Task RunAsync_TaskEndsWell_Succeeds()
    {
        _ecs.OnLook = look => { if (look == 3) { _ecs.Stop(0); } };
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(Waiting)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_ecs.Looks, Is.EqualTo(3));
        Assert.That(summary.DurationMs, Is.EqualTo(2 * TaskWaiter.Pause.TotalMilliseconds));
    }

    [TestCase(137, "OutOfMemoryError", "Container 'main' ended with exit code 137 (OutOfMemoryError).")]
    [TestCase(null, "CannotPullContainerError: no such image", "Container 'main' never ran (CannotPullContainerError: no such image).")]
    public async Task RunAsync_TaskEndsBadly_FailsWithItsReasonAndIsNotTriedAgain(int? exitCode, string reason, string error)
    {
        _ecs.OnLook = _ => _ecs.Stop(exitCode, reason);
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(Waiting)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Errors.Single().Error, Is.EqualTo(error));
        Assert.That(summary.Summary, Does.Contain(error));
    }

    [Test]
    public async Task RunAsync_OneOfTwoEndsBadly_IsPartial()
    {
        _ecs.OnLook = _ =>
        {
            _ecs.Stop(0);
            _ecs.Tasks[1].Containers = [new Container { Name = "main", ExitCode = 1 }];
        };
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf("""{"taskDefinition":"t","count":2,"waitForStop":true}""")));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Count("tasksFailed"), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_DeadlineComesFirst_ContinuesAndTheNextDeliveryWaitsOn()
    {
        await using var harness = Create(_ecs, _clock);
        var payload = PayloadOf(Waiting, "\"id\":\"event-1\",");

        var first = await FinishAsync(harness.RunAsync(payload, _clock.GetUtcNow().AddMinutes(5)), timers: 3);
        _ecs.OnLook = _ => _ecs.Stop(0);
        var second = await FinishAsync(harness.RunAsync(payload, _clock.GetUtcNow().AddMinutes(5)), timers: 3);

        Assert.That(first.Status, Is.EqualTo(JobStatus.Continued));
        Assert.That(first.Summary, Does.Contain("goes on in ECS"));
        Assert.That(first.DurationMs, Is.LessThan(300_000));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_TaskIsForgotten_FailsInsteadOfWaitingForEver()
    {
        _ecs.OnLook = _ => _ecs.Tasks.Clear();
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(Waiting)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("no longer knows"));
    }

    [Test]
    public async Task RunAsync_Cancelled_StopsWithinASecond()
    {
        await using var harness = Create(_ecs, _clock);
        using var cancellation = new CancellationTokenSource();

        var run = harness.RunAsync(PayloadOf(Waiting), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(1))).Status, Is.EqualTo(JobStatus.Failed));
    }

    /// <summary>Moves the clock from pause to pause until the run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="timers">How many timers wait while the job pauses: its own, and two of a deadline.</param>
    private async Task<JobRunSummary> FinishAsync(Task<JobRunSummary> run, int timers = 1)
    {
        while (await Task.WhenAny(run, _clock.WhenTimersWaitAsync(timers)) != run)
        {
            _clock.Advance(TaskWaiter.Pause);
        }

        return await run;
    }
}

using Amazon.ECS.Model;
using Dispatcher.Testing;
using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WaitForStopTests
{
    private const string Waiting = """{"taskDefinition":"t","waitForStop":true}""";

    private readonly FakeEcs _ecs = new();
    private readonly TestClock _clock = new();

    [Test]
    public async Task RunAsync_TaskEndsWell_Succeeds()
    {
        _ecs.OnLook = look => { if (look == 3) { _ecs.Stop(0); } };
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(Waiting)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_ecs.Looks, Is.EqualTo(3));
        Assert.That(summary.DurationMs, Is.EqualTo(2 * Dispatcher.Aws.OutcomePolling.Pause.TotalMilliseconds));
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

    private static IEnumerable<TestCaseData> Successes()
    {
        yield return new TestCaseData(
            Waiting, "EssentialContainerExited", new[] { Of("main", 0), Of("sidecar", 137) }).SetArgDisplayNames("a sidecar was killed");
        yield return new TestCaseData(
            Waiting,
            "EssentialContainerExited",
            new[] { Of("main", 0), Of("sidecar", null, "CannotPullContainerError") }).SetArgDisplayNames("a sidecar never ran");
        yield return new TestCaseData(
            Waiting,
            "EssentialContainerExited",
            new[] { Of("main", 0), Of("sidecar", 0, "OutOfMemoryError") }).SetArgDisplayNames("a sidecar ran out of memory");
        yield return new TestCaseData(Waiting, null, new[] { Of("main", 0), Of("sidecar", 1) }).SetArgDisplayNames("no stop code");
        yield return new TestCaseData(
            WaitingFor("main"),
            "EssentialContainerExited",
            new[] { Of("main", 0), Of("proxy", 143) }).SetArgDisplayNames("the named one decides");
    }

    [TestCaseSource(nameof(Successes))]
    public async Task RunAsync_DecidingContainerEndsWell_Succeeds(string parameters, string? stopCode, Container[] containers)
    {
        _ecs.OnLook = _ => _ecs.StopWith(stopCode, "Essential container in task exited", containers);
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(parameters)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Errors, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Losses()
    {
        yield return new TestCaseData(
            Waiting, "EssentialContainerExited", new[] { Of("main", 1), Of("sidecar", 0) }, "Container 'main' ended with exit code 1");
        yield return new TestCaseData(
            Waiting,
            "EssentialContainerExited",
            new[] { Of("main", 0), Of("proxy", 143) },
            "'proxy' ended with exit code 143 (why). If another container decides");
        yield return new TestCaseData(
            Waiting, "EssentialContainerExited", new[] { Of("main", null), Of("sidecar", 0) }, "Container 'main' never ran");
        yield return new TestCaseData(
            Waiting,
            "EssentialContainerExited",
            new[] { Of("main", 0, "OutOfMemoryError: killed") },
            "exit code 0, but ECS names a reason (OutOfMemoryError: killed)");
        yield return new TestCaseData(
            WaitingFor("sidecar"),
            "EssentialContainerExited",
            new[] { Of("main", 0), Of("sidecar", 3) },
            "Container 'sidecar' ended with exit code 3");
        yield return new TestCaseData(
            WaitingFor("mian"),
            "EssentialContainerExited",
            new[] { Of("main", 0) },
            "no container 'mian', which 'container' names. Its containers: 'main'.");
        yield return new TestCaseData(Waiting, "EssentialContainerExited", Array.Empty<Container>(), "stopped without a container (why)");
        string[] codes =
            ["SpotInterruption", "UserInitiated", "ServiceSchedulerInitiated", "TaskFailedToStart", "TerminationNotice", "SomethingNew"];
        foreach (var code in codes)
        {
            yield return new TestCaseData(Waiting, code, new[] { Of("main", 0) }, $"ECS stopped the task: {code} (why).");
            yield return new TestCaseData(
                WaitingFor("main"), code, new[] { Of("main", 0), Of("sidecar", 0) }, $"ECS stopped the task: {code} (why).");
        }

        yield return new TestCaseData(
            Waiting, "TaskFailedToStart", new[] { Of("main", null, "CannotPullContainerError") }, "never ran (CannotPullContainerError)");
        yield return new TestCaseData(Waiting, "UserInitiated", Array.Empty<Container>(), "UserInitiated (why)");
    }

    [TestCaseSource(nameof(Losses))]
    public async Task RunAsync_TaskDidNotDoItsWork_FailsAndIsNotTriedAgain(
        string parameters, string stopCode, Container[] containers, string error)
    {
        _ecs.OnLook = _ => _ecs.StopWith(stopCode, "why", containers);
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(parameters)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Errors.Single().Error, Does.Contain(error));
        Assert.That(summary.Summary, Does.Contain(error));
    }

    [Test]
    public async Task RunAsync_EssentialContainersUnknown_FailsAndNamesBothRemedies()
    {
        _ecs.DescribeDefinition = () => throw new AccessDeniedException(
            "no", null, Amazon.Runtime.ErrorType.Sender, "AccessDeniedException", "r-1", System.Net.HttpStatusCode.BadRequest);
        _ecs.OnLook = _ => _ecs.StopWith("EssentialContainerExited", null, Of("main", 0), Of("sidecar", 137));
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(Waiting)));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("allow ecs:DescribeTaskDefinition").And.Contain("'container'"));
    }

    [Test]
    public async Task RunAsync_TasksOfDifferentFates_AreToldApart()
    {
        _ecs.OnLook = _ =>
        {
            _ecs.StopWith("EssentialContainerExited", null, Of("main", 0), Of("sidecar", 137));
            _ecs.Tasks[1].StopCode = "SpotInterruption";
            _ecs.Tasks[2].Containers = [Of("main", 2)];
        };
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf("""{"taskDefinition":"t","count":3,"waitForStop":true}""")));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Summary, Does.StartWith("2 of 3 tasks failed."));
        Assert.That(summary.Errors.Select(error => error.Item), Is.EqualTo(new[] { _ecs.Tasks[1].TaskArn, _ecs.Tasks[2].TaskArn }));
    }

    [Test]
    public async Task RunAsync_ReasonsWithLineBreaks_BeginNoLine()
    {
        const string Crafted = "OutOfMemoryError\n{\"_aws\":{}}\u2028\u202e\u001b[2J";
        _ecs.OnLook = _ => _ecs.StopWith("UserInitiated\n{}", Crafted, Of("main\r\n", 1, Crafted));
        await using var harness = Create(_ecs, _clock);

        var summary = await FinishAsync(harness.RunAsync(PayloadOf(Waiting)));

        Assert.That(summary.Errors.Single().Error, Does.Contain(@"OutOfMemoryError\n").And.Not.Match(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"));
    }

    private static string WaitingFor(string container) => $$"""{"taskDefinition":"t","waitForStop":true,"container":"{{container}}"}""";

    private static Container Of(string name, int? exitCode, string? reason = null) =>
        new() { Name = name, ExitCode = exitCode, Reason = reason };

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
        Assert.That(first.Summary, Does.Contain("it continues in ECS"));
        Assert.That(first.DurationMs, Is.LessThan(300_000));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_TimerOfTheDeadlineFiresEarly_Continues()
    {
        _clock.TimersFireEarlyBy = TimeSpan.FromMilliseconds(1);
        await using var harness = Create(_ecs, _clock);

        var run = harness.RunAsync(PayloadOf(Waiting), _clock.GetUtcNow().AddSeconds(12));
        await _clock.WhenTimersWaitAsync(3);
        _clock.Advance(TimeSpan.FromSeconds(8.999));

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Continued));
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
    public async Task RunAsync_Cancelled_StopsAtOnce()
    {
        await using var harness = Create(_ecs, _clock);
        using var cancellation = new CancellationTokenSource();

        var run = harness.RunAsync(PayloadOf(Waiting), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(30))).Status, Is.EqualTo(JobStatus.Failed));
    }

    /// <summary>Moves the clock from pause to pause until the run has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="timers">How many timers wait while the job pauses: its own, and two of a deadline.</param>
    private async Task<RunRecord> FinishAsync(Task<RunRecord> run, int timers = 1)
    {
        while (await Task.WhenAny(run, _clock.WhenTimersWaitAsync(timers)) != run)
        {
            _clock.Advance(Dispatcher.Aws.OutcomePolling.Pause);
        }

        return await run;
    }
}

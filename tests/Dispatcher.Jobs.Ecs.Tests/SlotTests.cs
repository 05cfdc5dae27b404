using Amazon.ECS.Model;
using Dispatcher.Testing;
using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;
using EcsFailure = Amazon.ECS.Model.Failure;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Jobs.Ecs.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SlotTests
{
    private const string Slot = "\"id\":\"event-1\",";

    private readonly FakeEcs _ecs = new();

    [Test]
    public async Task RunAsync_SlotDeliveredAgainWhileTheTaskRuns_StartsOneTask()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, Slot));
        var second = await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped));
        Assert.That(second.Summary, Does.Contain(_ecs.Tasks[0].TaskArn));
    }

    [Test]
    public async Task RunAsync_SlotDeliveredAgainAfterTheTaskStopped_RepeatsTheRequestThatEcsDrops()
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, Slot));
        _ecs.Stop(0);
        await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(_ecs.Calls, Has.Count.EqualTo(2));
        Assert.That(_ecs.Calls[1].ClientToken, Is.EqualTo(_ecs.Calls[0].ClientToken));
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_AnswerLost_RepeatsTheSameRequest()
    {
        _ecs.NextThrows(new TimeoutException("no answer"));
        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(_ecs.Calls[1].ClientToken, Is.EqualTo(_ecs.Calls[0].ClientToken));
    }

    [Test]
    public async Task RunAsync_AnswerLostAfterTheTaskWasStarted_FindsItsOwnTaskAndCountsIt()
    {
        var clock = new TestClock();
        _ecs.Clock = clock;
        await using var harness = Create(_ecs.NextLosesItsAnswer(new TimeoutException("no answer")), clock);

        var summary = await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(_ecs.Tasks, Has.Count.EqualTo(1));
        Assert.That(summary.Count("tasksStarted"), Is.EqualTo(1));
        Assert.That(summary.Changes.Applied, Is.EqualTo(1));
    }

    [TestCase(Slot, "To deliver this slot again is safe")]
    [TestCase("", "A new run needs an 'id' or 'scheduledTime'")]
    public async Task RunAsync_EveryAnswerLost_WarnsThatTheTaskMayRunAndHowToRepeatSafely(string around, string remedy)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            _ecs.NextLosesItsAnswer(new TimeoutException("no answer"));
        }

        await using var harness = Create(_ecs);

        var summary = await harness.RunAsync(PayloadOf(Minimal, around));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            summary.Summary,
            Does.Contain("may have started 'claims-report' all the same").And.Contain(_ecs.Tasks.Single().StartedBy).And.Contain(remedy));
        Assert.That(_ecs.Calls.Select(call => call.ClientToken).Distinct(), Has.One.Items);
    }

    [Test]
    public async Task RunAsync_TasksOfAnEarlierDeliveryInTheAnswer_AreNotCountedAsItsOwn()
    {
        var clock = new TestClock();
        _ecs.Clock = clock;
        await using var harness = Create(_ecs, clock);
        var payload = PayloadOf("""{"taskDefinition":"t","count":2}""", Slot);

        var first = await harness.RunAsync(payload);
        _ecs.Stop(0);
        clock.Advance(TimeSpan.FromMinutes(1));
        var second = await harness.RunAsync(payload);

        Assert.That(first.Count("tasksStarted"), Is.EqualTo(2));
        Assert.That(_ecs.Calls, Has.Count.EqualTo(2));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped), second.Summary);
        Assert.That(second.Count("tasksStarted"), Is.Zero);
        Assert.That(second.Changes.Applied, Is.Zero);
        Assert.That(second.Summary, Does.Contain(_ecs.Tasks[0].TaskArn).And.Contain(_ecs.Tasks[1].TaskArn));
    }

    [Test]
    public async Task RunAsync_EarlierDeliveryStartedSome_CountsTheOthersOnly()
    {
        var clock = new TestClock();
        _ecs.Clock = clock;
        var payload = PayloadOf("""{"taskDefinition":"t","count":2}""", Slot);
        List<Amazon.ECS.Model.Task> earlier = [];
        _ecs.Next(
            request => new RunTaskResponse { Tasks = earlier = _ecs.Start(
                request, 1), Failures = [new EcsFailure { Reason = "MISSING" }] });
        await using var harness = Create(_ecs, clock);

        await harness.RunAsync(payload);
        _ecs.Stop(0);
        clock.Advance(TimeSpan.FromMinutes(1));
        _ecs.Next(_ => new RunTaskResponse { Tasks = earlier, Failures = [new EcsFailure { Reason = "RESOURCE:CPU" }] });
        var second = await harness.RunAsync(payload);

        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded), second.Summary);
        Assert.That(second.Count("tasksStarted"), Is.EqualTo(1));
        Assert.That(
            second.Summary, Does.StartWith("Started 1 task of 't'").And.Contain("an earlier delivery of this slot has started 1 task"));
    }

    [TestCase("\"id\":\"event-2\",", Minimal)]
    [TestCase(Slot, """{"taskDefinition":"other"}""")]
    [TestCase("", Minimal)]
    public async Task RunAsync_AnotherSlotOrAnotherPayload_StartsAnotherTask(string around, string parameters)
    {
        await using var harness = Create(_ecs);

        await harness.RunAsync(PayloadOf(Minimal, around.Length == 0 ? "" : Slot));
        await harness.RunAsync(PayloadOf(parameters, around));

        Assert.That(_ecs.Tasks, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_TokenUsedWithOtherSettings_IsSkipped()
    {
        await using var harness = Create(_ecs.NextThrows(new ConflictException("The client token is in use.")));

        var summary = await harness.RunAsync(PayloadOf(Minimal, Slot));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Skipped));
    }
}

using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CeleryEnqueueJobTests
{
    private readonly FakeQueue _queue = new();

    [Test]
    public async Task RunAsync_FifoQueueAndSlot_WarnsThatARepetitionMayBeDropped()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf("""{"queueName":"jobs.fifo","task":"t"}""", "\"id\":\"event-1\","));

        Assert.That(
            summary.Summary,
            Is.EqualTo("Enqueued task 't' on 'jobs.fifo'. "
                       + "If an earlier delivery of this slot was within 5 minutes, SQS has dropped the repetition."));
    }

    [Test]
    public async Task RunAsync_PlanWithACharacterAcrossTheCut_DoesNotSplitIt()
    {
        await using var harness = Create(_queue);

        for (var padding = 380; padding < 400; padding++)
        {
            var text = new string('x', padding) + string.Concat(Enumerable.Repeat("😀", 10));
            var summary = await harness.RunAsync(PayloadOf($$"""{"task":"t","args":["{{text}}"]}""", "\"dryRun\":true,"));

            Assert.That(summary.Changes.Items.Single().Reason, Does.Not.Match(@"[\uD800-\uDBFF](?![\uDC00-\uDFFF])").And.Contain("…"));
        }
    }

    [TestCase("app.tasks.*,other.one", "app.tasks.cleanup", true)]
    [TestCase("app.tasks.*,other.one", "other.one", true)]
    [TestCase("app.tasks.*,other.one", "other.one.more", false)]
    [TestCase("app.tasks.*", "app.tasksx", false)]
    [TestCase("*", "anything", true)]
    public async Task RunAsync_AllowList_AllowsOnlyItsTasks(string allowed, string task, bool passes)
    {
        await using var harness = Create(_queue, ("CELERY_ALLOWED_TASKS", allowed));

        var summary = await harness.RunAsync(PayloadOf($$"""{"task":"{{task}}"}"""));

        Assert.That(_queue.Taken, Has.Count.EqualTo(passes ? 1 : 0));
        Assert.That(summary.Summary, Does.StartWith(passes ? "Enqueued" : $"Not allowed: '{task}'. CELERY_ALLOWED_TASKS allows "));
    }

    [Test]
    public async Task RunAsync_DryRun_ShowsTheCallAndSendsNothing()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(
            PayloadOf("""{"task":"app.tasks.add","args":[1],"kwargs":{"name":"x"},"countdown":60}""", "\"dryRun\":true,"));

        Assert.That(_queue.Calls, Is.Empty);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(1));
        Assert.That(
            summary.Changes.Items.Single().Reason,
            Does.StartWith("app.tasks.add(1, name='x'), id ").And.Contain("eta 2026-11-22T03:01:00+00:00"));
    }

    [Test]
    public async Task RunAsync_RealRun_KeepsArgumentsOutOfTheResultAndTheLogFromInformationUp()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t","args":["only-for-the-worker"]}"""));

        Assert.That(summary.Changes.Items.Single().Reason, Does.Not.Contain("only-for-the-worker"));
        Assert.That(
            harness.Logs.Lines.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal)),
            Has.None.Contains("only-for-the-worker"));
        Assert.That(harness.Logs.Lines, Has.Some.Contains("only-for-the-worker"));
    }

    [Test]
    public async Task RunAsync_BothQueuesInThePayload_IsRefused()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"task":"t","queueName":"a","queueUrl":"{{FakeQueue.Url}}"}"""));

        Assert.That(summary.Summary, Does.Contain("Give one of them"));
        Assert.That(_queue.Calls, Is.Empty);
    }

    [TestCase("""{"task":"app.tasks.run"}""", "app.tasks.run")]
    [TestCase("""{"tasks":[{"task":"app.tasks.run"},{"task":"app.tasks.run","args":[1]}]}""", "app.tasks.run")]
    [TestCase("""{"tasks":[{"task":"app.tasks.run"},{"task":"app.tasks.other"}]}""", null)]
    public async Task RunAsync_Tasks_AreTheTaskOfTheRunIfAllAreTheSame(string parameters, string? task)
    {
        await using var harness = CeleryHarness.Create(new FakeQueue(), TimeProvider.System);

        var record = await harness.RunAsync(CeleryHarness.PayloadOf(parameters));

        Assert.That(record.Task, Is.EqualTo(task), record.Summary);
    }
}

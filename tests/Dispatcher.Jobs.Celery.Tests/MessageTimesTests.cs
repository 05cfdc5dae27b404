using System.Net;
using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MessageTimesTests
{
    private readonly FakeQueue _queue = new();

    [TestCase("", "Enqueued task 't' on 'celery'.")]
    [TestCase("\"dryRun\":true,", "Would enqueue task 't' on 'celery'.")]
    public async Task RunAsync_ExpiryInThePast_Warns(string around, string begin)
    {
        await using var harness = Create(_queue);

        var record = await harness.RunAsync(PayloadOf("""{"task":"t","expires":"2026-11-22T02:59:59Z"}""", around));

        Assert.That(
            record.Summary,
            Is.EqualTo(begin + " Warning: Task 't' expires at 2026-11-22T02:59:59+00:00, which is past: "
                       + "a worker drops it without running it."));
        Assert.That(harness.Logs.Lines, Has.Some.StartsWith("Warning").And.Contains("which is past"));
        Assert.That(_queue.Taken, Has.Count.EqualTo(around.Length == 0 ? 1 : 0));
    }

    [TestCase("""{"task":"t","countdown":31}""")]
    [TestCase("""{"task":"t","eta":"2026-11-22T03:00:31Z"}""")]
    [TestCase("""{"tasks":[{"task":"t","countdown":31},{"task":"u","countdown":30}]}""")]
    public async Task RunAsync_LongerThanTheVisibilityTimeout_Warns(string parameters)
    {
        await using var harness = Create(_queue);

        var record = await harness.RunAsync(PayloadOf(parameters));

        Assert.That(
            record.Summary,
            Does.EndWith("Warning: Task 't' is to run at 2026-11-22T03:00:31+00:00, but queue 'celery' delivers it again after 30 s: "
                         + "it may run more than once. Raise the queue's VisibilityTimeout above the longest countdown."));
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task RunAsync_SeveralHeldTooLong_CountsThem()
    {
        await using var harness = Create(_queue);

        var record = await harness.RunAsync(PayloadOf("""{"tasks":[{"task":"t","countdown":31},{"task":"u","countdown":60}]}"""));

        Assert.That(record.Summary, Does.Contain("Warning: Task 't' and 1 more: 't' is to run at"));
    }

    [TestCase("""{"task":"t","countdown":30}""", 1)]
    [TestCase("""{"task":"t","eta":"2026-11-22T02:00:00Z"}""", 0)]
    [TestCase("""{"task":"t","expires":"2026-11-22T03:00:01Z"}""", 0)]
    [TestCase("""{"task":"t"}""", 0)]
    public async Task RunAsync_NothingToWarnOf_ReadsTheTimeoutOnlyIfAWorkerHoldsATask(string parameters, int reads)
    {
        await using var harness = Create(_queue);

        var record = await harness.RunAsync(PayloadOf(parameters));

        Assert.That(record.Summary, Is.EqualTo("Enqueued task 't' on 'celery'."));
        Assert.That(_queue.Read.Count(name => name == "VisibilityTimeout"), Is.EqualTo(reads));
    }

    [Test]
    public async Task RunAsync_TimeoutCannotBeRead_SendsTheTask()
    {
        _queue.AttributesFailure = FakeQueue.Error("AccessDenied", HttpStatusCode.Forbidden);
        await using var harness = Create(_queue);

        var record = await harness.RunAsync(PayloadOf("""{"task":"t","countdown":3600}"""));

        Assert.That(record.Summary, Is.EqualTo("Enqueued task 't' on 'celery'."));
        Assert.That(_queue.Taken, Has.Count.EqualTo(1));
        Assert.That(harness.Logs.Lines, Has.Some.Contains("visibility timeout of celery could not be read"));
    }
}

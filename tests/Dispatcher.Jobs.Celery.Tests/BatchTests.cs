using System.Net;
using Amazon.SQS.Model;
using Moq;
using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BatchTests
{
    private const string ThreeTasks = """{"tasks":[{"task":"a"},{"task":"b"},{"task":"c"}]}""";

    private readonly FakeQueue _queue = new();

    [Test]
    public async Task RunAsync_TwentyFiveTasks_MakesThreeCalls()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(
            PayloadOf($$"""{"tasks":[{{string.Join(",", Enumerable.Repeat("""{"task":"t"}""", 25))}}]}"""));

        Assert.That(_queue.Calls.Select(call => call.Entries.Count), Is.EqualTo(new[] { 10, 10, 5 }));
        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(25));
    }

    [Test]
    public async Task RunAsync_BatchBeyondOneMebibyte_IsCut()
    {
        await using var harness = Create(_queue);
        var task = $$"""{"task":"t","args":["{{new string('x', 200_000)}}"]}""";

        await harness.RunAsync(PayloadOf($$"""{"tasks":[{{task}},{{task}},{{task}}]}"""));

        Assert.That(_queue.Calls.Select(call => call.Entries.Count), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(_queue.Calls.Max(call => call.Entries.Sum(entry => entry.MessageBody.Length)), Is.LessThanOrEqualTo(1024 * 1024));
    }

    [Test]
    public async Task RunAsync_BatchTooLongForTheQueue_IsHalved()
    {
        await using var harness = Create(_queue.NextThrows(new BatchRequestTooLongException("too long")));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(_queue.Calls.Select(call => call.Entries.Count), Is.EqualTo(new[] { 3, 1, 2 }));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task RunAsync_MessageAboveTheQueuesLimit_IsNamedWithBothSizesAndTheOthersAreSent()
    {
        _queue.MaximumMessageSize = 4096;
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(
            PayloadOf($$"""{"tasks":[{"task":"small"},{"task":"large","args":["{{new string('x', 4096)}}"]}]}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(
            summary.Errors.Single().Error,
            Does.Match(@"task 'large' has \d{4} bytes, but MaximumMessageSize of queue 'celery' is 4096\. Raise"));
        Assert.That(_queue.Taken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_MessageAboveAnyLimit_FailsWithoutACall()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"task":"large","args":["{{new string('x', 700_000)}}"]}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("SQS accepts no more"));
        Assert.That(_queue.Calls, Is.Empty);
    }

    [Test]
    public async Task RunAsync_DryRunWithAMessageTooLarge_FailsAsTheRunWould()
    {
        _queue.MaximumMessageSize = 1024;
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"task":"t","args":["{{new string('x', 1024)}}"]}""", "\"dryRun\":true,"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("MaximumMessageSize of queue 'celery' is 1024"));
    }

    [Test]
    public async Task RunAsync_EntryRefusedAndSizeUnknown_QuotesSqsAndNamesThePermission()
    {
        _queue.Mock.Setup(sqs => sqs.GetQueueAttributesAsync(It.IsAny<GetQueueAttributesRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FakeQueue.Error("AccessDenied", HttpStatusCode.Forbidden));
        await using var harness = Create(_queue.NextRefuses(senderFault: true, "InvalidParameterValue", 0));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(
            summary.Errors.Single().Error,
            Does.Contain("InvalidParameterValue: refused").And.Match(@"has \d+ bytes; .* allow sqs:GetQueueAttributes"));
    }
}

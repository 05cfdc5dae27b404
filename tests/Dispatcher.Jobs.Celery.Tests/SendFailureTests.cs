using System.Net;
using Amazon.SQS.Model;
using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SendFailureTests
{
    private const string ThreeTasks = """{"tasks":[{"task":"a"},{"task":"b"},{"task":"c"}]}""";

    private readonly FakeQueue _queue = new();

    [Test]
    public async Task RunAsync_EntryRefusedForTheMoment_IsSentAgainAlone()
    {
        await using var harness = Create(_queue.NextRefuses(senderFault: false, "InternalError", 1));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(3));
        Assert.That(
            _queue.Calls[1].Entries.Select(entry => WorkerMessage.Read(entry.MessageBody, "celery").Task), Is.EqualTo(new[] { "b" }));
        Assert.That(summary.Errors, Is.Empty);
    }

    [TestCase("KmsAccessDenied", "Allow kms:GenerateDataKey and kms:Decrypt on the queue's key")]
    [TestCase("KMS.DisabledException", "Enable the queue's key.")]
    [TestCase("KmsInvalidState", "Enable the queue's key, or cancel its deletion.")]
    [TestCase("KmsNotFound", "does not exist any more")]
    public async Task RunAsync_KeyOfTheQueueCannotBeUsed_FailsAtOnceWithTheRemedy(string code, string remedy)
    {
        await using var harness = Create(_queue.NextThrows(FakeQueue.Error(code, HttpStatusCode.BadRequest)));
        var whole = await harness.RunAsync(PayloadOf(ThreeTasks));

        await using var other = Create(_queue.NextRefuses(senderFault: false, code, 0, 1, 2));
        var entries = await other.RunAsync(PayloadOf(ThreeTasks));

        Assert.That((whole.Status, whole.Attempts), Is.EqualTo((JobStatus.Failed, 1)));
        Assert.That(whole.Summary, Does.Contain(remedy));
        Assert.That((entries.Status, entries.Attempts), Is.EqualTo((JobStatus.Failed, 1)));
        Assert.That(entries.Summary, Does.Contain(remedy));
    }

    [Test]
    public async Task RunAsync_UrlOfAnotherRegion_NamesBoth()
    {
        _queue.Mock.SetupGet(sqs => sqs.Config).Returns(
            new Amazon.SQS.AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.EUCentral1 });
        await using var harness = Create(_queue.NextThrows(new QueueDoesNotExistException("no")));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.That(
            summary.Summary, Does.Contain("The URL is of region us-east-1, but eu-central-1 was called: set AWS_REGION to us-east-1."));
    }

    [Test]
    public async Task RunAsync_ErrorOfSqsWithLineBreaks_StaysOnOneLine()
    {
        await using var harness = Create(_queue.Next(request => new SendMessageBatchResponse
        {
            Failed =
            [
                new BatchResultErrorEntry
                {
                    Id = request.Entries[0].Id, Code = "Invalid\n", Message = "a\r\n{\"_aws\":{}}\u2028\u202e", SenderFault = true,
                },
            ],
        }));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.That(summary.Errors.Single().Error, Does.Contain("_aws").And.Not.Match(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"));
    }

    [Test]
    public async Task RunAsync_EntryRefusedForGood_IsReportedAndTheOthersAreSent()
    {
        await using var harness = Create(_queue.NextRefuses(senderFault: true, "InvalidParameterValue", 0));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Errors.Single().Item, Is.EqualTo("sqs://celery/a"));
        Assert.That(summary.Summary, Does.StartWith("2 of 3 tasks are on 'celery'."));
    }

    [Test]
    public async Task RunAsync_OneRefusedForGoodAndOneForTheMoment_ReportsTheFirstAfterTheRetry()
    {
        _queue.Next(request => new SendMessageBatchResponse
        {
            Failed =
            [
                new() { Id = request.Entries[0].Id, Code = "InvalidParameterValue", Message = "no", SenderFault = true },
                new() { Id = request.Entries[1].Id, Code = "KmsThrottled", Message = "later", SenderFault = true },
            ],
        });
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(_queue.Calls[1].Entries, Has.Count.EqualTo(1));
        Assert.That(summary.Errors.Select(error => error.Item), Is.EqualTo(new[] { "sqs://celery/a" }));
    }

    [Test]
    public async Task RunAsync_EntryNeverAccepted_EndsPartialSoThatTheOthersAreNotRepeated()
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            _queue.NextRefuses(senderFault: false, "InternalError", 0);
        }

        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Attempts, Is.EqualTo(3));
        Assert.That(_queue.Calls.Select(call => call.Entries.Count), Is.EqualTo(new[] { 3, 1, 1 }));
    }

    [Test]
    public async Task RunAsync_CallFailsForTheMoment_IsRetried()
    {
        await using var harness = Create(_queue.NextThrows(FakeQueue.Error("InternalFailure", HttpStatusCode.ServiceUnavailable)));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_NothingAccepted_Fails()
    {
        await using var harness = Create(_queue.NextThrows(FakeQueue.Error("KmsDisabled", HttpStatusCode.BadRequest)));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Does.Contain("0 of 3").And.Contain("KmsDisabled"));
    }

    [Test]
    public async Task RunAsync_NoSuchQueue_NamesItAndTheSetting()
    {
        await using var harness = Create(_queue.NextThrows(new QueueDoesNotExistException("The specified queue does not exist.")));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Does.Contain($"no queue '{FakeQueue.Url}'").And.Contain("CELERY_QUEUE_URL"));
    }

    [Test]
    public async Task RunAsync_AccessDenied_NamesTheActionToAllow()
    {
        await using var harness = Create(_queue.NextThrows(FakeQueue.Error("AccessDenied", HttpStatusCode.Forbidden)));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("Allow sqs:SendMessage"));
    }
}

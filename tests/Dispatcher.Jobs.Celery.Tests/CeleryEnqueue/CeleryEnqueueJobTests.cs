using System.Net;
using Amazon.SQS.Model;
using Dispatcher.Hosting;
using Moq;
using static Dispatcher.Jobs.Celery.Tests.CeleryEnqueue.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests.CeleryEnqueue;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CeleryEnqueueJobTests
{
    private const string ThreeTasks = """{"tasks":[{"task":"a"},{"task":"b"},{"task":"c"}]}""";

    private readonly FakeQueue _queue = new();

    [Test]
    public async Task RunAsync_OneTask_PutsItOnTheQueue()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf("""{"task":"app.tasks.add","args":[1,2.5,"ü"],"kwargs":{"deep":{"x":[null,true]}},"priority":3}"""));

        var message = WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery");
        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
            Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(1));
            Assert.That(message.Task, Is.EqualTo("app.tasks.add"));
            Assert.That(message.Args.GetRawText(), Is.EqualTo("""[1,2.5,"ü"]"""));
            Assert.That(message.Kwargs.GetRawText(), Is.EqualTo("""{"deep":{"x":[null,true]}}"""));
            Assert.That(message.Properties.GetProperty("priority").GetInt32(), Is.EqualTo(3));
            Assert.That(message.Headers.GetProperty("argsrepr").GetString(), Is.EqualTo("(1, 2.5, 'ü')"));
            Assert.That(message.Headers.GetProperty("kwargsrepr").GetString(), Is.EqualTo("{'deep': {'x': [None, True]}}"));
        });
    }

    [TestCase("""{"task":"t","countdown":90,"expiresIn":600}""", "2026-11-22T03:01:30+00:00", "2026-11-22T03:10:00+00:00")]
    [TestCase("""{"task":"t","eta":"2026-12-01T01:00:00.5+02:00","expires":"2026-12-02T00:00:00Z"}""", "2026-11-30T23:00:00.500000+00:00", "2026-12-02T00:00:00+00:00")]
    [TestCase("""{"task":"t","countdown":0}""", null, null)]
    public async Task RunAsync_Times_StandInTheHeaders(string parameters, string? eta, string? expires)
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf(parameters));

        var headers = WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Headers;
        Assert.That(headers.GetProperty("eta").GetString(), Is.EqualTo(eta));
        Assert.That(headers.GetProperty("expires").GetString(), Is.EqualTo(expires));
    }

    [Test]
    public async Task RunAsync_SameSlotDeliveredAgain_SendsTheSameMessage()
    {
        await using var harness = Create(_queue);
        var payload = PayloadOf("""{"task":"t","args":[1]}""", "\"id\":\"event-1\",");

        await harness.RunAsync(payload);
        await harness.RunAsync(payload);

        Assert.That(_queue.Taken[1].MessageBody, Is.EqualTo(_queue.Taken[0].MessageBody));
    }

    [TestCase("\"id\":\"event-2\",", """{"task":"t","args":[1]}""", TestName = "RunAsync_AnotherSlot_HasAnotherId")]
    [TestCase("\"id\":\"event-1\",", """{"task":"t","args":[2]}""", TestName = "RunAsync_OtherArgumentsInTheSameSlot_HaveAnotherId")]
    [TestCase("", """{"task":"t","args":[1]}""", TestName = "RunAsync_NoSlot_HasAnIdOfItsOwn")]
    public async Task RunAsync_Ids_Differ(string around, string parameters)
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"task":"t","args":[1]}""", around.Length == 0 ? "" : "\"id\":\"event-1\","));
        await harness.RunAsync(PayloadOf(parameters, around));

        var ids = _queue.Taken.Select(entry => WorkerMessage.Read(entry.MessageBody, "celery").Id);
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public async Task RunAsync_EqualTasksInOneRun_HaveIdsOfTheirOwn()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"tasks":[{"task":"t"},{"task":"t"}]}""", "\"id\":\"event-1\","));

        Assert.That(_queue.Taken.Select(entry => WorkerMessage.Read(entry.MessageBody, "celery").Id), Is.Unique);
    }

    [Test]
    public async Task RunAsync_TaskIdGiven_IsUsed()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"task":"t","taskId":"328AA248-388b-406c-ada2-83167f0007ae"}"""));

        Assert.That(WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Id, Is.EqualTo("328aa248-388b-406c-ada2-83167f0007ae"));
    }

    [Test]
    public async Task RunAsync_FifoQueue_GroupsAndDeduplicatesByTaskId()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"queueName":"jobs.fifo","tasks":[{"task":"t"},{"task":"u","messageGroupId":"g"}]}"""));

        var ids = _queue.Taken.Select(entry => WorkerMessage.Read(entry.MessageBody, "jobs.fifo").Id);
        Assert.That(_queue.Taken.Select(entry => entry.MessageDeduplicationId), Is.EqualTo(ids));
        Assert.That(_queue.Taken.Select(entry => entry.MessageGroupId), Is.EqualTo(new[] { "default", "g" }));
    }

    [Test]
    public async Task RunAsync_RoutingKeyGiven_StandsInTheMessage()
    {
        await using var harness = Create(_queue, ("CELERY_ROUTING_KEY", "short"));

        await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.DoesNotThrow(() => WorkerMessage.Read(_queue.Taken.Single().MessageBody, "short"));
    }

    [Test]
    public async Task RunAsync_TwentyFiveTasks_TakesThreeCalls()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"tasks":[{{string.Join(",", Enumerable.Repeat("""{"task":"t"}""", 25))}}]}"""));

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
    public async Task RunAsync_EntryRefusedForTheMoment_IsSentAgainAlone()
    {
        await using var harness = Create(_queue.NextRefuses(senderFault: false, "InternalError", 1));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(3));
        Assert.That(_queue.Calls[1].Entries.Select(entry => WorkerMessage.Read(entry.MessageBody, "celery").Task), Is.EqualTo(new[] { "b" }));
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
    public async Task RunAsync_EntryRefusedAndSizeUnknown_SaysWhatSqsSaidAndThePermission()
    {
        _queue.Mock.Setup(sqs => sqs.GetQueueAttributesAsync(It.IsAny<GetQueueAttributesRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(FakeQueue.Error("AccessDenied", HttpStatusCode.Forbidden));
        await using var harness = Create(_queue.NextRefuses(senderFault: true, "InvalidParameterValue", 0));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Errors.Single().Error, Does.Contain("InvalidParameterValue: refused").And.Match(@"has \d+ bytes; .* allow sqs:GetQueueAttributes"));
    }

    [Test]
    public async Task RunAsync_UrlOfAnotherRegion_NamesBoth()
    {
        _queue.Mock.SetupGet(sqs => sqs.Config).Returns(new Amazon.SQS.AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.EUCentral1 });
        await using var harness = Create(_queue.NextThrows(new QueueDoesNotExistException("no")));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.That(summary.Summary, Does.Contain("The URL is of region us-east-1, but eu-central-1 was called: set AWS_REGION to us-east-1."));
    }

    [Test]
    public async Task RunAsync_FifoQueueAndSlot_SaysThatARepetitionMayBeDropped()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf("""{"queueName":"jobs.fifo","task":"t"}""", "\"id\":\"event-1\","));

        Assert.That(summary.Summary, Is.EqualTo("Enqueued task 't' on 'jobs.fifo'. If an earlier delivery of this slot was within 5 minutes, SQS has dropped the repetition."));
    }

    [Test]
    public async Task RunAsync_PlanWithACharacterAcrossTheCut_HoldsNoHalfOfIt()
    {
        await using var harness = Create(_queue);

        for (var padding = 380; padding < 400; padding++)
        {
            var summary = await harness.RunAsync(PayloadOf($$"""{"task":"t","args":["{{new string('x', padding)}}😀😀😀😀😀😀😀😀😀😀"]}""", "\"dryRun\":true,"));

            Assert.That(summary.Changes.Items.Single().Reason, Does.Not.Match(@"[\uD800-\uDBFF](?![\uDC00-\uDFFF])").And.Contain("…"));
        }
    }

    [Test]
    public async Task RunAsync_ErrorOfSqsWithLineBreaks_BeginsNoLine()
    {
        await using var harness = Create(_queue.Next(request => new SendMessageBatchResponse
        {
            Failed = [new BatchResultErrorEntry { Id = request.Entries[0].Id, Code = "Invalid\n", Message = "a\r\n{\"_aws\":{}}\u2028\u202e", SenderFault = true }],
        }));

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.That(summary.Errors.Single().Error, Does.Contain("_aws").And.Not.Match(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"));
    }

    [Test]
    public async Task RunAsync_EntryRefusedForGood_IsReportedAndTheOthersStand()
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
                new BatchResultErrorEntry { Id = request.Entries[0].Id, Code = "InvalidParameterValue", Message = "no", SenderFault = true },
                new BatchResultErrorEntry { Id = request.Entries[1].Id, Code = "KmsThrottled", Message = "later", SenderFault = true },
            ],
        });
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(_queue.Calls[1].Entries, Has.Count.EqualTo(1));
        Assert.That(summary.Errors.Select(error => error.Item), Is.EqualTo(new[] { "sqs://celery/a" }));
    }

    [Test]
    public async Task RunAsync_EntryNeverTaken_EndsPartialSoThatTheOthersAreNotRepeated()
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
    public async Task RunAsync_CallFailsForTheMoment_IsTriedAgain()
    {
        await using var harness = Create(_queue.NextThrows(FakeQueue.Error("InternalFailure", HttpStatusCode.ServiceUnavailable)));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_NothingTaken_Fails()
    {
        await using var harness = Create(_queue.NextThrows(FakeQueue.Error("KmsDisabled", HttpStatusCode.BadRequest)));

        var summary = await harness.RunAsync(PayloadOf(ThreeTasks));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Does.Contain("0 of 3").And.Contain("KmsDisabled"));
    }

    [Test]
    public async Task RunAsync_MessageAboveTheQueuesLimit_IsNamedWithBothSizesAndTheOthersAreSent()
    {
        _queue.MaximumMessageSize = 4096;
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"tasks":[{"task":"small"},{"task":"large","args":["{{new string('x', 4096)}}"]}]}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Errors.Single().Error, Does.Match(@"task 'large' has \d{4} bytes, but MaximumMessageSize of queue 'celery' is 4096\. Raise"));
        Assert.That(_queue.Taken, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_MessageAboveAnyLimit_FailsWithoutACall()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"task":"large","args":["{{new string('x', 700_000)}}"]}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("SQS takes no more"));
        Assert.That(_queue.Calls, Is.Empty);
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
    public async Task RunAsync_NoSuchQueue_SaysWhichAndWhatToDo()
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

    [TestCase("app.tasks.*,other.one", "app.tasks.cleanup", true)]
    [TestCase("app.tasks.*,other.one", "other.one", true)]
    [TestCase("app.tasks.*,other.one", "other.one.more", false)]
    [TestCase("app.tasks.*", "app.tasksx", false)]
    [TestCase("*", "anything", true)]
    public async Task RunAsync_AllowList_LetsOnlyItsTasksThrough(string allowed, string task, bool passes)
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

        var summary = await harness.RunAsync(PayloadOf("""{"task":"app.tasks.add","args":[1],"kwargs":{"name":"x"},"countdown":60}""", "\"dryRun\":true,"));

        Assert.That(_queue.Calls, Is.Empty);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(1));
        Assert.That(summary.Changes.Items.Single().Reason, Does.StartWith("app.tasks.add(1, name='x'), id ").And.Contain("eta 2026-11-22T03:01:00+00:00"));
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
    public async Task RunAsync_RealRun_KeepsArgumentsOutOfTheResultAndTheLogFromInformationUp()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf("""{"task":"t","args":["only-for-the-worker"]}"""));

        Assert.That(summary.Changes.Items.Single().Reason, Does.Not.Contain("only-for-the-worker"));
        Assert.That(harness.Logs.Lines.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal)), Has.None.Contains("only-for-the-worker"));
        Assert.That(harness.Logs.Lines, Has.Some.Contains("only-for-the-worker"));
    }

    [Test]
    public async Task RunAsync_Cancelled_StopsWithinASecond()
    {
        _queue.Hangs = true;
        await using var harness = Create(_queue);
        using var cancellation = new CancellationTokenSource();

        var run = harness.RunAsync(PayloadOf("""{"task":"t"}"""), cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That((await run.WaitAsync(TimeSpan.FromSeconds(1))).Status, Is.EqualTo(JobStatus.Failed));
    }

    [Test]
    public async Task RunAsync_BothQueuesInThePayload_IsRefused()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(PayloadOf($$"""{"task":"t","queueName":"a","queueUrl":"{{FakeQueue.Url}}"}"""));

        Assert.That(summary.Summary, Does.Contain("Give one of them"));
        Assert.That(_queue.Calls, Is.Empty);
    }

    [Test]
    public async Task RunAsync_DocumentsOwnMessage_CanNotBeMade()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"task":"app.tasks.maintenance.run_all_maintenance"}"""));

        var headers = WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Headers;
        Assert.That(headers.GetProperty("id").GetString(), Is.Not.Empty);
        Assert.That(() => harness.RunAsync(PayloadOf("""{"task":"t","taskId":""}""")), Throws.TypeOf<JobRequestException>());
        Assert.That(() => harness.RunAsync(PayloadOf("""{"task":"t","taskId":"no-uuid"}""")), Throws.TypeOf<JobRequestException>());
    }
}

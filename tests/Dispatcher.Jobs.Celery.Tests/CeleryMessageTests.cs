using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CeleryMessageTests
{
    private readonly FakeQueue _queue = new();

    [Test]
    public async Task RunAsync_OneTask_PutsItOnTheQueue()
    {
        await using var harness = Create(_queue);

        var summary = await harness.RunAsync(
            PayloadOf("""{"task":"app.tasks.add","args":[1,2.5,"ü"],"kwargs":{"deep":{"x":[null,true]}},"priority":3}"""));

        var message = WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
            Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(1));
            Assert.That(message.Task, Is.EqualTo("app.tasks.add"));
            Assert.That(message.Args.GetRawText(), Is.EqualTo("""[1,2.5,"ü"]"""));
            Assert.That(message.Kwargs.GetRawText(), Is.EqualTo("""{"deep":{"x":[null,true]}}"""));
            Assert.That(message.Properties.GetProperty("priority").GetInt32(), Is.EqualTo(3));
            Assert.That(message.Headers.GetProperty("argsrepr").GetString(), Is.EqualTo("(1, 2.5, 'ü')"));
            Assert.That(message.Headers.GetProperty("kwargsrepr").GetString(), Is.EqualTo("{'deep': {'x': [None, True]}}"));
        }
    }

    [TestCase("""{"task":"t","countdown":90,"expiresIn":600}""", "2026-11-22T03:01:30+00:00", "2026-11-22T03:10:00+00:00")]
    [TestCase(
        """{"task":"t","eta":"2026-12-01T01:00:00.5+02:00","expires":"2026-12-02T00:00:00Z"}""",
        "2026-11-30T23:00:00.500000+00:00",
        "2026-12-02T00:00:00+00:00")]
    [TestCase("""{"task":"t","countdown":0}""", null, null)]
    public async Task RunAsync_Times_AreInTheHeaders(string parameters, string? eta, string? expires)
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
    [TestCase("", """{"task":"t","args":[1]}""", TestName = "RunAsync_NoSlot_HasItsOwnId")]
    public async Task RunAsync_Ids_Differ(string around, string parameters)
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"task":"t","args":[1]}""", around.Length == 0 ? "" : "\"id\":\"event-1\","));
        await harness.RunAsync(PayloadOf(parameters, around));

        var ids = _queue.Taken.Select(entry => WorkerMessage.Read(entry.MessageBody, "celery").Id);
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public async Task RunAsync_EqualTasksInOneRun_HaveDifferentIds()
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

    [TestCase("create-nightly-billing")]
    [TestCase("app.tasks:add")]
    [TestCase("отчёт.создать")]
    [TestCase("夜間バッチ 🎉")]
    [TestCase("say \\\"hello\\\", <b>&amp;'x'</b> \\\\ {0} %s")]
    public async Task RunAsync_AnyPrintableName_IsTheTasks(string name)
    {
        await using var harness = Create(_queue);

        var record = await harness.RunAsync(PayloadOf($$"""{"task":"{{name}}"}"""));

        var expected = System.Text.Json.JsonDocument.Parse($"\"{name}\"").RootElement.GetString();
        Assert.That(WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Task, Is.EqualTo(expected));
        Assert.That(record.Changes.Items.Single().Target, Is.EqualTo($"sqs://celery/{expected}"));
    }

    [Test]
    public async Task RunAsync_LimitsAndHeaders_AreInTheHeadersHardLimitFirst()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""
            {"task":"t","timeLimit":600,"softTimeLimit":540,"headers":{"tenant":"acme \"x\"","trace":{"id":[1,2.5,null]}}}
            """));

        var headers = WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Headers;
        Assert.That(headers.GetProperty("timelimit").GetRawText(), Is.EqualTo("[600,540]"));
        Assert.That(headers.GetProperty("tenant").GetString(), Is.EqualTo("acme \"x\""));
        Assert.That(headers.GetProperty("trace").GetRawText(), Is.EqualTo("""{"id":[1,2.5,null]}"""));
    }

    [Test]
    public async Task RunAsync_SoftLimitAlone_LeavesTheHardOneToTheWorker()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"task":"t","softTimeLimit":540}"""));

        var headers = WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Headers;
        Assert.That(headers.GetProperty("timelimit").GetRawText(), Is.EqualTo("[null,540]"));
    }

    [TestCase("nightly-2026-11-22", "nightly-2026-11-22")]
    [TestCase("отчёт 1", null)]
    public async Task RunAsync_TaskIdOfAnyText_IsKeptAndDeduplicatesOnAFifoQueue(string id, string? deduplicationId)
    {
        await using var harness = Create(_queue);
        var payload = PayloadOf($$"""{"queueName":"jobs.fifo","task":"t","taskId":"{{id}}"}""");

        await harness.RunAsync(payload);
        await harness.RunAsync(payload);

        Assert.That(_queue.Taken.Select(entry => WorkerMessage.Read(entry.MessageBody, "jobs.fifo").Id), Is.All.EqualTo(id));
        Assert.That(_queue.Taken[1].MessageDeduplicationId, Is.EqualTo(_queue.Taken[0].MessageDeduplicationId));
        Assert.That(_queue.Taken[0].MessageDeduplicationId, Does.Match("^[!-~]{1,128}$"));
        Assert.That(_queue.Taken[0].MessageDeduplicationId, deduplicationId is null ? Is.Not.EqualTo(id) : Is.EqualTo(deduplicationId));
    }

    [Test]
    public async Task RunAsync_StandardQueue_SendsAGroupOnlyIfOneIsGiven()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"tasks":[{"task":"t"},{"task":"u","messageGroupId":"tenant-7"}]}"""));

        Assert.That(_queue.Taken.Select(entry => entry.MessageGroupId), Is.EqualTo(new[] { null, "tenant-7" }));
        Assert.That(_queue.Taken.Select(entry => entry.MessageDeduplicationId), Is.All.Null);
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
    public async Task RunAsync_RoutingKeyGiven_IsInTheMessage()
    {
        await using var harness = Create(_queue, ("CELERY_ROUTING_KEY", "short"));

        await harness.RunAsync(PayloadOf("""{"task":"t"}"""));

        Assert.DoesNotThrow(() => WorkerMessage.Read(_queue.Taken.Single().MessageBody, "short"));
    }

    [Test]
    public async Task RunAsync_NoTaskIdGiven_HasAnId()
    {
        await using var harness = Create(_queue);

        await harness.RunAsync(PayloadOf("""{"task":"app.tasks.maintenance.run_all_maintenance"}"""));

        Assert.That(Guid.TryParseExact(WorkerMessage.Read(_queue.Taken.Single().MessageBody, "celery").Id, "D", out _));
    }
}

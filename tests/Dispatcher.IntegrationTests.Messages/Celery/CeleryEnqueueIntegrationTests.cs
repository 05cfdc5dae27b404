using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.IntegrationTests.Messages.Servers;
using Dispatcher.Jobs.Celery.Tests;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Messages.Celery;

public sealed class CeleryEnqueueIntegrationTests
{
    private MotoServer _moto = null!;
    private AmazonSQSClient _sqs = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _sqs = _moto.CreateSqs();
    }

    [OneTimeTearDown]
    public void Stop() => _sqs?.Dispose();

    [Test]
    public async Task Worker_EnqueuedTasks_RunOnceWithTheirArgumentsAtTheirTimeAndAreDeleted()
    {
        var queueUrl = await CreateQueueAsync("celery");
        await using var worker = await CeleryWorker.StartAsync(new Uri(_moto.Url), "celery");
        await using var harness = _moto.CreateHarness(settings: ("CELERY_QUEUE_URL", queueUrl));
        const string Arguments = """[1,2.5,null,true,"Grüße 東京 🎉",[["deep"]]]""";
        const string Keywords = """{"nested":{"list":[1,{"x":null}],"off":false},"ключ":"\"quotes' and \\"}""";

        var summary = await harness.RunAsync($$$"""
            {"job":"celery-enqueue","parameters":{"tasks":[
              {"task":"tests.note","args":{{{Arguments}}},"kwargs":{{{Keywords}}}},
              {"task":"tests.note","args":["later"],"countdown":6}]}}
            """);
        var enqueuedAt = summary.StartedAt;
        var calls = await worker.WaitForCallsAsync(2);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(
            JsonElement.DeepEquals(calls[0].GetProperty("args"), JsonDocument.Parse(Arguments).RootElement), () => calls[0].ToString());
        Assert.That(
            JsonElement.DeepEquals(calls[0].GetProperty("kwargs"), JsonDocument.Parse(Keywords).RootElement), () => calls[0].ToString());
        Assert.That(
            DateTimeOffset.UnixEpoch.AddSeconds(
                calls[1].GetProperty("time").GetDouble()), Is.GreaterThanOrEqualTo(enqueuedAt.AddSeconds(6)), "the eta is honoured");

        await AssertOwnNamesIdsAndLimitsAsync(harness, worker);

        // The worker takes one more task after these: it lives on, and nothing comes back from the queue.
        await harness.RunAsync("""{"job":"celery-enqueue","parameters":{"task":"tests.note","args":["last"]}}""");
        await worker.WaitForCallsAsync(6);
        await WaitUntilEmptyAsync(queueUrl, worker);
        var ids = worker.ReadCalls().Select(call => call.GetProperty("id").GetString()).ToList();
        Assert.That(ids, Has.Count.EqualTo(6));
        Assert.That(ids, Is.Unique);
        Assert.That(worker.IsAlive, worker.Log);
        Assert.That(worker.Log, Does.Not.Contain("Traceback"));
    }

    /// <summary>Sends tasks with names, ids, limits and headers as users choose them, and reads what the worker saw.</summary>
    private static async Task AssertOwnNamesIdsAndLimitsAsync(JobHarness harness, CeleryWorker worker)
    {
        var record = await harness.RunAsync("""
            {"job":"celery-enqueue","parameters":{"tasks":[
              {"task":"create-nightly-billing","taskId":"nightly 2026-11-22/№ 1","timeLimit":600,"softTimeLimit":540},
              {"task":"app.tasks:add","headers":{"tenant":"acme","trace":{"id":[1,null,"é"]}}},
              {"task":"отчёт.создать","messageGroupId":"tenant-7"}]}}
            """);
        var calls = (await worker.WaitForCallsAsync(5)).ToDictionary(call => $"{call.GetProperty("name")} {call.GetProperty("args")}");

        var (billing, add) = (calls["create-nightly-billing []"], calls["app.tasks:add []"]);
        Assert.That(record.Count("tasksEnqueued"), Is.EqualTo(3));
        Assert.That(billing.GetProperty("id").GetString(), Is.EqualTo("nightly 2026-11-22/№ 1"));
        Assert.That(billing.GetProperty("timelimit").GetRawText(), Is.EqualTo("[600, 540]"), "the hard limit comes first");
        Assert.That(add.GetProperty("tenant").GetString(), Is.EqualTo("acme"), () => add.ToString());
        Assert.That(add.GetProperty("trace").GetProperty("id").GetArrayLength(), Is.EqualTo(3));
        Assert.That(calls, Contains.Key("отчёт.создать []"));
    }

    [Test]
    public async Task Kombu_TwoHundredRandomTasks_DecodesThemAsTheyWereGiven()
    {
        await Python.EnsureCeleryAsync();
        var queueUrl = await CreateQueueAsync("random");
        await using var harness = _moto.CreateHarness(settings: [("CELERY_QUEUE_URL", queueUrl), ("CELERY_ROUTING_KEY", "celery")]);
        var tasks = new RandomTasks(42).Next(200);

        var summary = await harness.RunAsync(
            new JsonObject { ["job"] = "celery-enqueue", ["parameters"] = new JsonObject { ["tasks"] = tasks.DeepClone(
                ) } }.ToJsonString());
        var decoded = (await DecodeAsync(await ReceiveAllAsync(queueUrl, 200))).ToDictionary(task => task.GetProperty("task").GetString()!);

        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(200));
        foreach (var task in tasks.Select(task => task!))
        {
            var received = decoded[task["task"]!.GetValue<string>()];
            AssertSame(task["args"] ?? new JsonArray(), received.GetProperty("args"));
            AssertSame(task["kwargs"] ?? new JsonObject(), received.GetProperty("kwargs"));
            if (task["eta"] is { } eta)
            {
                var time = DateTimeOffset.Parse(eta.GetValue<string>(), CultureInfo.InvariantCulture);
                Assert.That(
                    received.GetProperty("eta").GetDouble(), Is.EqualTo((time - DateTimeOffset.UnixEpoch).TotalSeconds).Within(0.00001));
            }
        }
    }

    [Test]
    public async Task RunAsync_DryRun_LeavesTheQueueEmpty()
    {
        var queueUrl = await CreateQueueAsync("dry");
        await using var harness = _moto.CreateHarness(settings: ("CELERY_QUEUE_URL", queueUrl));

        var summary = await harness.RunAsync("""{"job":"celery-enqueue","dryRun":true,"parameters":{"task":"tests.note","args":[1]}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned), summary.Summary);
        Assert.That(await CountAsync(queueUrl), Is.Zero);
    }

    [Test]
    public async Task RunAsync_QueueByNameThatTakesLess_NamesBothSizes()
    {
        await _sqs.CreateQueueAsync(new CreateQueueRequest("small") { Attributes = new() { ["MaximumMessageSize"] = "4096" } });
        await using var harness = _moto.CreateHarness();

        var summary = await harness.RunAsync(
            $$$"""{"job":"celery-enqueue","parameters":{"queueName":"small","tasks":[{"task":"a"},{"task":"b","args":["{{{new string('x', 5000)}}}"]}]}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial), summary.Summary);
        Assert.That(summary.Errors.Single().Error, Does.Contain("MaximumMessageSize of queue 'small' is 4096"));
        Assert.That(summary.Count("tasksEnqueued"), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_SameSlotOnAFifoQueue_IsOneMessage()
    {
        var response = await _sqs.CreateQueueAsync(new CreateQueueRequest("jobs.fifo") { Attributes = new() { ["FifoQueue"] = "true" } });
        await using var harness = _moto.CreateHarness(settings: ("CELERY_QUEUE_URL", response.QueueUrl));
        const string Payload = """{"job":"celery-enqueue","id":"event-1","parameters":{"task":"tests.note"}}""";

        await harness.RunAsync(Payload);
        await harness.RunAsync(Payload);

        Assert.That(await CountAsync(response.QueueUrl), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_NoSuchQueue_FailsWithOneClearMessage()
    {
        await using var harness = _moto.CreateHarness(settings: ("CELERY_QUEUE_URL", $"{_moto.Url}/123456789012/missing"));

        var summary = await harness.RunAsync("""{"job":"celery-enqueue","parameters":{"task":"t"}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("There is no queue"));
    }

    private static void AssertSame(JsonNode sent, JsonElement received) =>
        Assert.That(JsonElement.DeepEquals(
            JsonDocument.Parse(sent.ToJsonString()).RootElement, received), () => $"sent {sent.ToJsonString()}, received {received}");

    private static async Task<IReadOnlyList<JsonElement>> DecodeAsync(IReadOnlyList<string> bodies)
    {
        using var process = Python.Start(["decode.py"]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        foreach (var body in bodies)
        {
            await process.StandardInput.WriteLineAsync(body);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await error);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private async Task<string> CreateQueueAsync(string name) => (await _sqs.CreateQueueAsync(name)).QueueUrl;

    private async Task<IReadOnlyList<string>> ReceiveAllAsync(string queueUrl, int count)
    {
        var bodies = new List<string>();
        while (bodies.Count < count)
        {
            var response = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queueUrl, MaxNumberOfMessages = 10 });
            Assert.That(response.Messages, Is.Not.Null.And.Not.Empty, $"{bodies.Count} of {count} messages are on the queue");
            bodies.AddRange(response.Messages!.Select(message => message.Body));
        }

        return bodies;
    }

    private async Task<int> CountAsync(string queueUrl)
    {
        string[] names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"];
        var response = await _sqs.GetQueueAttributesAsync(queueUrl, [.. names]);
        return names.Sum(name => int.Parse(response.Attributes.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture));
    }

    private async Task WaitUntilEmptyAsync(string queueUrl, CeleryWorker worker)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var look = 0; await CountAsync(queueUrl) > 0; look++)
        {
            Assert.That(look, Is.LessThan(300), () => $"messages stay on the queue; the worker's log:{Environment.NewLine}{worker.Log}");
            await timer.WaitForNextTickAsync();
        }
    }
}

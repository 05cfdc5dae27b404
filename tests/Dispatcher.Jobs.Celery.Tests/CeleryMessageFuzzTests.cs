using System.Text.Json;
using System.Text.Json.Nodes;
using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

public sealed class CeleryMessageFuzzTests
{
    private const int Runs = 10;
    private const int TasksPerRun = 1000;

    [Test]
    public async Task RunAsync_TenThousandRandomTasks_AreAllReadByAWorkersRules()
    {
        var queue = new FakeQueue();
        await using var harness = Create(queue);
        var random = new RandomTasks(20261122);
        var ids = new HashSet<string>(StringComparer.Ordinal);

        for (var run = 0; run < Runs; run++)
        {
            var tasks = random.Next(TasksPerRun);
            queue.Taken.Clear();

            var summary = await harness.RunAsync(PayloadOf(new JsonObject { ["tasks"] = tasks.DeepClone() }.ToJsonString()));

            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            for (var index = 0; index < TasksPerRun; index++)
            {
                var message = WorkerMessage.Read(queue.Taken[index].MessageBody, "celery");
                AssertSame(tasks[index]!, message);
                Assert.That(ids.Add(message.Id), "each task has an id of its own");
            }
        }
    }

    private static void AssertSame(JsonNode task, WorkerMessage message)
    {
        Assert.That(message.Task, Is.EqualTo(task["task"]!.GetValue<string>()));
        AssertSame(task["args"] ?? new JsonArray(), message.Args);
        AssertSame(task["kwargs"] ?? new JsonObject(), message.Kwargs);
        Assert.That(message.Properties.GetProperty("priority").GetInt32(), Is.EqualTo(task["priority"]?.GetValue<int>() ?? 0));
        Assert.That(
            message.Headers.GetProperty("eta").ValueKind == JsonValueKind.String,
            Is.EqualTo(task["eta"] is not null || task["countdown"]?.GetValue<int>() > 0));
        if (task["taskId"] is { } id)
        {
            Assert.That(message.Id, Is.EqualTo(id.GetValue<string>()));
        }
    }

    private static void AssertSame(JsonNode sent, JsonElement received) =>
        Assert.That(
            JsonElement.DeepEquals(JsonDocument.Parse(sent.ToJsonString()).RootElement, received),
            () => $"sent {sent.ToJsonString()}, received {received}");
}

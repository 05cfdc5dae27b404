using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

/// <summary>Tests a slot whose shards are messages of a queue.</summary>
public sealed class ShardDeliveryTests
{
    private readonly ProbeBehaviour _probe = new();
    private readonly List<JobRequest> _sent = [];
    private CapturedOutput _captured = null!;
    private TestClock _clock = null!;
    private MemoryRunStore _store = null!;
    private ServiceProvider _services = null!;

    [SetUp]
    public void SetUp()
    {
        _sent.Clear();
        _captured = new CapturedOutput();
        _clock = new TestClock();
        _store = new MemoryRunStore(_clock);
        _probe.Run = static (context, _) =>
        {
            context.Counters.Add("done", context.Shard.Index + 1);
            return Task.FromResult(JobResult.Succeeded($"Did {context.Shard}."));
        };
        var sender = new Mock<IRequestSender>();
        sender.Setup(static mock => mock.SendAsync(It.IsAny<JobRequest>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
            .Callback((JobRequest request, TimeSpan _, CancellationToken _) => _sent.Add(request)).Returns(Task.CompletedTask);
        var services = new ServiceCollection();
        services.AddSingleton(_captured.Output);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(_probe);
        services.AddSingleton(sender.Object);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IRunStore>(_store);
        services.AddSingleton<IRunSink>(_store);
        services.AddMaintenanceDispatcher()
            .UseStandardMiddleware()
            .AddJob<ProbeJob>("probe", static options => options.MaxShards = 8)
            .AddLambdaHost()
            .AddRunLines()
            .AddLogLines();
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        _captured.Dispose();
    }

    [TestCase("queue", "queue")]
    [TestCase("queue.fifo", "queue")]
    [TestCase("queue.fifo", "shards.fifo")]
    public async Task HandleAsync_ShardsInABatch_AddUp(string startQueue, string shardQueue)
    {
        await InvokeAsync(Batch(startQueue, """{"job":"probe","shards":4}"""));

        var answer = await InvokeAsync(Batch(shardQueue, [.. _sent.Select(JobRequestJson.Write)]));

        var totals = (await ListAsync()).Single(static run => run.Shards is not null);
        Assert.That(answer.GetRawText(), Is.EqualTo("""{"batchItemFailures":[]}"""));
        Assert.That((totals.Slot, totals.Status, totals.Count("done")), Is.EqualTo(("m0", JobStatus.Succeeded, 10L)));
    }

    [Test]
    public async Task HandleAsync_DirectInvocation_AnswersThatTheShardsAreQueued()
    {
        var answer = await InvokeAsync("""{"job":"probe","shards":3}""");

        Assert.That(answer.GetProperty("summary").GetString(), Is.EqualTo("Queued 3 shards of slot 'request-1'."));
        Assert.That(_sent.Select(static request => request.Shard?.Index), Is.EqualTo(new int?[] { 0, 1, 2 }));
    }

    [Test]
    public async Task HandleAsync_AShardFails_OnlyItsMessageGoesBackAndTheTotalsAreRepaired()
    {
        await InvokeAsync(Batch("queue", """{"job":"probe","shards":3}"""));
        var run = _probe.Run;
        _probe.Run = (context, token) => context.Shard.Index == 1 ? Task.FromResult(JobResult.Failed("Away.")) : run(context, token);
        string[] messages = [.. _sent.Select(JobRequestJson.Write)];

        var answer = await InvokeAsync(Batch("queue", messages));
        var failed = (await ListAsync()).Single(static run => run.Shards is not null);
        _probe.Run = run;
        var retried = await InvokeAsync(Batch("queue", messages[1]));
        var repaired = (await ListAsync()).Single(static run => run.Shards is not null);

        Assert.That(answer.GetRawText(), Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"m1"}]}"""));
        Assert.That(retried.GetRawText(), Is.EqualTo("""{"batchItemFailures":[]}"""));
        Assert.That((failed.Status, repaired.Status, repaired.Count("done")), Is.EqualTo((JobStatus.Failed, JobStatus.Succeeded, 6L)));
    }

    [Test]
    public async Task HandleAsync_AShardCrashes_ItsMessageTakesItOver()
    {
        await InvokeAsync(Batch("queue", """{"job":"probe","shards":2}"""));
        var run = _probe.Run;
        var begun = new TaskCompletionSource();
        _probe.Run = (_, _) =>
        {
            begun.SetResult();
            return new TaskCompletionSource<JobResult>().Task;
        };
        _ = InvokeAsync(Batch("queue", JobRequestJson.Write(_sent[1])));
        await begun.Task;
        _probe.Run = run;
        await InvokeAsync(Batch("queue", JobRequestJson.Write(_sent[0])));

        var early = await InvokeAsync(Batch("queue", JobRequestJson.Write(_sent[1])));

        // As after a crash: the clock goes on, and no renewal is made meanwhile.
        _clock.Advance(TimeSpan.FromSeconds(46));
        var late = await InvokeAsync(Batch("queue", JobRequestJson.Write(_sent[1])));

        Assert.That(early.GetRawText(), Does.Contain("\"m0\""), "the dead run still holds the shard");
        Assert.That(late.GetRawText(), Is.EqualTo("""{"batchItemFailures":[]}"""));
        Assert.That((await ListAsync()).Single(static run => run.Shards is not null).Count("done"), Is.EqualTo(3));
    }

    private static string Batch(string queue, params string[] bodies) =>
        JsonSerializer.Serialize(new
        {
            Records = bodies.Select((body, index) => new
            {
                messageId = $"m{index}",
                body,
                attributes = new Dictionary<string, string> { ["ApproximateReceiveCount"] = "1" },
                eventSource = "aws:sqs",
                eventSourceARN = $"arn:aws:sqs:us-east-1:123456789012:{queue}",
            }),
        });

    private async Task<List<RunRecord>> ListAsync()
    {
        var runs = new List<RunRecord>();
        await foreach (var run in _store.ListAsync(new RunQuery()))
        {
            runs.Add(run);
        }

        return runs;
    }

    private Task<JsonElement> InvokeAsync(string payload)
    {
        var context = new Mock<ILambdaContext>();
        context.SetupGet(static mock => mock.AwsRequestId).Returns("request-1");
        return _services.GetRequiredService<LambdaEntryPoint>().HandleAsync(JsonElement.Parse(payload), context.Object);
    }
}

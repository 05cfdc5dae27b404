using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Shards;

public sealed class ShardStartMiddlewareTests
{
    private ShardWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new ShardWorld();

    [TearDown]
    public async Task TearDownAsync() => await _world.DisposeAsync();

    [Test]
    public async Task InvokeAsync_Shards_QueuesOneRequestForEach()
    {
        var time = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

        var record = await ShardWorld.DispatchAsync(
            _world.Create(), new JobRequest(TestRun.JobName) { ScheduledTime = time, Parameters = JsonElement.Parse("{}"), Shards = 3 });

        Assert.That(
            _world.Messages.Select(JobRequestJson.Write),
            Is.EqualTo(Enumerable.Range(0, 3).Select(static index => $$$"""
                {"job":"test-job","parameters":{},"id":"2026-11-22T03:00:00.0000000\u002B00:00",
                "scheduledTime":"2026-11-22T03:00:00+00:00","shard":{"index":{{{index}}},"count":3}}
                """.ReplaceLineEndings(string.Empty))));
        Assert.That(_world.Queue.Sent.Select(static message => message.Delay), Is.All.EqualTo(TimeSpan.Zero));
        Assert.That(
            (record.Status, record.Summary, record.Changes.Proposed),
            Is.EqualTo((JobStatus.Succeeded, "Queued 3 shards of slot '2026-11-22T03:00:00.0000000+00:00'.", 0)));
        Assert.That(_world.Done, Is.Empty);
    }

    [Test]
    public async Task InvokeAsync_NoSender_FailsWithTheRemedy()
    {
        var record = await ShardWorld.StartAsync(_world.Create(sender: false), 4);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Is.EqualTo(
            "The 4 shards of job 'test-job' cannot be queued: no queue is configured, and nothing has run. "
            + "Set JOB_QUEUE_URL to an SQS queue that is an event source of the function, or run the job without shards. "
            + "On one machine: dispatch run test-job --shards 4."));
        Assert.That(_world.Done, Is.Empty);
    }

    [Test]
    public async Task InvokeAsync_DryRun_PlansAllOfTheWorkAndQueuesNothing([Values] bool sender)
    {
        var record = await ShardWorld.DispatchAsync(
            _world.Create(sender: sender), new JobRequest(TestRun.JobName) { Shards = 4, DryRun = true });

        Assert.That((record.Status, record.Changes.Proposed), Is.EqualTo((JobStatus.Planned, ShardWorld.Items)));
        Assert.That(_world.Messages, Is.Empty);
        Assert.That(_world.Done, Is.Empty);
    }

    [Test]
    public async Task InvokeAsync_DryRunOfAShard_PlansThatShard()
    {
        var record = await ShardWorld.DispatchAsync(
            _world.Create(), new JobRequest(TestRun.JobName) { Shard = new JobShard(1, 4), DryRun = true });

        Assert.That((record.Status, record.Changes.Proposed), Is.EqualTo((JobStatus.Planned, ShardWorld.Items / 4)));
        Assert.That(record.Shard, Is.EqualTo(new JobShard(1, 4)));
    }

    [Test]
    public async Task InvokeAsync_FailsAfterSomeWereQueued_TheRetryQueuesAllAndEachRunsOnce()
    {
        var harness = _world.Create();
        _world.Queue.OnSend = _ => _world.Messages.Count == 2 ? throw new TransientJobException("The queue is busy.") : Task.CompletedTask;
        var failed = await ShardWorld.StartAsync(harness, 4);
        _world.Queue.OnSend = static _ => Task.CompletedTask;

        var retried = await ShardWorld.StartAsync(harness, 4);
        foreach (var message in _world.Messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        Assert.That(failed.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(failed.Summary, Is.EqualTo(
            "2 of 4 shards were queued; the next one was not: The queue is busy. "
            + "Run slot 'event-1' again to queue all of them: a shard that is queued twice runs once."));
        Assert.That((retried.Status, _world.Messages.Count), Is.EqualTo((JobStatus.Succeeded, 6)));
        Assert.That(_world.Done, Is.EqualTo(Enumerable.Range(0, ShardWorld.Items)));
        Assert.That((await _world.RecordAsync(retried)).Changes.Applied, Is.EqualTo(ShardWorld.Items));
    }

    [Test]
    public async Task InvokeAsync_TwoAtOnce_OneQueuesTheShards()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Queue.OnSend = _ =>
        {
            begun.TrySetResult();
            return goOn.Task;
        };
        var first = ShardWorld.StartAsync(_world.Create(), 3);
        await begun.Task;

        var second = await ShardWorld.StartAsync(_world.Create(), 3);
        goOn.SetResult();

        Assert.That(((await first).Status, second.Status), Is.EqualTo((JobStatus.Succeeded, JobStatus.Skipped)));
        Assert.That(second.Holder!.RunId, Is.EqualTo((await first).RunId));
        Assert.That(_world.Messages, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task InvokeAsync_ShardContinuesWithOtherParameters_Fails()
    {
        _world.Before = static _ => Task.FromResult<JobResult?>(JobResult.Continued("Half done.", JsonElement.Parse("""{"left":2}""")));

        var record = await ShardWorld.DispatchAsync(
            _world.Create(), new JobRequest(TestRun.JobName) { Id = "e", Shard = new JobShard(1, 4) });

        Assert.That((record.Status, _world.Messages.Count), Is.EqualTo((JobStatus.Failed, 0)));
        Assert.That(record.Summary, Is.EqualTo(
            "Half done. The rest of shard 1 of 4 was not queued, because the job asks for other parameters. "
            + "A job with shards continues with the parameters of its slot: return JobResult.Continued without parameters."));
    }
}

using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Shards;

public sealed class ShardEndMiddlewareTests
{
    private ShardWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new ShardWorld();

    [TearDown]
    public async Task TearDownAsync() => await _world.DisposeAsync();

    [Test]
    public async Task InvokeAsync_LastShardEnds_WritesTheTotalsIntoTheRecordOfTheSlot()
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 4);
        _world.Clock.Advance(TimeSpan.FromSeconds(5));
        var before = new List<bool>();
        foreach (var message in _world.Messages)
        {
            before.Add((await _world.RecordAsync(start)).Shards is not null);
            _world.Before = _ =>
            {
                _world.Clock.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult<JobResult?>(null);
            };
            await ShardWorld.DispatchAsync(harness, message);
        }

        var totals = await _world.RecordAsync(start);

        Assert.That(before, Is.All.False);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((totals.Status, totals.RunId, totals.Slot), Is.EqualTo((JobStatus.Succeeded, start.RunId, "event-1")));
            Assert.That(totals.Summary, Is.EqualTo("4 shards: 4 succeeded."));
            Assert.That((totals.StartedAt, totals.DurationMs), Is.EqualTo((start.StartedAt, 45_000)));
            Assert.That(totals.Counts, Is.EqualTo(new Dictionary<string, long> { ["done"] = 100, ["seen"] = 100 }));
            Assert.That((totals.Changes.Proposed, totals.Changes.Applied, totals.Changes.Bytes), Is.EqualTo((100, 100, 200)));
            Assert.That(totals.Changes.ByAction, Is.EqualTo(new Dictionary<string, long> { ["test:Do"] = 100 }));
            Assert.That((totals.Changes.Items.Count, totals.Changes.ItemsTruncated), Is.EqualTo((100, false)));
            Assert.That(
                totals.Shards!.Select(static shard => (shard.Index, shard.Status, shard.Runs, shard.DurationMs, shard.Applied)),
                Is.EqualTo(Enumerable.Range(0, 4).Select(static index => (index, JobStatus.Succeeded, 1, 10_000L, 25L))));
            Assert.That(_world.Done, Is.EqualTo(Enumerable.Range(0, ShardWorld.Items)));
        }
    }

    [Test]
    public async Task InvokeAsync_NoStore_RunsTheShardAlone()
    {
        await using var harness = Tests.TestRuns.TestRun.Harness(
            static (context, _) => Task.FromResult(JobResult.Succeeded($"Did {context.Shard}.")), static options => options.MaxShards = 2);

        var record = await harness.RunAsync("""{"job":"test-job","id":"event-1","shard":{"index":1,"count":2}}""");

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Succeeded, "Did shard 1 of 2.")));
    }

    [Test]
    public async Task InvokeAsync_LastShardEnds_IsLogged()
    {
        var harness = _world.Create();
        var start = await RunAllAsync(harness, 2);

        Assert.That(harness.Logs.Lines, Has.One.EqualTo(
            "Information Dispatcher.Jobs.test-job: All 2 shards of slot event-1 have ended: Succeeded. "
            + $"Run {start.RunId} has their totals."));
    }

    [Test]
    public async Task InvokeAsync_Totals_AreNeitherMetricsNorRunsOfOtherSinks()
    {
        var harness = _world.Create();
        await RunAllAsync(harness, 3);

        var applied = harness.Metrics.Batches.SelectMany(static batch => batch.Values)
            .Where(static value => value.Name == "ChangesApplied");
        Assert.That(applied.Sum(static value => value.Value), Is.EqualTo(ShardWorld.Items));
        Assert.That(harness.Runs.Records.Sum(static record => record.Changes.Applied), Is.EqualTo(ShardWorld.Items));
        Assert.That(harness.Runs.Records, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task InvokeAsync_ShardsEndAtOnce_AddUp([Values(2, 3, 8, 64)] int count)
    {
        for (var slot = 0; slot < 20; slot++)
        {
            var start = await ShardWorld.StartAsync(_world.Create(), count, $"slot-{slot}");
            var messages = _world.Messages.TakeLast(count).ToList();
            var processes = Enumerable.Range(0, 3).Select(_ => _world.Create()).ToArray();

            await Task.WhenAll(messages.Select(
                (message, index) => Task.Run(() => ShardWorld.DispatchAsync(processes[index % 3], message))));

            var totals = await _world.RecordAsync(start);
            Assert.That((totals.Shards?.Count, totals.Changes.Applied), Is.EqualTo(((int?)count, (long)ShardWorld.Items)), $"slot {slot}");
        }
    }

    [Test]
    public async Task InvokeAsync_ShardsEndBeforeTheirStart_TheStartWritesTheTotals()
    {
        var worker = _world.Create();
        var begin = _world.Create();
        var sent = 0;
        _world.Queue.OnSend = async _ =>
        {
            if (++sent == 3)
            {
                await ShardWorld.DispatchAsync(worker, new JobRequest(TestRun.JobName) { Id = "event-1", Shard = new JobShard(2, 3) });
                await ShardWorld.DispatchAsync(worker, _world.Messages[0]);
                await ShardWorld.DispatchAsync(worker, _world.Messages[1]);
            }
        };

        var start = await ShardWorld.StartAsync(begin, 3);

        Assert.That((await _world.RecordAsync(start)).Changes.Applied, Is.EqualTo(ShardWorld.Items));
    }

    [Test]
    public async Task InvokeAsync_EachDeliveredTwice_CountsOnce()
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 4);
        foreach (var message in _world.Messages.SelectMany(static message => new[] { message, message }))
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        var again = await ShardWorld.StartAsync(harness, 4);

        Assert.That((again.Status, again.Original!.Shards!.Count), Is.EqualTo((JobStatus.Skipped, 4)), "the answer has the totals");
        Assert.That((await _world.RecordAsync(start)).Counts["done"], Is.EqualTo(ShardWorld.Items));
        Assert.That(_world.Messages, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task InvokeAsync_ShardFails_TheTotalsFailUntilItsRetrySucceeds()
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 3);
        _world.Before = static context => Task.FromResult(
            context.Shard.Index == 1 ? JobResult.Failed("The table is gone.") : (JobResult?)null);
        foreach (var message in _world.Messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        var failed = await _world.RecordAsync(start);
        _world.Before = static _ => Task.FromResult<JobResult?>(null);
        await ShardWorld.DispatchAsync(harness, _world.Messages[1]);
        var repaired = await _world.RecordAsync(start);

        Assert.That(
            (failed.Status, failed.Summary),
            Is.EqualTo((JobStatus.Failed, "3 shards: 2 succeeded, 1 failed. Shard 1 failed: The table is gone.")));
        Assert.That(
            (repaired.Status, repaired.Summary, repaired.Changes.Applied),
            Is.EqualTo((JobStatus.Succeeded, "3 shards: 3 succeeded.", ShardWorld.Items)));
        Assert.That((repaired.RunId, repaired.StartedAt), Is.EqualTo((start.RunId, start.StartedAt)));
    }

    [TestCase(JobStatus.Partial, JobStatus.Partial)]
    [TestCase(JobStatus.Skipped, JobStatus.Succeeded)]
    [TestCase(JobStatus.Succeeded, JobStatus.Succeeded)]
    public async Task InvokeAsync_OneShardEndsOtherwise_TheWorstCounts(JobStatus one, JobStatus all)
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 3);
        _world.Before = context => Task.FromResult(context.Shard.Index != 2 ? null : one switch
        {
            JobStatus.Partial => Partial(context),
            JobStatus.Skipped => JobResult.Skipped("Nothing to do."),
            _ => null,
        });
        foreach (var message in _world.Messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        var totals = await _world.RecordAsync(start);

        Assert.That((totals.Status, totals.Shards![2].Status), Is.EqualTo((all, one)));
        Assert.That(totals.ItemErrorCount, Is.EqualTo(one == JobStatus.Partial ? 150 : 0));
        Assert.That(totals.Errors, Has.Count.EqualTo(one == JobStatus.Partial ? ItemErrors.MaxKept : 0));
    }

    [Test]
    public async Task InvokeAsync_ShardIsContinued_TheTotalsWaitForItsLastRun()
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 3);
        var messages = _world.Messages;
        _world.Before = static context => Task.FromResult(
            context.Shard.Index == 1 && context.Request.Continuation < 2 ? Half(context) : (JobResult?)null);
        foreach (var message in messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        var states = new List<int?>();
        for (var sent = 3; sent < 5; sent++)
        {
            states.Add((await _world.RecordAsync(start)).Shards?.Count);
            await ShardWorld.DispatchAsync(harness, _world.Messages[sent]);
        }

        var totals = await _world.RecordAsync(start);

        Assert.That(states, Is.EqualTo(new int?[] { null, null }));
        Assert.That(_world.Messages.Skip(3).Select(static message => (message.Shard, message.Continuation)), Is.EqualTo(
            new[] { ((JobShard?)new JobShard(1, 3), 1), (new JobShard(1, 3), 2) }));
        Assert.That((totals.Shards![1].Runs, totals.Shards[1].Status), Is.EqualTo((3, JobStatus.Succeeded)));
        Assert.That((totals.Counts["seen"], totals.Status), Is.EqualTo((ShardWorld.Items + 2, JobStatus.Succeeded)));
    }

    [Test]
    public async Task InvokeAsync_ShardIsContinuedWithoutAQueue_IsTheEndOfIt()
    {
        var start = await ShardWorld.StartAsync(_world.Create(), 2);
        var harness = _world.Create(sender: false);
        _world.Before = static context => Task.FromResult(context.Shard.Index == 1 ? Half(context) : (JobResult?)null);
        foreach (var message in _world.Messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        Assert.That((await _world.RecordAsync(start)).Summary, Is.EqualTo("2 shards: 1 succeeded, 1 continued."));
    }

    [Test]
    public async Task InvokeAsync_ShardDies_IsTakenOverWhenItsLeaseHasExpired()
    {
        var start = await ShardWorld.StartAsync(_world.Create(), 3);
        // A process that dies neither renews nor ends its lease: here, one that took it and did nothing more.
        var harness = _world.Create();
        var key = await LeaseKeyOfAsync(_world.Messages[1]);
        await _world.Store.AcquireAsync(new LeaseRequest(TestRun.JobName, key, "dead", _world.Clock.GetUtcNow().AddSeconds(45)));
        foreach (var message in _world.Messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        var waiting = await _world.RecordAsync(start);
        _world.Clock.Advance(TimeSpan.FromSeconds(46));
        await ShardWorld.DispatchAsync(harness, _world.Messages[1]);

        Assert.That(waiting.Shards, Is.Null);
        Assert.That((await _world.RecordAsync(start)).Changes.Applied, Is.EqualTo(ShardWorld.Items));
        Assert.That(_world.Done, Is.EqualTo(Enumerable.Range(0, ShardWorld.Items)));
    }

    [Test]
    public async Task InvokeAsync_DiedBeforeTheTotals_TheRepeatedDeliveryWritesThem()
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 2);
        foreach (var message in _world.Messages)
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        // As if the last process had died right before it wrote the totals.
        await _world.Store.WriteAsync(start, CancellationToken.None);

        var duplicate = await ShardWorld.DispatchAsync(harness, _world.Messages[1]);

        Assert.That(duplicate.Status, Is.EqualTo(JobStatus.Skipped));
        Assert.That((await _world.RecordAsync(start)).Changes.Applied, Is.EqualTo(ShardWorld.Items));
    }

    [Test]
    public async Task InvokeAsync_RecordOfAShardIsLost_SaysSo()
    {
        var harness = _world.Create();
        var start = await ShardWorld.StartAsync(harness, 2);
        var now = _world.Clock.GetUtcNow();
        var key = await LeaseKeyOfAsync(_world.Messages[0]);
        var taken = await _world.Store.AcquireAsync(new LeaseRequest(TestRun.JobName, key, "lost", now.AddSeconds(45)));
        await _world.Store.EndAsync(
            [new LeaseEnd(taken.Lease!, new LeaseOutcome("lost", JobStatus.Succeeded, now, now.AddDays(7)))]);
        await ShardWorld.DispatchAsync(harness, _world.Messages[1]);
        var early = await _world.RecordAsync(start);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await ShardWorld.DispatchAsync(harness, _world.Messages[1]);

        Assert.That(early.Shards, Is.Null);
        Assert.That((await _world.RecordAsync(start)).Summary, Is.EqualTo(
            "2 shards: 2 succeeded. The records of 1 shards are lost, so that their counts are missing."));
    }

    [Test]
    public async Task Serialize_TotalsAndShards_ReadBack()
    {
        var harness = _world.Create();
        var start = await RunAllAsync(harness, 3);
        var totals = await _world.RecordAsync(start);
        var part = harness.Runs.Records.First(static record => record.Shard is not null);

        var read = RunRecordJson.Deserialize(RunRecordJson.Serialize(totals).Span);
        var json = Encoding.UTF8.GetString(RunRecordJson.Serialize(part).Span);

        Assert.That(read.Shards, Is.EqualTo(totals.Shards));
        Assert.That(JsonElement.Parse(json).GetProperty("shard").GetRawText(), Is.EqualTo("""{"index":0,"count":3}"""));
        Assert.That(RunRecordJson.Deserialize(Encoding.UTF8.GetBytes(json)).Shard, Is.EqualTo(part.Shard));
    }

    private static JobResult? Partial(JobContext context)
    {
        for (var item = 0; item < 150; item++)
        {
            context.Errors.Add($"item-{item}", "broken");
        }

        return null;
    }

    private static JobResult Half(JobContext context)
    {
        context.Counters.Add("seen");
        return JobResult.Continued("Half done.");
    }

    private async Task<RunRecord> RunAllAsync(JobHarness harness, int count)
    {
        var start = await ShardWorld.StartAsync(harness, count);
        foreach (var message in _world.Messages.TakeLast(count))
        {
            await ShardWorld.DispatchAsync(harness, message);
        }

        return start;
    }

    /// <summary>Finds the key by which a message is leased.</summary>
    private async Task<string> LeaseKeyOfAsync(JobRequest message)
    {
        var store = new Leases.ScriptedRunStore(_world.Clock);
        await using var harness = Leases.LeaseHarness.Create(
            static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")), store, _world.Clock, static options => options.MaxShards = 64);
        await ShardWorld.DispatchAsync(harness, message);
        return store.LastRequest!.Key;
    }
}

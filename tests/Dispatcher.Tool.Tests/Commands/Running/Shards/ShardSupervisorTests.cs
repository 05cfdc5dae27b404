using System.Collections.Concurrent;
using Dispatcher.Testing;
using Dispatcher.Tool.Commands.Running.Shards;

namespace Dispatcher.Tool.Tests.Commands.Running.Shards;

public sealed class ShardSupervisorTests
{
    private TestClock _clock = null!;
    private RecordingProgress _progress = null!;
    private ConcurrentQueue<string> _notes = null!;
    private CancellationTokenSource _stop = null!;

    [SetUp]
    public void SetUp() => (_clock, _progress, _notes, _stop) = (new(), new(), new(), new());

    [TearDown]
    public void TearDown() => _stop.Dispose();

    [Test]
    public async Task RunAsync_Workers_BoundHowManyRunAtOnce([Values(1, 2, 5)] int workers)
    {
        var (running, most) = (0, 0);
        var gate = new SemaphoreSlim(0);
        var run = RunAsync(5, workers, async (_, _) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            await gate.WaitAsync(CancellationToken.None);
            lock (gate)
            {
                running--;
            }

            return Done();
        });
        gate.Release(5);

        var exits = await run;

        Assert.That(exits.Select(static exit => exit.ExitCode), Is.EqualTo(new int?[] { 0, 0, 0, 0, 0 }));
        Assert.That(most, Is.LessThanOrEqualTo(workers));
    }

    [Test]
    public async Task RunAsync_Progress_CountsTheShards()
    {
        await RunAsync(3, 1, static (_, _) => Task.FromResult(Done()));

        Assert.That(_progress.Reports, Is.EqualTo(Enumerable.Range(0, 4).Select(static done => new JobProgress("Shards done", done, 3))));
    }

    [Test]
    public async Task RunAsync_ProcessDies_StartsAnotherAndWaitsForTheLease()
    {
        var calls = 0;
        var until = _clock.GetUtcNow().AddSeconds(45);
        var run = RunAsync(1, 1, (_, _) => Task.FromResult(++calls switch
        {
            1 => new ShardExit(137, null),
            2 => new ShardExit(0, Record(JobStatus.Skipped) with { Holder = new LeaseHolder("dead", _clock.GetUtcNow(), until) }),
            _ => Done(),
        }));
        await _clock.WhenTimersWaitAsync(1);
        var before = calls;
        _clock.Advance(TimeSpan.FromSeconds(46));

        var exits = await run;

        Assert.That((before, calls, exits.Single().ExitCode), Is.EqualTo((2, 3, (int?)0)));
        Assert.That(_notes, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_SkippedWithoutADeath_IsTheEnd()
    {
        var calls = 0;
        var exits = await RunAsync(1, 1, (_, _) =>
        {
            calls++;
            var other = new LeaseHolder("other", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1));
            return Task.FromResult(new ShardExit(0, Record(JobStatus.Skipped) with { Holder = other }));
        });

        Assert.That((calls, exits.Single().Record!.Status), Is.EqualTo((1, JobStatus.Skipped)));
    }

    [Test]
    public async Task RunAsync_ProcessDiesAgainAndAgain_GivesUpAndDoesTheOthers()
    {
        var deaths = 0;
        var exits = await RunAsync(3, 1, (shard, _) =>
        {
            if (shard.Shard!.Value.Index != 1)
            {
                return Task.FromResult(Done());
            }

            deaths++;
            return Task.FromResult(new ShardExit(139, null));
        });

        Assert.That(deaths, Is.EqualTo(ShardSupervisor.MaxDeaths));
        Assert.That(exits.Select(static exit => exit.Record is not null), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public async Task RunAsync_Stopped_StartsNoOthers()
    {
        var exits = await RunAsync(4, 1, async (_, stop) =>
        {
            await _stop.CancelAsync();
            return new ShardExit(1, Record(stop.IsCancellationRequested ? JobStatus.Failed : JobStatus.Succeeded));
        });

        Assert.That(exits[0].Record!.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(exits.Skip(1), Is.All.EqualTo(ShardExit.NotStarted));
    }

    private static ShardExit Done() => new(0, Record(JobStatus.Succeeded));

    private static RunRecord Record(JobStatus status) => RunRecordBuilder.Create(status: status);

    private Task<IReadOnlyList<ShardExit>> RunAsync(
        int count, int workers, Func<JobRequest, CancellationToken, Task<ShardExit>> work) =>
        new ShardSupervisor(work, _progress, _notes.Enqueue, _clock).RunAsync(
            [.. Enumerable.Range(0, count).Select(index => new JobRequest("job") { Shard = new JobShard(index, count) })],
            workers,
            _stop.Token);
}

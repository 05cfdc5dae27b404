using System.Diagnostics;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Running.Shards;

/// <summary>Runs the shards of a job in real processes.</summary>
public sealed class ShardedRunTests
{
    private ShardedFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new ShardedFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_Shards_AddUpInOneRecord()
    {
        using var process = _folder.Start("--shards", "4", "--workers", "2", "--json");
        var (exitCode, record, error) = await ShardedFolder.EndAsync(process);

        var runs = await LocalRuns.ListAsync(_folder.History);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, error);
            Assert.That((record!.Status, record.Summary), Is.EqualTo((JobStatus.Succeeded, "4 shards: 4 succeeded.")));
            Assert.That((record.Count("written"), record.Changes.Applied), Is.EqualTo((ShardedFolder.Items, ShardedFolder.Items)));
            Assert.That(_folder.Written.Select(static lines => lines.Length), Is.All.EqualTo(1));
            Assert.That(runs.Select(static run => run.Shard?.Index), Is.EquivalentTo(new int?[] { null, 0, 1, 2, 3 }));
            Assert.That(runs.Single(static run => run.Shard is null).Shards, Is.EqualTo(record.Shards));
        }
    }

    [Test]
    public async Task Run_WorkerIsKilled_ItsShardIsTakenOver()
    {
        _folder.Hold(1);
        using var process = _folder.Start("--shards", "3", "--workers", "3", "--json");
        using (var worker = await _folder.WhenAtWorkAsync(1))
        {
            worker.Kill();
            await ShardedFolder.WhenEndedAsync(worker);
        }

        _folder.Release(1);
        var (exitCode, record, error) = await ShardedFolder.EndAsync(process);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(record!.Changes.Applied, Is.EqualTo(ShardedFolder.Items));
            Assert.That(_folder.Written.Select(static lines => lines.Length), Is.All.EqualTo(1));
            Assert.That(error, Does.Contain("The process of shard 1 of 3 ended without a result (exit code 137). Another one takes"));
            Assert.That(error, Does.Contain("shard 1 of 3 goes on when the lease of the ended run "));
        }
    }

    [Test]
    public async Task Run_Interrupted_StopsAllInOrder()
    {
        _folder.Hold(0);
        _folder.Hold(1);
        using var process = _folder.Start("--shards", "4", "--workers", "2", "--json");
        using var first = await _folder.WhenAtWorkAsync(0);
        using var second = await _folder.WhenAtWorkAsync(1);

        Interrupt(process);
        var (exitCode, record, error) = await ShardedFolder.EndAsync(process);

        await ShardedFolder.WhenEndedAsync(first);
        await ShardedFolder.WhenEndedAsync(second);
        var runs = await LocalRuns.ListAsync(_folder.History);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(1), error);
            Assert.That(record!.Summary, Does.StartWith("0 of 4 shards have ended."));
            Assert.That(record.Summary, Does.Contain("The run was cancelled after 0 changes."));
            Assert.That(_folder.Written, Is.All.Empty);
            Assert.That(runs.Select(static run => run.Shard?.Index), Is.EquivalentTo(new int?[] { null, 0, 1 }), "two were not started");
        }
    }

    [Test]
    public async Task Run_SupervisorIsKilled_TheWorkersStopInOrder()
    {
        _folder.Hold(0);
        using var process = _folder.Start("--shards", "2", "--workers", "1", "--json");
        using var worker = await _folder.WhenAtWorkAsync(0);

        process.Kill();
        await ShardedFolder.WhenEndedAsync(worker);

        var runs = await LocalRuns.ListAsync(_folder.History);
        Assert.That(
            runs.Single(static run => run.Shard is not null).Summary, Does.StartWith("The run was cancelled after 0 changes."));
    }

    [Test]
    public async Task Run_DryRun_PlansAllOfTheWorkInOneProcess()
    {
        using var process = _folder.Start("--shards", "4", "--dry-run", "--json");
        var (exitCode, record, error) = await ShardedFolder.EndAsync(process);

        Assert.That((exitCode, record!.Status, record.Changes.Proposed), Is.EqualTo((0, JobStatus.Planned, ShardedFolder.Items)), error);
        Assert.That(_folder.Written, Is.All.Empty);
    }

    private static void Interrupt(Process process)
    {
        // Not INT, which has the same handler: a shell that runs the tests in the background makes all its children ignore that one.
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }
}

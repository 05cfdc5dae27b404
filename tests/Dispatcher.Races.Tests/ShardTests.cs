using Dispatcher.Jobs.VideoUploads;
using Dispatcher.Races.Tests.World;

namespace Dispatcher.Races.Tests;

/// <summary>The shards of a cleanup do together what one run does, and each thing is done by one of them.</summary>
[Parallelizable]
internal sealed class ShardTests
{
    private const int Uploads = 1_000;

    private static readonly string[] Done =
    [
        CleanupCounts.SessionsScanned, CleanupCounts.SessionsKept, CleanupCounts.SessionsInReview, CleanupCounts.SessionsInQuarantine,
        CleanupCounts.SessionsClaimed, CleanupCounts.SessionsCleaned, CleanupCounts.SessionsMarkedPartial,
        CleanupCounts.SessionsQuarantined, CleanupCounts.CompletedUploadsFound, CleanupCounts.MultipartUploadsAborted,
        CleanupCounts.StrayUploadsAborted, CleanupCounts.ObjectsDeleted, CleanupCounts.ObjectsQuarantined,
        CleanupCounts.OrphanedObjectsDeleted, CleanupCounts.OrphanedObjectsQuarantined, CleanupCounts.ItemErrors,
    ];

    [Test]
    public async Task Run_InShards_ChangesWhatOneRunChanges([Values] CleanupMode mode, [Values(1, 3, 4)] int count)
    {
        var whole = CreateWorld();
        await using var single = new CleanupRunner(whole);
        var expected = (await single.RunAsync(CleanupParameters.For(mode)))!;
        var world = CreateWorld();
        var runners = Enumerable.Range(0, count).Select(index => new CleanupRunner(world, $"shard {index}")).ToArray();

        var records = await Task.WhenAll(runners.Select(
            (runner, index) => runner.RunAsync(CleanupParameters.For(mode), shard: count == 1 ? null : new JobShard(index, count))));

        Assert.That(records.Select(static record => record!.Summary), Is.All.Contain("sessions checked"));
        Assert.That(world.Describe(), Is.EqualTo(whole.Describe()));
        Assert.That(
            Done.Select(name => (name, records.Sum(record => record!.Count(name)))),
            Is.EqualTo(Done.Select(name => (name, expected.Count(name)))));
        Assert.That(records.Sum(static record => record!.Changes.Applied), Is.EqualTo(expected.Changes.Applied));
        var changed = runners.SelectMany(static runner => runner.Trail.ChangesThatAre(Hosting.AuditOutcome.Applied)).ToList();
        Assert.That(changed, Is.EquivalentTo(single.Trail.ChangesThatAre(Hosting.AuditOutcome.Applied)));
        if (count > 1)
        {
            Assert.That(records.Select(static record => record!.Changes.Applied), Is.All.GreaterThan(0), "each shard has a part");
        }

        foreach (var runner in runners)
        {
            await runner.DisposeAsync();
        }
    }

    [Test]
    public async Task Run_OneShardAfterTheOther_ChecksEachObjectOnce()
    {
        var world = CreateWorld();
        long listed = 0;
        for (var index = 0; index < 4; index++)
        {
            await using var runner = new CleanupRunner(world);
            var record = await runner.RunAsync("""{"orphans":"report"}""", shard: new JobShard(index, 4), dryRun: true);
            listed += record!.Count(CleanupCounts.ObjectsChecked) + record.Count(CleanupCounts.ObjectsUnrecognized);
        }

        await using var single = new CleanupRunner(world);
        var whole = (await single.RunAsync("""{"orphans":"report"}""", dryRun: true))!;

        // In a dry run, objects of the sessions that the run itself would remove are left out; a shard knows only its own sessions.
        Assert.That(listed, Is.GreaterThanOrEqualTo(whole.Count(CleanupCounts.ObjectsChecked)).And.LessThanOrEqualTo(
            world.Bucket.Objects.Count));
    }

    [Test]
    public async Task Run_ShardWithoutSessions_DoesNotTakeTheTableForEmpty()
    {
        var world = new CleanupWorld(seed: 1);
        var session = world.Add(UploadKind.UploadedForGood);
        var orphans = Enumerable.Range(0, 40).Select(index => world.Add(UploadKind.Orphan, Day(index))).ToArray();
        var owner = session.Id.Sum(static letter => letter) % 4;

        for (var index = 0; index < 4; index++)
        {
            await using var runner = new CleanupRunner(world);
            var record = await runner.RunAsync(CleanupParameters.For(CleanupMode.Delete), shard: new JobShard(index, 4));
            Assert.That(record!.Count(CleanupCounts.SessionsScanned), Is.EqualTo(index == owner ? 1 : 0));
            Assert.That((record.Status, record.Errors), Is.EqualTo((JobStatus.Succeeded, Array.Empty<ItemError>())), record.Summary);
        }

        Assert.That(world.Bucket.Objects.Select(static item => item.Key), Is.EqualTo(new[] { session.Key }));
        Assert.That(orphans, Has.Length.EqualTo(40));
    }

    [Test]
    public async Task Run_ShardsOfTheWrongTable_AreAllRefused()
    {
        var world = new CleanupWorld(seed: 1);
        world.Add(UploadKind.UploadedForGood);
        for (var index = 0; index < 40; index++)
        {
            world.Add(UploadKind.Orphan, Day(index));
        }

        var before = world.Describe();
        for (var index = 0; index < 16; index++)
        {
            await using var runner = new CleanupRunner(world);
            await runner.RunAsync("""{"orphans":"delete","completedUploadsKeepTheirSession":true}""", shard: new JobShard(index, 16));
        }

        // Of 40 objects, a shard has two or three: fewer than the ten of which a share says something in a whole bucket.
        Assert.That(world.Describe(), Is.EqualTo(before));
    }

    private static CleanupWorld CreateWorld()
    {
        var world = new CleanupWorld(seed: 7);
        world.Aws.S3.PageSize = 50;
        world.Aws.DynamoDb.PageSize = 50;
        var kinds = Enum.GetValues<UploadKind>();
        for (var index = 0; index < Uploads; index++)
        {
            world.Add(kinds[index % kinds.Length], Day(index / kinds.Length));
        }

        return world;
    }

    private static string Day(int number) => $"2026-10-{(number % 28) + 1:00}";
}

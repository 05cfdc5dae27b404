using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;

namespace Dispatcher.Races.Tests;

/// <summary>Takes back cleanups while clients write.</summary>
internal sealed class VideoUploadUndoTests
{
    private const string Quarantine =
        """{"expiredObjects":"quarantine","orphans":"quarantine","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}""";

    [Test]
    public async Task Undo_Quarantine_IsAsIfTheRunHadNotBeen()
    {
        var world = CleanupWorld.WithEveryKind();
        var before = world.Describe();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync(Quarantine);
        Assert.That(world.Describe(), Is.Not.EqualTo(before));

        var undone = await UndoRunner.RunAsync(world, runner.Trail.Made());

        Assert.That(undone.Errors, Is.Empty);
        Assert.That(world.Describe(), Is.EqualTo(before));
    }

    [Test]
    public async Task Undo_RemovedSessions_AreBackAndDryRunsChangeNothing()
    {
        var world = CleanupWorld.WithEveryKind();
        var sessions = SessionsOf(world);
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync("{}");
        var cleaned = world.Describe();

        // The bucket has no versions.
        IReadOnlyList<MadeChange> made = [.. runner.Trail.Made().Where(static change => change.Action != "s3:DeleteObject")];
        var planned = await UndoRunner.RunAsync(world, made, dryRun: true);
        var afterPlan = world.Describe();
        var undone = await UndoRunner.RunAsync(world, made);
        var again = await UndoRunner.RunAsync(world, made);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(afterPlan, Is.EqualTo(cleaned));
            Assert.That(planned.Changes.Proposed, Is.EqualTo(undone.Changes.Applied).And.GreaterThan(0));
            Assert.That(SessionsOf(world), Is.EqualTo(sessions));
            Assert.That(again.Changes.Proposed, Is.Zero);
            Assert.That(again.Count("alreadyRestored"), Is.EqualTo(undone.Changes.Applied));
            Assert.That(undone.Errors.Select(static error => error.Error), Is.Not.Empty.And.All.Contains("S3 has deleted the parts"));
        }
    }

    [Test]
    public async Task Undo_AnswersAreLost_CountsWhatWasMade()
    {
        var world = CleanupWorld.WithEveryKind();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync("{}");
        IReadOnlyList<MadeChange> made = [.. runner.Trail.Made().Where(static change => change.Action.StartsWith("dynamodb:"))];
        world.Aws.Faults.On("dynamodb:PutItem").AtCall(1).LoseAnswer();
        world.Aws.Faults.On("dynamodb:UpdateItem").AtCall(1).LoseAnswer();

        var undone = await UndoRunner.RunAsync(world, made);

        Assert.That(undone.Changes.Applied, Is.EqualTo(undone.Changes.Proposed).And.GreaterThan(1));
        Assert.That(undone.Errors, Is.Empty);
    }

    [Test]
    public async Task Undo_SomethingIsWrittenBetweenPlanAndChange_IsLeftAlone()
    {
        var world = CleanupWorld.WithEveryKind();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync(Quarantine);
        var read = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        var undone = await UndoRunner.RunAsync(world, runner.Trail.Made(), interfere: request =>
        {
            switch (request)
            {
                case UpdateItemRequest update:
                    world.Table.Put(("uploadSessionId", update.Key["uploadSessionId"].S), ("status", "uploaded"));
                    break;
                case GetObjectTaggingRequest tagging when !read.TryAdd(tagging.Key, true):
                    // The plan has read the tags, and the change reads them again.
                    world.Bucket.Put(tagging.Key, CleanupWorld.BytesOf("newer"));
                    break;
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(undone.Changes.Applied, Is.Zero);
            Assert.That(undone.Changes.Proposed, Is.GreaterThan(0));
            Assert.That(world.Table.Items.Where(static item => item["status"] == "uploaded"), Is.Not.Empty);
        }
    }

    [Test]
    public async Task Undo_ObjectIsWrittenBetweenPlanAndChange_KeepsItsSessionRemoved()
    {
        var world = CleanupWorld.WithEveryKind();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync("{}");
        var sessions = SessionsOf(world);
        var looked = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        var undone = await UndoRunner.RunAsync(world, OfSessions(runner.Trail.Made()), interfere: request =>
        {
            if (request is GetObjectMetadataRequest look && !looked.TryAdd(look.Key, true))
            {
                world.Bucket.Put(look.Key, CleanupWorld.BytesOf("newer"));
            }
        });

        Assert.That(undone.Changes.Proposed, Is.GreaterThan(0));
        Assert.That(undone.Changes.Applied, Is.Zero);
        Assert.That(SessionsOf(world), Is.EqualTo(sessions));
    }

    /// <summary>
    /// What clients write after a cleanup, and the next cleanup keeps, it keeps after a restore too, whatever was selected for that.
    /// </summary>
    [Test]
    public async Task Undo_AnySelectionAfterAnyWrites_EndangersNothingNewer(
        [Values] CleanupMode mode, [Values("{}", """{"expiredObjects":"quarantine","quarantineDays":0}""")] string next)
    {
        var restored = 0L;
        for (var seed = 0; seed < 40; seed++)
        {
            var kept = await WriteAndCleanAsync(seed, mode, next, restore: false);
            var after = await WriteAndCleanAsync(seed, mode, next, restore: true);

            restored += after.Restored;
            Assert.That(kept.Newer.Except(after.Newer), Is.Empty, $"seed {seed}");
        }

        Assert.That(restored, Is.GreaterThan(40), "something was restored");
    }

    [Test]
    public async Task Undo_RunsThatContinueEachOther_InEitherOrder([Values] bool newestFirst)
    {
        var clock = new TestClock(CleanupWorld.Beginning);
        var world = new CleanupWorld(seed: 1, clock);
        for (var count = 0; count < 600; count++)
        {
            world.Add(UploadKind.ExpiredWithoutObject);
        }

        world.Aws.BeforeCall = _ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return default;
        };
        var sessions = SessionsOf(world);
        await using var first = new CleanupRunner(world);
        await using var second = new CleanupRunner(world, "second");
        var stopped = await first.RunAsync(CleanupParameters.For(CleanupMode.Delete), deadline: clock.GetUtcNow().AddSeconds(4));
        await second.RunAsync(CleanupParameters.For(CleanupMode.Delete));
        Assert.That((stopped!.Status, world.Table.Items.Count), Is.EqualTo((JobStatus.Continued, 0)));
        Assert.That((first.Trail.Made().Count, second.Trail.Made().Count), Is.Not.EqualTo((0, 0)));

        foreach (var run in newestFirst ? new[] { second, first } : [first, second])
        {
            Assert.That((await UndoRunner.RunAsync(world, run.Trail.Made())).Errors, Is.Empty);
        }

        Assert.That(SessionsOf(world), Is.EqualTo(sessions));
    }

    [Test]
    public async Task Undo_EachShard_IsAsIfTheRunHadNotBeen()
    {
        var world = new CleanupWorld(seed: 1);
        for (var count = 0; count < 40; count++)
        {
            world.Add(UploadKind.ExpiredWithoutObject);
            world.Add(UploadKind.MultipartGone);
        }

        var sessions = SessionsOf(world);
        await using var runner = new CleanupRunner(world);
        await using var other = new CleanupRunner(world, "other");
        await runner.RunAsync("{}", slot: "slot", shard: new JobShard(0, 2));
        await other.RunAsync("{}", slot: "slot", shard: new JobShard(1, 2));
        Assert.That(world.Table.Items, Is.Empty);

        var half = await UndoRunner.RunAsync(world, other.Trail.Made());
        var rest = await UndoRunner.RunAsync(world, runner.Trail.Made());

        Assert.That(half.Errors.Concat(rest.Errors), Is.Empty);
        Assert.That((half.Changes.Applied, rest.Changes.Applied), Is.Not.EqualTo((0, 0)));
        Assert.That(SessionsOf(world), Is.EqualTo(sessions));
    }

    /// <summary>Lets clients write after a cleanup, restores a part of it, and cleans up once more.</summary>
    /// <returns>What the clients wrote and is still there, and the number of changes that were taken back.</returns>
    private static async Task<(IReadOnlyList<string> Newer, long Restored)> WriteAndCleanAsync(
        int seed, CleanupMode mode, string next, bool restore)
    {
        var world = CleanupWorld.WithEveryKind(seed);
        await using var runner = new CleanupRunner(world);
        var keys = world.Table.Items.Select(static item => (Id: item["uploadSessionId"]!, Key: item["key"]!)).ToList();
        await runner.RunAsync(CleanupParameters.For(mode));
        var random = new Random(seed);
        foreach (var (id, key) in keys)
        {
            if (random.Next(3) == 0)
            {
                world.Bucket.Put(key, CleanupWorld.BytesOf("newer"));
            }

            if (random.Next(4) == 0)
            {
                world.Table.Put(("uploadSessionId", id), ("uploadType", "single"), ("key", key), ("status", "uploaded"));
            }
        }

        var restored = 0L;
        if (restore)
        {
            IReadOnlyList<MadeChange> selected = [.. OfSessions(runner.Trail.Made()).Where(_ => random.Next(2) == 0)];
            restored = (await UndoRunner.RunAsync(world, selected)).Changes.Applied;
        }

        await using var cleaner = new CleanupRunner(world, "next");
        Assert.That((await cleaner.RunAsync(next))!.Status, Is.AnyOf(JobStatus.Succeeded, JobStatus.Partial));
        return (
            [
                .. world.Bucket.Objects.Where(static item => item.Content.Span.SequenceEqual("newer"u8)).Select(static item => item.Key),
                .. world.Table.Items.Where(static item => item["status"] == "uploaded").Select(static item => item["uploadSessionId"]!),
            ],
            restored);
    }

    /// <summary>The fake bucket has no versions.</summary>
    private static IReadOnlyList<MadeChange> OfSessions(IEnumerable<MadeChange> made) =>
        [.. made.Where(static change => change.Action is not ("s3:DeleteObject" or "s3:AbortMultipartUpload"))];

    private static IReadOnlyList<string> SessionsOf(CleanupWorld world) =>
        [.. world.Describe().Where(static line => line.StartsWith("session ", StringComparison.Ordinal)).Select(Sort).Order()];

    /// <summary>The order of attributes is not kept.</summary>
    private static string Sort(string line) => string.Join(' ', line.Split(' ').Order(StringComparer.Ordinal));
}

using System.Collections.Concurrent;
using Dispatcher.Races.Tests.Clients;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>A plan of the cleanup makes exactly its changes, and leaves what clients have touched since.</summary>
[Parallelizable]
internal sealed class PlanTests
{
    private const int Seeds = 300;

    [Test]
    public async Task Apply_UnchangedWorld_MakesExactlyTheChangesOfThePlan(
        [Values] CleanupMode mode, [Values("delete", "quarantine", "report")] string orphans, [Values] bool later)
    {
        var parameters = CleanupParameters.For(mode, orphans);
        var clock = new PauselessTimeProvider(CleanupWorld.Beginning);
        var (world, twin) = (CleanupWorld.WithEveryKind(clock: clock), CleanupWorld.WithEveryKind(clock: clock));
        await using var runner = new CleanupRunner(world);
        await using var plain = new CleanupRunner(twin);
        if (later)
        {
            await runner.RunAsync(parameters);
            await plain.RunAsync(parameters);
            clock.Advance(TimeSpan.FromDays(8));
            AddAll(world);
            AddAll(twin);
        }

        var before = world.Aws.Mutations.Count;
        var planned = await runner.PlanAsync(parameters);
        Assert.That(world.Aws.Mutations, Has.Count.EqualTo(before), "a dry run changes nothing");
        var applied = await runner.ApplyAsync();
        await plain.RunAsync(parameters);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(applied.Status, Is.EqualTo(JobStatus.Succeeded), applied.Summary);
            Assert.That(planned, Is.Not.Empty);
            Assert.That(Executed(world, before), Is.EquivalentTo(planned));
            Assert.That(
                (applied.Count("planChanged"), applied.Count("notInPlan"), applied.Count("planMissing")), Is.EqualTo((0, 0, 0)),
                applied.Summary);
            Assert.That(world.Describe(), Is.EqualTo(twin.Describe()), "the same as without a plan");
        }
    }

    [Test]
    public async Task Apply_ClientsActMeanwhile_MakesOnlyPlannedChangesAndSparesWhatTheyTouched([Values] CleanupMode mode)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForAsync(1, Seeds + 1, async (seed, _) =>
        {
            foreach (var defect in await RunAsync(mode, seed))
            {
                wrong.Add($"seed {seed}: {defect}");
            }
        });

        Assert.That(wrong.Order(), Is.Empty);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(CleanupMode mode, int seed)
    {
        var random = new Random(seed);
        var clock = new PauselessTimeProvider(CleanupWorld.Beginning);
        var world = new CleanupWorld(seed, clock);
        List<Upload> uploads = [.. Enumerable.Range(0, 3).SelectMany(_ => Enum.GetValues<UploadKind>()).Select(kind => world.Add(kind))];
        await using var runner = new CleanupRunner(world);
        using var client = new ClientApi(world, isConditional: false);
        if (seed % 2 == 0)
        {
            await runner.RunAsync(CleanupParameters.For(mode));
            clock.Advance(TimeSpan.FromDays(8));
            uploads.AddRange(Enum.GetValues<UploadKind>().Select(kind => world.Add(kind)));
        }

        var before = world.Aws.Mutations.Count;
        var planned = await runner.PlanAsync(CleanupParameters.For(mode));
        clock.Advance(TimeSpan.FromHours(3));
        var touches = new Dictionary<Upload, Touch>();
        foreach (var upload in uploads.Where(_ => random.Next(4) == 0))
        {
            touches[upload] = await TouchAsync(client, world, upload, random);
        }

        uploads.AddRange(Enum.GetValues<UploadKind>().Where(_ => random.Next(3) == 0).Select(kind => world.Add(kind)));
        var applied = await runner.ApplyAsync();

        return [.. Judge(world, runner, planned, touches, applied, before)];
    }

    private static IEnumerable<string> Judge(
        CleanupWorld world,
        CleanupRunner runner,
        IReadOnlyList<string> planned,
        Dictionary<Upload, Touch> touches,
        RunRecord applied,
        int before)
    {
        if (applied.Status != JobStatus.Succeeded || applied.Errors.Count > 0)
        {
            yield return $"{applied.Status}: {applied.Summary} {string.Join("; ", applied.Errors)}";
        }

        var allowed = planned.ToList();
        var released = world.Aws.Mutations.Skip(before).Where(mutation => mutation.Call.Caller == runner.Caller)
            .GroupBy(static mutation => mutation.Target).Where(IsReleased).Select(static group => $"dynamodb:UpdateItem {group.Key}");
        allowed.AddRange(released);
        foreach (var change in Executed(world, before, runner.Caller).Where(change => !allowed.Remove(change)))
        {
            yield return $"made, but not planned: {change}";
        }

        foreach (var claimed in world.Table.Items.Where(static item => item["cleanupClaim"] is not null))
        {
            yield return $"still claimed: {claimed["uploadSessionId"]}";
        }

        foreach (var (upload, touch) in touches)
        {
            if (touch == Touch.ObjectWritten && world.Bucket.Objects.All(item => item.Key != upload.Key))
            {
                yield return $"{upload.Kind}: the object was written after the plan, and is gone";
            }

            if (touch is Touch.SessionRenewed or Touch.SessionFinished && world.Table.Find(upload.Id) is null)
            {
                yield return $"{upload.Kind}: the session was changed after the plan ({touch}), and is gone";
            }
        }

        var touched = touches.Keys.SelectMany(static upload => new[] { $"s3://uploads/{upload.Key}", $"dynamodb://sessions/{upload.Id}" })
            .ToHashSet();
        var executed = Executed(world, before, runner.Caller).ToList();
        foreach (var change in planned.Where(change => !touched.Contains(change.Split(' ')[1]) && !executed.Remove(change)))
        {
            yield return $"planned and untouched, but not made: {change}";
        }
    }

    /// <summary>A session that was claimed and released has been updated twice and not removed.</summary>
    private static bool IsReleased(IGrouping<string, FakeMutation> group) =>
        group.Key.StartsWith("dynamodb:", StringComparison.Ordinal) && group.Count() > 1
        && group.All(static mutation => mutation.Operation == "dynamodb:UpdateItem");

    private static async Task<Touch> TouchAsync(ClientApi client, CleanupWorld world, Upload upload, Random random)
    {
        var hasSession = world.Table.Find(upload.Id) is not null;
        switch (random.Next(4))
        {
            case 0 when hasSession:
                await client.RenewAsync(upload.Id, world.Clock.GetUtcNow().AddHours(1));
                return Touch.SessionRenewed;
            case 1 when hasSession:
                await client.FinishAsync(upload.Id);
                return Touch.SessionFinished;
            case 2 when world.Bucket.Objects.Any(item => item.Key == upload.Key):
                await client.DeleteObjectAsync(upload.Key);
                return Touch.ObjectDeleted;
            default:
                await client.PutObjectAsync(upload.Key, $"written again {upload.Id}");
                return Touch.ObjectWritten;
        }
    }

    private static IEnumerable<string> Executed(CleanupWorld world, int before, FakeCaller? caller = null) =>
        world.Aws.Mutations.Skip(before).Where(mutation => caller is null || mutation.Call.Caller == caller)
            .Select(static mutation => $"{mutation.Operation} {mutation.Target}");

    private static void AddAll(CleanupWorld world)
    {
        foreach (var kind in Enum.GetValues<UploadKind>())
        {
            world.Add(kind);
        }
    }

    private enum Touch
    {
        SessionRenewed,
        SessionFinished,
        ObjectWritten,
        ObjectDeleted,
    }
}

using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

public sealed class VideoUploadCleanupTests
{
    private const string Parameters = """ "parameters":{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100} """;
    private const string Run = $$"""{"job":"video-upload-cleanup",{{Parameters}}}""";
    private const string DryRun = $$"""{"job":"video-upload-cleanup","dryRun":true,{{Parameters}}}""";

    [Test]
    public async Task RunAsync_DryRun_ChangesNothingAndCountsAsTheRealRunThen()
    {
        var mixed = await MixedWorld.CreateAsync();
        await using var world = mixed.World;
        await using var harness = world.CreateHarness();
        var before = await world.DumpAsync();

        var planned = await harness.RunAsync(DryRun);
        var after = await world.DumpAsync();
        var real = await harness.RunAsync(Run);

        Assert.Multiple(() =>
        {
            Assert.That(after, Is.EqualTo(before));
            Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
            Assert.That(real.Status, Is.EqualTo(JobStatus.Partial), real.Summary);
            Assert.That(planned.Counts, Is.EqualTo(real.Counts));
            Assert.That(planned.Changes.Proposed, Is.EqualTo(real.Changes.Applied));
            Assert.That(planned.Changes.Bytes, Is.EqualTo(real.Changes.Bytes));
            Assert.That(real.Count("sessionsCleaned"), Is.EqualTo(mixed.DoomedSessions.Count));
            Assert.That(real.Count("orphanedObjectsDeleted"), Is.EqualTo(12));
            Assert.That(real.Count("itemErrors"), Is.EqualTo(5));
        });
    }

    [Test]
    public async Task RunAsync_EveryKindOfUpload_RemovesWhatIsDueAndNothingElse()
    {
        var mixed = await MixedWorld.CreateAsync();
        await using var world = mixed.World;
        await using var harness = world.CreateHarness();
        var sessionsBefore = await world.SessionsAsync();

        await harness.RunAsync(Run);

        var sessions = await world.SessionsAsync();
        Assert.That(await world.ObjectKeysAsync(), Is.EquivalentTo(mixed.SurvivingObjects));
        Assert.That(sessions.Keys, Is.EquivalentTo(sessionsBefore.Keys.Except(mixed.DoomedSessions)));
        Assert.That(mixed.MarkedSessions.Select(id => sessions[id]["status"].S), Is.All.EqualTo("partial"));
        Assert.That(await world.UploadKeysAsync(), Is.EquivalentTo(mixed.SurvivingUploads));
    }

    [Test]
    public async Task RunAsync_SecondRun_FindsNothingLeftToDo()
    {
        var mixed = await MixedWorld.CreateAsync();
        await using var world = mixed.World;
        await using var harness = world.CreateHarness();
        await harness.RunAsync(Run);

        var second = await harness.RunAsync(Run);

        Assert.That(second.Changes.Proposed, Is.Zero);
        Assert.That(second.Count("orphanedObjectsFound"), Is.Zero);
    }

    [Test]
    public async Task RunAsync_TwoRunsAtOnce_CleanEachSessionOnce()
    {
        var mixed = await MixedWorld.CreateAsync();
        await using var world = mixed.World;
        await using var first = world.CreateHarness();
        await using var second = world.CreateHarness();

        var runs = await Task.WhenAll(first.RunAsync(Run), second.RunAsync(Run));

        Assert.That(runs.Sum(static run => run.Count("sessionsCleaned")), Is.EqualTo(mixed.DoomedSessions.Count));
        Assert.That(await world.ObjectKeysAsync(), Is.EquivalentTo(mixed.SurvivingObjects));
        Assert.That(await world.UploadKeysAsync(), Is.EquivalentTo(mixed.SurvivingUploads));
    }

    [TestCase(2)]
    [TestCase(8)]
    [TestCase(16)]
    [TestCase(20)]
    [TestCase(24)]
    [TestCase(28)]
    [TestCase(32)]
    public async Task RunAsync_ConnectionDiesInTheMiddle_NextRunFinishes(int requests)
    {
        var mixed = await MixedWorld.CreateAsync();
        await using var world = mixed.World;
        var sent = 0;
        await using (var dying = world.CreateHarness(_ =>
        {
            if (Interlocked.Increment(ref sent) > requests)
            {
                throw new InvalidOperationException("The connection died.");
            }
        }))
        {
            var died = await dying.RunAsync(Run);
            Assert.That(died.Status, Is.EqualTo(JobStatus.Failed));
        }

        await using var next = world.CreateHarness(timeProvider: new TestClock(DateTimeOffset.UtcNow.AddMinutes(1)));
        await next.RunAsync(Run);

        Assert.That(await world.ObjectKeysAsync(), Is.EquivalentTo(mixed.SurvivingObjects));
        Assert.That((await world.SessionsAsync()).Keys.Intersect(mixed.DoomedSessions), Is.Empty);
        Assert.That(await world.UploadKeysAsync(), Is.EquivalentTo(mixed.SurvivingUploads));
    }

    [Test]
    public async Task RunAsync_ThousandSessionsAndOrphans_TakesAtMost1250Requests()
    {
        await using var world = await UploadWorld.CreateAsync();
        await world.MultipartsAsync(500);
        await world.MultipartsAsync(100, withPart: true);
        for (var index = 0; index < 500; index++)
        {
            world.Object(UploadWorld.KeyOf(world.Session("created")));
        }

        for (var index = 0; index < 1000; index++)
        {
            world.Object(UploadWorld.KeyOf(Guid.NewGuid().ToString()));
        }

        await world.SeedAsync();
        var requests = 0;

        // What was seen of an upload is read again after five seconds, which a loaded machine may need.
        await using var harness = world.CreateHarness(
            _ => Interlocked.Increment(ref requests), new TestClock(DateTimeOffset.UtcNow));

        var summary = await harness.RunAsync(Run);

        TestContext.Out.WriteLine($"{requests} requests, {summary.DurationMs} ms");
        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(1000));
            Assert.That(summary.Count("sessionsMarkedPartial"), Is.EqualTo(100));
            Assert.That(summary.Count("multipartUploadsAborted"), Is.EqualTo(500));
            Assert.That(summary.Count("objectsDeleted"), Is.EqualTo(500));
            Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(1000));
            Assert.That(requests, Is.LessThanOrEqualTo(1250));
        });
        Assert.That(await world.ObjectKeysAsync(), Is.Empty);
    }
}

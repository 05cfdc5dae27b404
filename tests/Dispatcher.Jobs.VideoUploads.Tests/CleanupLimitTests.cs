namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class CleanupLimitTests : CleanupFixture
{
    private const string Guarded = """{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":99}""";

    /// <summary>The size of each object.</summary>
    private const int Size = 10;

    [TestCase(false)]
    [TestCase(true)]
    public async Task MaxChangesPercent_MoreSessionsAreDue_IsRefusedBeforeTheFirstChange(bool dryRun)
    {
        Fill(expired: 6, kept: 4);
        var before = Table.Items.Count + Bucket.Objects.Count;

        var record = await RunAsync(dryRun: dryRun, limits: """{"maxChangesPercent":50}""");

        Assert.That(record.Status, Is.EqualTo(dryRun ? JobStatus.Planned : JobStatus.Failed), record.Summary);
        Assert.That(
            record.Summary,
            dryRun
                ? Does.EndWith(
                    " A real run would stop at its limit of 50 % of the 10 items that it examined (maxChangesPercent: payload).")
                : Is.EqualTo(
                    "Job 'video-upload-cleanup' may change at most 50 % of the 10 items that it examined in one run, which is 5 "
                    + "(maxChangesPercent: payload), and wants to change 6. Nothing was changed. Look at the plan of a dry run; if it is "
                    + "right, raise limits.maxChangesPercent in the payload."));
        Assert.That(Table.Items.Count + Bucket.Objects.Count, Is.EqualTo(before));
        Assert.That(record.Changes.Applied, Is.Zero);
    }

    [Test]
    public async Task MaxChangesPercent_SessionsHaveSeveralChangesEach_CountsEachOnce()
    {
        Fill(expired: 5, kept: 5);

        var record = await RunAsync(limits: """{"maxChangesPercent":50}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Count("sessionsCleaned"), Is.EqualTo(5));
        Assert.That(record.Changes.Applied, Is.EqualTo(15), "a claim, an object and a removal each");
    }

    [TestCase(4, 2, 3, true)]
    [TestCase(4, 2, 4, false)]
    public async Task MaxChangesPercent_OrphansAndUploads_CountToo(int expired, int strays, int orphans, bool fits)
    {
        Fill(expired, kept: 20 - expired);
        for (var index = 0; index < orphans; index++)
        {
            Orphan();
        }

        for (var index = 0; index < strays; index++)
        {
            Bucket.AddUpload(KeyOf(Guid.NewGuid().ToString()), withParts: false);
        }

        // Among the sessions, the objects of the expired ones, the orphans and the uploads.
        var all = 20 + expired + orphans + strays;
        var percent = (expired + strays + 3) * 100m / (20 + expired + 3 + strays);
        var record = await RunAsync(Delete, limits: FormattableString.Invariant($$"""{"maxChangesPercent":{{percent:0.0000}}}"""));

        Assert.That(record.Status, Is.EqualTo(fits ? JobStatus.Succeeded : JobStatus.Failed), $"{all} {percent} {record.Summary}");
        Assert.That(record.Changes.Applied, fits ? Is.EqualTo((expired * 3) + strays + orphans) : Is.Zero);
    }

    [Test]
    public async Task MaxChangesPercent_ReviewedUploadsThatAreKept_DoNotStopARun()
    {
        Fill(expired: 1, kept: 2);
        for (var index = 0; index < 10; index++)
        {
            var id = Table.Add(Expired, "partial", "multipart", static item => item.Remove("ttl"));
            Set(id, "cleanupMarkedAt", time: Now.AddDays(-30));
            Bucket.Add(KeyOf(id));
        }

        var record = await RunAsync(limits: """{"maxChangesPercent":10}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Count("sessionsCleaned"), Is.EqualTo(1));
    }

    [Test]
    public async Task MaxBytes_OrphansAreLarger_IsRefusedBeforeTheFirstChange()
    {
        var expired = ExpiredSingle();
        for (var index = 0; index < 3; index++)
        {
            Orphan();
        }

        KeptSession();
        var refused = await RunAsync(Guarded, limits: $$"""{"maxBytes":{{(Size * 3) - 1}}}""");
        Assert.That(refused.Summary, Does.Contain("maxBytes: payload").And.Contain("Nothing was changed."));
        Assert.That(Table.Items, Does.ContainKey(expired));

        var record = await RunAsync(Guarded, limits: $$"""{"maxBytes":{{Size * 4}}}""");
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Changes.Bytes, Is.EqualTo(Size * 4));
    }

    [Test]
    public async Task MaxBytes_IsReachedMidway_StopsAndTheNextRunGoesOn()
    {
        for (var index = 0; index < 4; index++)
        {
            ExpiredSingle();
        }

        var first = await RunAsync("""{"batchSize":1}""", limits: $$"""{"maxBytes":{{Size * 2}}}""");
        Assert.That(first.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(first.Changes.Bytes, Is.LessThanOrEqualTo(Size * 2));

        Time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync();
        Assert.That(Table.Items, Is.Empty);
        Assert.That(Bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task MaxChangesPerSecond_BatchesAreCutToOneSecondsWorth()
    {
        Fill(expired: 9, kept: 0);

        var start = Time.GetUtcNow();
        var record = await DriveAsync(RunAsync(limits: """{"maxChangesPerSecond":3}"""));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Changes.Applied, Is.EqualTo(27));
        Assert.That(Time.GetUtcNow() - start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(8)).And.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(Logs, Has.Exactly(1).Contains("Slowed down to 3 changes per second"));
    }

    [Test]
    public async Task MaxChangesPerSecond_DeadlineComes_ContinuesConsistentlyAndTheNextRunFinishes()
    {
        Fill(expired: 9, kept: 0);

        var record = await DriveAsync(
            RunAsync(limits: """{"maxChangesPerSecond":3}""", deadline: Now.AddSeconds(5)), otherTimers: 2);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Continued), record.Summary);
        Assert.That(record.Changes.Applied, Is.InRange(3, 27));
        Assert.That(record.Errors, Is.Empty);

        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await RunAsync()).Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(Table.Items, Is.Empty);
        Assert.That(Bucket.Objects, Is.Empty);
    }

    private void Fill(int expired, int kept)
    {
        for (var index = 0; index < expired; index++)
        {
            ExpiredSingle();
        }

        for (var index = 0; index < kept; index++)
        {
            KeptSession();
        }
    }
}

using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class VideoUploadCleanupJobTests
{
    private const string Delete = """{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}""";

    private IReadOnlyList<string> _logs = [];
    private double _cleanupErrors;
    private TestClock _time = null!;
    private FakeTable _table = null!;
    private FakeBucket _bucket = null!;

    private DateTimeOffset Now => _time.GetUtcNow();

    private DateTimeOffset Expired => Now.AddHours(-2);

    [SetUp]
    public void SetUp()
    {
        _time = new TestClock();
        _table = new FakeTable();
        _bucket = new FakeBucket(Now.AddDays(-2));
    }

    // Bug 1: TTL had removed the sessions of finished uploads; their videos were deleted.
    [TestCase("delete")]
    [TestCase("quarantine")]
    public async Task Orphans_TableHasTtl_AreRefusedBeforeAnythingChanges(string orphans)
    {
        _table.TimeToLive = TimeToLiveStatus.ENABLED;
        _table.Add(Expired, "created");
        var video = Orphan();

        var summary = await RunAsync($$"""{"orphans":"{{orphans}}"}""");

        Assert.That(summary.Summary, Does.Contain($"orphans={orphans} is refused").And.Contain("completedUploadsKeepTheirSession"));
        Assert.That(_bucket.Objects.Keys, Is.EqualTo(new[] { video }));
        Assert.That(_table.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Orphans_ByDefault_AreReportedAndStay()
    {
        var video = Orphan();

        var summary = await RunAsync();

        Assert.That(summary.Count("orphanedObjectsFound"), Is.EqualTo(1));
        Assert.That(_bucket.Objects.Keys, Is.EqualTo(new[] { video }));
        Assert.That(_logs, Has.Some.Contains(video));
    }

    // Bug 2: dryRun, DRY_RUN, BATCH_SIZE and CLEANUP_AGE_HOURS were never read.
    [Test]
    public async Task Environment_DryRun_WritesNothing()
    {
        _table.Add(Expired, "created");

        var summary = await RunAsync("{}", new() { ["DRY_RUN"] = "true" });

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(1));
        Assert.That(_table.Transactions, Is.Zero);
    }

    [Test]
    public async Task Environment_BatchSizeAndAge_AreRead()
    {
        _table.Add(Expired, "created");
        _table.Add(Expired, "created");
        Orphan(Now.AddHours(-30));
        Orphan(Now.AddHours(-50));

        var summary = await RunAsync("{}", new() { ["BATCH_SIZE"] = "1", ["CLEANUP_AGE_HOURS"] = "40" });

        Assert.That(_table.Transactions, Is.EqualTo(4), "one claim and one removal each");
        Assert.That(summary.Count("orphanedObjectsFound"), Is.EqualTo(1));
    }

    // Bug 3: a processed video was deleted with its session.
    [TestCase("uploaded")]
    [TestCase("processed")]
    public async Task Session_Finished_IsKeptWithItsObject(string status)
    {
        _bucket.Add(FakeBucket.KeyOf(_table.Add(Expired, status)));

        var summary = await RunAsync(Delete);

        Assert.That(summary.Changes.Proposed, Is.Zero);
    }

    // Bug 4: keys of any other form counted as orphans.
    [TestCase("uploads/")]
    [TestCase("uploads/README.txt")]
    [TestCase("uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e")]
    [TestCase("uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e.thumb.jpg")]
    [TestCase("uploads/2026-11-01/0F8FAD5B-D9CB-469F-A165-70867728950E.mp4")]
    [TestCase("uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e.mp4\n")]
    [TestCase("uploads/x/uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e.mp4")]
    public async Task Object_KeyOfAnotherForm_IsLeftAlone(string key)
    {
        _bucket.Add(key);

        var summary = await RunAsync(Delete);

        Assert.That(summary.Count("objectsUnrecognized"), Is.EqualTo(1));
        Assert.That(_bucket.Objects, Has.Count.EqualTo(1));
    }

    // Bug 5: an upload that had just been completed was deleted.
    [Test]
    public async Task Upload_CompletedBeforeTheLook_IsKeptAndItsSessionMarked()
    {
        var id = _table.Add(Expired, "created", "multipart", static item => item["s3UploadId"] = new AttributeValue { S = "gone" });
        _bucket.Add(FakeBucket.KeyOf(id));

        var summary = await RunAsync(Delete);

        Assert.That(summary.Count("completedUploadsFound"), Is.EqualTo(1));
        AssertInReview(id);
    }

    [Test]
    public async Task Upload_CompletedBetweenClaimAndAbort_IsKeptAndItsSessionMarked()
    {
        var id = Multipart(withParts: false);
        _bucket.BeforeAbort = () =>
        {
            _bucket.Uploads.Clear();
            _bucket.Add(FakeBucket.KeyOf(id));
        };

        await RunAsync(Delete);

        AssertInReview(id);
    }

    [Test]
    public async Task Object_WrittenBetweenHeadAndDelete_IsKeptAndItsSessionMarked()
    {
        var id = _table.Add(Expired, "created");
        _bucket.Add(FakeBucket.KeyOf(id));
        _bucket.BeforeDelete = () => _bucket.Add(FakeBucket.KeyOf(id));

        await RunAsync(Delete);

        AssertInReview(id);
    }

    [Test]
    public async Task Session_ChangedBeforeTheClaim_IsLeftAloneAndTheOthersAreCleaned()
    {
        var changed = _table.Add(Expired, "created");
        _bucket.Add(FakeBucket.KeyOf(changed));
        _table.Add(Expired, "created");
        _table.BeforeWrite = _ => _table.Items[changed]["status"] = new AttributeValue { S = "uploaded" };

        var summary = await RunAsync(Delete);

        Assert.That(_table.Items.Keys, Is.EqualTo(new[] { changed }));
        Assert.That(_bucket.Objects, Has.Count.EqualTo(1));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), "a lost race is not an error");
    }

    [Test]
    public async Task Orphan_WrittenAfterTheListing_IsKept()
    {
        KeptSession();
        var key = Orphan();
        _bucket.BeforeDelete = () => _bucket.Add(key);

        await RunAsync(Delete);

        Assert.That(_bucket.Objects.Keys, Is.EqualTo(new[] { key }));
    }

    // Bug 6: only the first page of anything was looked at; uploads without a session were never aborted.
    [Test]
    public async Task Pages_OfEverything_AreAllRead()
    {
        _table.PageSize = _bucket.PageSize = 7;
        for (var index = 0; index < 30; index++)
        {
            _table.Add(Expired, "created");
            Orphan();
            _bucket.AddUpload(FakeBucket.KeyOf(Guid.NewGuid().ToString()));
        }

        var summary = await RunAsync(Delete);

        Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(30));
        Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(30));
        Assert.That(summary.Count("strayUploadsAborted"), Is.EqualTo(30));
    }

    [Test]
    public async Task StrayUpload_BegunAMomentAgo_IsLeftAlone()
    {
        _bucket.AddUpload(FakeBucket.KeyOf(Guid.NewGuid().ToString()), initiated: Now.AddHours(-1));

        Assert.That((await RunAsync()).Count("strayUploadsAborted"), Is.Zero);
    }

    // Bug 7: uploads with parts were aborted, and partial sessions deleted.
    [Test]
    public async Task Session_UploadHasParts_IsMarkedForReviewAndRemovedWhenThatIsOver()
    {
        var id = Multipart(withParts: true);

        await RunAsync();
        AssertMarked(id);
        _time.Advance(TimeSpan.FromDays(6));
        await RunAsync();
        AssertMarked(id);
        Assert.That(_bucket.Uploads, Has.Count.EqualTo(1));
        _time.Advance(TimeSpan.FromDays(1));
        await RunAsync();

        Assert.That(_table.Items, Is.Empty);
        Assert.That(_bucket.Uploads, Is.Empty);
    }

    [Test]
    public async Task Session_ExpiredThisVeryHour_IsCleaned()
    {
        _table.Add(Now.AddSeconds(-1), "created");

        Assert.That((await RunAsync()).Count("sessionsCleaned"), Is.EqualTo(1));
    }

    // Bug 8: errors reached no metric, defective sessions failed for ever, one failing pass skipped the others.
    [TestCase("key")]
    [TestCase("ttl")]
    [TestCase("status")]
    public async Task Session_LacksAnAttribute_IsAnItemErrorThatReachesTheMetric(string attribute)
    {
        _table.Add(Expired, "created", change: item => item.Remove(attribute));

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Errors.Single().Error, Does.Contain($"no {attribute}"));
        Assert.That(_cleanupErrors, Is.EqualTo(1));
        Assert.That(_table.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Errors_MoreThanTheRecordKeeps_AllReachTheMetric()
    {
        for (var index = 0; index < 150; index++)
        {
            _table.Add(Expired, "unheard-of");
        }

        await RunAsync();

        Assert.That(_cleanupErrors, Is.EqualTo(150));
    }

    [Test]
    public async Task Pass_Fails_OthersRunAndTheRunFails()
    {
        _table.ScanFails = new InvalidOperationException("no scan today");
        KeptSession();
        Orphan();

        var summary = await RunAsync(Delete);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(_bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task Delete_OneKeyIsUnreadable_OthersAreDeleted()
    {
        KeptSession();
        for (var index = 0; index < 9; index++)
        {
            Orphan();
        }

        _bucket.UnreadableKey = Orphan();

        var summary = await RunAsync(Delete);

        Assert.That(_bucket.Objects.Keys, Is.EqualTo(new[] { _bucket.UnreadableKey }));
        Assert.That(summary.Errors.Single().Error, Does.Contain("MalformedXML"));
    }

    [Test]
    public async Task Quarantine_TagsFirstAndDeletesWhenItIsOver()
    {
        KeptSession();
        var key = Orphan();
        const string Quarantine = """{"orphans":"quarantine","quarantineDays":3}""";

        var first = await RunAsync(Quarantine);
        var second = await RunAsync(Quarantine);
        _time.Advance(TimeSpan.FromDays(3));
        var third = await RunAsync(Quarantine);

        Assert.That(first.Count("orphanedObjectsQuarantined"), Is.EqualTo(1));
        Assert.That(second.Count("orphanedObjectsInQuarantine"), Is.EqualTo(1));
        Assert.That(third.Count("orphanedObjectsDeleted"), Is.EqualTo(1));
        Assert.That(_bucket.Objects, Has.No.Member(key));
    }

    [Test]
    public async Task FinishedTag_OnAnObjectWithoutSession_KeepsIt()
    {
        _table.TimeToLive = TimeToLiveStatus.ENABLED;
        KeptSession();
        _bucket.Objects[Orphan()].Tags = [new Amazon.S3.Model.Tag { Key = "finished", Value = "1" }];
        Orphan();

        var summary = await RunAsync("""{"orphans":"delete","finishedTag":"finished"}""");

        Assert.That(summary.Count("finishedObjectsKept"), Is.EqualTo(1));
        Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(1));
    }

    [Test]
    public async Task Bytes_VersionedBucket_AreNotClaimed()
    {
        _bucket.Versioning = VersionStatus.Enabled;
        Orphan();

        Assert.That((await RunAsync(Delete)).Changes.Bytes, Is.Zero);
    }

    [Test]
    public async Task Claim_OfADeadRun_IsTakenOverAtTheEndOfTheRun()
    {
        _table.Add(Expired, "created", change: item =>
        {
            item["cleanupClaim"] = new AttributeValue { S = "dead" };
            item["cleanupClaimedAt"] = new AttributeValue { N = $"{Now.ToUnixTimeSeconds()}" };
        });

        var run = RunAsync();
        while (!run.IsCompleted && _time.WaitingTimers == 0)
        {
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.That((await run).Count("sessionsCleaned"), Is.EqualTo(1));
    }

    [Test]
    public async Task Deadline_Fires_StopsInGoodOrder()
    {
        for (var index = 0; index < 200; index++)
        {
            _table.Add(Expired, "created");
        }

        var writes = 0;
        _table.BeforeWrite = _ =>
        {
            if (Interlocked.Increment(ref writes) == 2)
            {
                _time.Advance(TimeSpan.FromSeconds(50));
            }
        };

        var summary = await RunAsync("""{"batchSize":10}""", deadline: Now.AddMinutes(1));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Continued), summary.Summary);
        Assert.That(_table.Items, Is.Not.Empty);
    }

    private string Orphan(DateTimeOffset? lastModified = null) => _bucket.Add(FakeBucket.KeyOf(Guid.NewGuid().ToString()), lastModified);

    private void KeptSession() => _table.Add(Now.AddHours(1), "created");

    private string Multipart(bool withParts)
    {
        var id = _table.Add(Expired, "created", "multipart");
        _table.Items[id]["s3UploadId"] = new AttributeValue { S = _bucket.AddUpload(FakeBucket.KeyOf(id), withParts) };
        return id;
    }

    private void AssertMarked(string id)
    {
        Assert.That(_table.Items[id]["status"].S, Is.EqualTo("partial"));
        Assert.That(_table.Items[id], Does.Not.ContainKey("ttl").And.Not.ContainKey("cleanupClaim"));
    }

    private void AssertInReview(string id)
    {
        AssertMarked(id);
        Assert.That(_bucket.Objects, Has.Count.EqualTo(1));
    }

    private async Task<RunRecord> RunAsync(
        string parameters = "{}", Dictionary<string, string?>? environment = null, DateTimeOffset? deadline = null)
    {
        var settings = new Dictionary<string, string?>(environment ?? []) { ["TABLE_NAME"] = "UploadSessions", ["BUCKET"] = "media" };
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(_table.Mock.Object).AddSingleton(_bucket.Mock.Object);
                builder.AddVideoUploadCleanup();
            },
            settings,
            _time);
        var summary = await harness.RunAsync($$"""{"job":"video-upload-cleanup","parameters":{{parameters}}}""", deadline);
        _logs = harness.Logs.Lines;
        _cleanupErrors = harness.Metrics.Value("CleanupErrors");
        return summary;
    }
}

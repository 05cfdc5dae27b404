using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class VideoUploadCleanupJobTests : CleanupFixture
{
    [Test]
    public async Task Pages_OfEverything_AreAllRead()
    {
        Table.PageSize = Bucket.PageSize = 7;
        for (var index = 0; index < 30; index++)
        {
            Table.Add(Expired, "created");
            Orphan();
            Bucket.AddUpload(FakeBucket.KeyOf(Guid.NewGuid().ToString()));
        }

        var summary = await RunAsync(Delete);

        Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(30));
        Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(30));
        Assert.That(summary.Count("strayUploadsAborted"), Is.EqualTo(30));
    }

    [Test]
    public async Task StrayUpload_BegunAMomentAgo_IsLeftAlone()
    {
        Bucket.AddUpload(FakeBucket.KeyOf(Guid.NewGuid().ToString()), initiated: Now.AddHours(-1));

        Assert.That((await RunAsync()).Count("strayUploadsAborted"), Is.Zero);
    }

    [Test]
    public async Task Session_UploadHasParts_IsMarkedForReviewAndRemovedWhenThatIsOver()
    {
        var id = ExpiredMultipart(true);

        await RunAsync();
        AssertMarked(id);
        Time.Advance(TimeSpan.FromDays(6));
        await RunAsync();
        AssertMarked(id);
        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
        Time.Advance(TimeSpan.FromDays(1));
        await RunAsync();

        Assert.That(Table.Items, Is.Empty);
        Assert.That(Bucket.Uploads, Is.Empty);
    }

    [Test]
    public async Task Session_ExpiredThisVeryHour_IsCleaned()
    {
        Table.Add(Now.AddSeconds(-1), "created");

        Assert.That((await RunAsync()).Count("sessionsCleaned"), Is.EqualTo(1));
    }

    [TestCase("key")]
    [TestCase("ttl")]
    [TestCase("status")]
    public async Task Session_LacksAnAttribute_IsAnItemErrorThatReachesTheMetric(string attribute)
    {
        Table.Add(Expired, "created", change: item => item.Remove(attribute));

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(summary.Errors.Single().Error, Does.Contain($"no {attribute}"));
        Assert.That(CleanupErrors, Is.EqualTo(1));
        Assert.That(Table.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Errors_MoreThanTheRecordKeeps_AllReachTheMetric()
    {
        for (var index = 0; index < 150; index++)
        {
            Table.Add(Expired, "unheard-of");
        }

        await RunAsync();

        Assert.That(CleanupErrors, Is.EqualTo(150));
    }

    [Test]
    public async Task Pass_Fails_OthersRunAndTheRunFails()
    {
        Table.ScanFails = new InvalidOperationException("no scan today");
        KeptSession();
        Orphan();

        var summary = await RunAsync(Delete);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(Bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task Delete_OneKeyIsUnreadable_OthersAreDeleted()
    {
        KeptSession();
        for (var index = 0; index < 9; index++)
        {
            Orphan();
        }

        Bucket.UnreadableKey = Orphan();

        var summary = await RunAsync(Delete);

        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { Bucket.UnreadableKey }));
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
        Time.Advance(TimeSpan.FromDays(3));
        var third = await RunAsync(Quarantine);

        Assert.That(first.Count("orphanedObjectsQuarantined"), Is.EqualTo(1));
        Assert.That(second.Count("orphanedObjectsInQuarantine"), Is.EqualTo(1));
        Assert.That(third.Count("orphanedObjectsDeleted"), Is.EqualTo(1));
        Assert.That(Bucket.Objects, Has.No.Member(key));
    }

    [Test]
    public async Task FinishedTag_OnAnObjectWithoutSession_KeepsIt()
    {
        Table.TimeToLive = TimeToLiveStatus.ENABLED;
        KeptSession();
        Bucket.Objects[Orphan()].Tags = [new Amazon.S3.Model.Tag { Key = "finished", Value = "1" }];
        Orphan();

        var summary = await RunAsync("""{"orphans":"delete","finishedTag":"finished"}""");

        Assert.That(summary.Count("finishedObjectsKept"), Is.EqualTo(1));
        Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(1));
    }

    [Test]
    public async Task Bytes_VersionedBucket_AreNotClaimed()
    {
        Bucket.Versioning = VersionStatus.Enabled;
        Orphan();

        Assert.That((await RunAsync(Delete)).Changes.Bytes, Is.Zero);
    }

    [Test]
    public async Task Claim_OfADeadRun_IsTakenOverAtTheEndOfTheRun()
    {
        Table.Add(Expired, "created", change: item =>
        {
            item["cleanupClaim"] = new AttributeValue { S = "dead" };
            item["cleanupClaimedAt"] = new AttributeValue { N = $"{Now.ToUnixTimeSeconds()}" };
        });

        var run = RunAsync();
        while (!run.IsCompleted && Time.WaitingTimers == 0)
        {
            await Task.Yield();
        }

        Time.Advance(TimeSpan.FromSeconds(20));

        Assert.That((await run).Count("sessionsCleaned"), Is.EqualTo(1));
    }

    [Test]
    public async Task Deadline_Fires_StopsInGoodOrder()
    {
        for (var index = 0; index < 200; index++)
        {
            Table.Add(Expired, "created");
        }

        var writes = 0;
        Table.BeforeWrite = _ =>
        {
            if (Interlocked.Increment(ref writes) == 2)
            {
                Time.Advance(TimeSpan.FromSeconds(50));
            }
        };

        var summary = await RunAsync("""{"batchSize":10}""", deadline: Now.AddMinutes(1));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Continued), summary.Summary);
        Assert.That(Table.Items, Is.Not.Empty);
    }
}

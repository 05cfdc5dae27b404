using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Tag = Amazon.S3.Model.Tag;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>An application goes on with an upload between two calls of the run.</summary>
public sealed class LiveClientTests : CleanupFixture
{
    private const string DeleteOrphans = """{"orphans":"delete","completedUploadsKeepTheirSession":true}""";

    [Test]
    public async Task Session_FinishedAfterTheClaim_KeepsItsObjectAndLosesTheClaim()
    {
        var id = ExpiredSingle();
        Table.BeforeRead = () => Set(id, "status", "uploaded");

        var summary = await RunAsync();

        AssertKept(id);
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo("uploaded"));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
    }

    [TestCase("ttl")]
    [TestCase("cleanupMarkedAt")]
    public async Task Session_RenewedAfterTheClaim_KeepsItsObjectAndLosesTheClaim(string attribute)
    {
        var id = ExpiredSingle();
        Table.BeforeRead = () => Set(id, attribute, time: Now.AddHours(1));

        await RunAsync();

        AssertKept(id);
    }

    [Test]
    public async Task Multipart_RenewedAfterTheClaim_KeepsItsUpload()
    {
        var id = ExpiredMultipart();
        Table.BeforeRead = () => Set(id, "ttl", time: Now.AddHours(1));

        await RunAsync();

        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim"));
    }

    [Test]
    public async Task Multipart_PartArrivesAfterTheClaim_KeepsItsUploadForReview()
    {
        var id = ExpiredMultipart();
        Bucket.BeforeListingParts = () => Bucket.UploadsWithParts.Add(Table.Items[id]["s3UploadId"].S);

        var record = await RunAsync();

        AssertKeptForReview(id, record);
    }

    [Test]
    public async Task Multipart_PartArrivesWhileTheAbortWaits_KeepsItsUploadForReview()
    {
        var id = ExpiredMultipart();
        var looks = 0;
        Bucket.BeforeListingParts = () =>
        {
            if (++looks == 1)
            {
                Time.Advance(TimeSpan.FromSeconds(6));
            }
            else
            {
                Bucket.UploadsWithParts.Add(Table.Items[id]["s3UploadId"].S);
            }
        };

        var record = await RunAsync();

        Assert.That(looks, Is.GreaterThanOrEqualTo(2), "what was seen six seconds ago is looked at again");
        AssertKeptForReview(id, record);
    }

    [Test]
    public async Task Multipart_WithParts_IsClaimedAndMarkedInOneRun()
    {
        var id = ExpiredMultipart(withParts: true);

        var planned = await RunAsync(dryRun: true);
        var record = await RunAsync();

        AssertKeptForReview(id, record);
        Assert.That(record.Count("sessionsClaimed"), Is.EqualTo(1));
        Assert.That(planned.Counts, Is.EqualTo(record.Counts), "a dry run counts alike");
    }

    [Test]
    public async Task Multipart_LookFailsAfterTheClaim_ReleasesTheSessionUnchanged()
    {
        var id = ExpiredMultipart();
        Bucket.BeforeListingParts = () => throw new AmazonS3Exception("We encountered an internal error.");

        var record = await RunAsync();

        Assert.That(record.Errors.Single().Item, Does.Contain(id));
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo("created"));
        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim"));
        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Multipart_LookIsDenied_ReleasesTheSessionAndFailsTheRun()
    {
        var id = ExpiredMultipart();
        Bucket.BeforeListingParts = () => throw new AmazonS3Exception(
            "Access Denied", ErrorType.Sender, "AccessDenied", "1", System.Net.HttpStatusCode.Forbidden);

        var record = await RunAsync();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed), record.Summary);
        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim"));
    }

    [Test]
    public async Task Claim_TakenOverByAnotherRun_LeavesObjectAndSessionToIt()
    {
        var id = ExpiredSingle();
        Table.BeforeRead = () => Set(id, "cleanupClaim", "another run");

        await RunAsync();

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
        Assert.That(Table.Items[id]["cleanupClaim"].S, Is.EqualTo("another run"));
    }

    [Test]
    public async Task Object_SameBytesWrittenBetweenTheLooks_IsKeptForReview()
    {
        var id = ExpiredSingle();
        var looks = 0;
        Bucket.BeforeHead = () =>
        {
            if (++looks == 2)
            {
                Bucket.Add(KeyOf(id), Now, Bucket.Objects[KeyOf(id)].ETag);
            }
        };

        await RunAsync();

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo("partial"));
    }

    [Test]
    public async Task Session_ChangedAfterItsObjectWasDeleted_IsAnErrorThatNamesTheObject()
    {
        var id = ExpiredSingle();
        var etag = Bucket.Objects[KeyOf(id)].ETag.Trim('"');
        Table.BeforeWrite = request =>
        {
            if (request.TransactItems[0].Delete is not null)
            {
                Set(id, "status", "uploaded");
            }
        };

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(
            summary.Errors.Single().Error, Does.Contain($"s3://media/{KeyOf(id)}").And.Contain(etag).And.Contain("status=uploaded"));
        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim"));
    }

    [Test]
    public async Task Removal_AnotherRunWasFaster_IsNoError()
    {
        var id = ExpiredSingle();
        Table.BeforeWrite = request =>
        {
            if (request.TransactItems[0].Delete is not null)
            {
                Table.Items.Remove(id);
            }
        };

        Assert.That((await RunAsync()).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task Partial_RenewedSinceItWasMarked_IsKept()
    {
        var id = ExpiredMultipart(withParts: true, status: "partial");
        Set(id, "cleanupMarkedAt", time: Now.AddDays(-30));
        Set(id, "ttl", time: Now.AddDays(-1));

        var summary = await RunAsync();

        Assert.That(summary.Count("sessionsInReview"), Is.EqualTo(1));
        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Orphan_SameBytesWrittenAfterTheListing_IsKept()
    {
        KeptSession();
        var key = Orphan();
        Bucket.BeforeHead = () => Bucket.Add(key, Now, Bucket.Objects[key].ETag);

        await RunAsync(DeleteOrphans);

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Orphan_GivenASessionRightBeforeTheDeletion_IsKept()
    {
        KeptSession();
        var id = Guid.NewGuid().ToString();
        Bucket.Add(KeyOf(id));
        Bucket.BeforeHead = () => Table.Items[id] = new() { ["uploadSessionId"] = new AttributeValue { S = id } };

        await RunAsync(DeleteOrphans);

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Orphan_TaggedAsFinishedAfterTheFirstLook_IsKept()
    {
        KeptSession();
        var key = Orphan();
        var looks = 0;
        Bucket.BeforeReadingTags = () => Bucket.Objects[key].Tags = ++looks < 3 ? null : [new Tag { Key = "finished", Value = "1" }];

        await RunAsync("""{"orphans":"delete","finishedTag":"finished"}""");

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Orphan_TaggedByTheApplicationAfterTheFirstLook_KeepsThoseTags()
    {
        KeptSession();
        var key = Orphan();
        var looks = 0;
        Bucket.BeforeReadingTags = () => Bucket.Objects[key].Tags = ++looks == 1 ? null : [new Tag { Key = "owner", Value = "7" }];

        await RunAsync("""{"orphans":"quarantine"}""");

        Assert.That(Bucket.Objects[key].Tags!.Select(static tag => tag.Key), Is.EqualTo(new[] { "owner", "maintenance-delete-after" }));
    }

    [Test]
    public async Task Orphan_WrittenSinceItWasTagged_StartsItsQuarantineAnew()
    {
        KeptSession();
        var key = Orphan();
        await RunAsync("""{"orphans":"quarantine"}""");
        Time.Advance(TimeSpan.FromDays(3));
        var tags = Bucket.Objects[key].Tags;
        Bucket.Add(key, Now);
        Bucket.Objects[key].Tags = tags;
        Time.Advance(TimeSpan.FromDays(5));

        var summary = await RunAsync("""{"orphans":"quarantine"}""");

        Assert.That(summary.Count("orphanedObjectsQuarantined"), Is.EqualTo(1));
        Assert.That(Bucket.Objects[key].Tags!.Single().Value, Is.EqualTo($"{Now.AddDays(7):yyyy-MM-ddTHH:mm:ssZ}"));
    }

    [Test]
    public async Task Orphan_DeletedByAnotherRunBeforeItsTagsAreRead_IsNoError()
    {
        KeptSession();
        Orphan();
        Bucket.BeforeReadingTags = () => Bucket.Objects.Clear();

        Assert.That((await RunAsync("""{"orphans":"quarantine"}""")).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task Orphan_TagsCannotBeRead_IsAnItemError()
    {
        KeptSession();
        Orphan();
        Bucket.BeforeReadingTags = static () => throw new InvalidOperationException("no tags today");

        var summary = await RunAsync("""{"orphans":"quarantine"}""");

        Assert.That(summary.Errors.Single().Error, Does.Contain("no tags today"));
        Assert.That(summary.Count("itemErrors"), Is.EqualTo(1));
    }

    [Test]
    public async Task ExpiredObject_BearsTheFinishedTag_IsKeptForReview()
    {
        var id = ExpiredSingle();
        Bucket.Objects[KeyOf(id)].Tags = [new Tag { Key = "finished", Value = "1" }];

        await RunAsync("""{"finishedTag":"finished"}""");

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo("partial"));
    }

    private void AssertKeptForReview(string id, RunRecord record)
    {
        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
        AssertMarked(id);
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
    }

    private void AssertKept(string id)
    {
        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { KeyOf(id) }));
        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim"));
    }
}

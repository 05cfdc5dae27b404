using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class KeptUploadTests : CleanupFixture
{
    [TestCase("uploaded")]
    [TestCase("processed")]
    public async Task Session_Finished_IsKeptWithItsObject(string status)
    {
        Bucket.Add(FakeBucket.KeyOf(Table.Add(Expired, status)));

        var summary = await RunAsync(Delete);

        Assert.That(summary.Changes.Proposed, Is.Zero);
    }

    [Test]
    public async Task Session_KeptUnderTheClaimOfADeadRun_LosesTheClaim([Values("partial", "uploaded", "created")] string status)
    {
        var id = Table.Add(status == "created" ? Now.AddHours(1) : Expired, status, "multipart", item =>
        {
            item["s3UploadId"] = new AttributeValue { S = "gone" };
            item["cleanupClaim"] = new AttributeValue { S = "dead" };
            item["cleanupClaimedAt"] = new AttributeValue { N = $"{Now.AddMinutes(-1).ToUnixTimeSeconds()}" };
        });
        Bucket.Add(KeyOf(id));
        if (status == "partial")
        {
            Table.Items[id].Remove("ttl");
            Set(id, "cleanupMarkedAt", time: Now.AddDays(-90));
        }

        await RunAsync(Delete);

        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupClaim").And.Not.ContainKey("cleanupClaimedAt"));
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo(status));
    }

    [Test]
    public async Task Session_KeptUnderTheClaimOfALiveRun_KeepsTheClaim()
    {
        var id = Table.Add(Expired, "uploaded");
        Set(id, "cleanupClaim", text: "alive");
        Set(id, "cleanupClaimedAt", time: Now);

        await RunAsync(Delete);

        Assert.That(Table.Items[id], Does.ContainKey("cleanupClaim"));
    }

    [TestCase("uploads/")]
    [TestCase("uploads/README.txt")]
    [TestCase("uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e")]
    [TestCase("uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e.thumb.jpg")]
    [TestCase("uploads/2026-11-01/0F8FAD5B-D9CB-469F-A165-70867728950E.mp4")]
    [TestCase("uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e.mp4\n")]
    [TestCase("uploads/x/uploads/2026-11-01/0f8fad5b-d9cb-469f-a165-70867728950e.mp4")]
    public async Task Object_KeyOfAnotherForm_IsLeftAlone(string key)
    {
        Bucket.Add(key);

        var summary = await RunAsync(Delete);

        Assert.That(summary.Count("objectsUnrecognized"), Is.EqualTo(1));
        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Upload_CompletedBeforeTheLook_IsKeptAndItsSessionMarked()
    {
        var id = Table.Add(Expired, "created", "multipart", static item => item["s3UploadId"] = new AttributeValue { S = "gone" });
        Bucket.Add(FakeBucket.KeyOf(id));

        var summary = await RunAsync(Delete);

        Assert.That(summary.Count("completedUploadsFound"), Is.EqualTo(1));
        AssertInReview(id);
    }

    [Test]
    public async Task Upload_CompletedBetweenClaimAndAbort_IsKeptAndItsSessionMarked()
    {
        var id = ExpiredMultipart(false);
        Bucket.BeforeAbort = () =>
        {
            Bucket.Uploads.Clear();
            Bucket.Add(FakeBucket.KeyOf(id));
        };

        await RunAsync(Delete);

        AssertInReview(id);
    }

    [Test]
    public async Task Object_WrittenBetweenHeadAndDelete_IsKeptAndItsSessionMarked()
    {
        var id = Table.Add(Expired, "created");
        Bucket.Add(FakeBucket.KeyOf(id));
        Bucket.BeforeDelete = () => Bucket.Add(FakeBucket.KeyOf(id));

        await RunAsync(Delete);

        AssertInReview(id);
    }

    [Test]
    public async Task Session_ChangedBeforeTheClaim_IsLeftAloneAndTheOthersAreCleaned()
    {
        var changed = Table.Add(Expired, "created");
        Bucket.Add(FakeBucket.KeyOf(changed));
        Table.Add(Expired, "created");
        Table.BeforeWrite = _ => Table.Items[changed]["status"] = new AttributeValue { S = "uploaded" };

        var summary = await RunAsync(Delete);

        Assert.That(Table.Items.Keys, Is.EqualTo(new[] { changed }));
        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), "a lost race is not an error");
    }

    [Test]
    public async Task Orphan_WrittenAfterTheListing_IsKept()
    {
        KeptSession();
        var key = Orphan();
        Bucket.BeforeDelete = () => Bucket.Add(key);

        await RunAsync(Delete);

        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { key }));
    }
}

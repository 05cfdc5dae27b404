using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>With <c>expiredObjects=quarantine</c>, no run removes what an earlier run has not marked.</summary>
public sealed class ExpiredQuarantineTests : CleanupFixture
{
    private const string Quarantine = """{"expiredObjects":"quarantine"}""";

    [Test]
    public async Task FirstRun_MarksAndTagsAndRemovesNothing()
    {
        var single = ExpiredSingle();
        var empty = ExpiredMultipart();
        var never = Table.Add(Expired, "created");
        var over = ExpiredMultipart(withParts: true, status: "partial");
        Set(over, "cleanupMarkedAt", time: Now.AddDays(-30));
        Table.Items[over].Remove("ttl");

        var planned = await RunAsync(Quarantine, dryRun: true);
        var summary = await RunAsync(Quarantine);

        Assert.Multiple(() =>
        {
            Assert.That(planned.Counts, Is.EqualTo(summary.Counts));
            Assert.That(summary.Count("sessionsQuarantined"), Is.EqualTo(4));
            Assert.That(summary.Count("objectsQuarantined"), Is.EqualTo(1));
            Assert.That(summary.Count("sessionsClaimed"), Is.Zero);
            Assert.That(Bucket.Objects[KeyOf(single)].Tags!.Single().Key, Is.EqualTo("maintenance-delete-after"));
            Assert.That(Bucket.Uploads, Has.Count.EqualTo(2));
            Assert.That(
                new[] { single, empty, never, over }.Select(id => Table.Items[id].ContainsKey("cleanupQuarantinedAt")), Is.All.True);
            Assert.That(Table.Items[single]["status"].S, Is.EqualTo("created"));
        });
    }

    [Test]
    public async Task LaterRun_NothingHasChanged_RemovesEverythingAndNotEarlier()
    {
        ExpiredSingle();
        ExpiredMultipart();
        Table.Add(Expired, "created");
        await RunAsync(Quarantine);
        Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));

        var early = await RunAsync(Quarantine);
        Assert.That(early.Count("sessionsInQuarantine"), Is.EqualTo(3));
        Assert.That(early.Changes.Proposed, Is.Zero);

        Time.Advance(TimeSpan.FromSeconds(1));
        var due = await RunAsync(Quarantine);

        Assert.That(due.Count("sessionsCleaned"), Is.EqualTo(3), due.Summary);
        Assert.That(Table.Items, Is.Empty);
        Assert.That(Bucket.Objects, Is.Empty);
        Assert.That(Bucket.Uploads, Is.Empty);
    }

    [TestCase("finished")]
    [TestCase("renewed and expired again")]
    [TestCase("another upload id")]
    [TestCase("uploaded again")]
    [TestCase("copied onto itself")]
    [TestCase("tag removed")]
    public async Task LaterRun_ClientWentOnMeanwhile_KeepsTheObject(string action)
    {
        var id = ExpiredSingle();
        await RunAsync(Quarantine);
        Time.Advance(TimeSpan.FromDays(3));
        Do(action, id);
        Time.Advance(TimeSpan.FromDays(5));

        await RunAsync(Quarantine);

        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
        Assert.That(Table.Items, Has.Count.EqualTo(1));
        if (action == "finished")
        {
            return;
        }

        Time.Advance(TimeSpan.FromDays(7));
        await RunAsync(Quarantine);
        Assert.That(Table.Items, Is.Empty, "once nothing has changed for a whole quarantine");
    }

    [Test]
    public async Task LaterRun_PartsArrivedMeanwhile_KeepsTheUploadForReview()
    {
        var id = ExpiredMultipart();
        await RunAsync(Quarantine);
        Bucket.UploadsWithParts.Add(Table.Items[id]["s3UploadId"].S);
        Time.Advance(TimeSpan.FromDays(8));

        await RunAsync(Quarantine);

        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo("partial"));
    }

    [Test]
    public async Task FirstRun_ClientFinishesBetweenLookAndMark_LeavesTheSessionAlone()
    {
        var id = ExpiredSingle();
        Table.BeforeWrite = _ => Set(id, "status", "uploaded");

        await RunAsync(Quarantine);

        Assert.That(Table.Items[id], Does.Not.ContainKey("cleanupQuarantinedAt"));
        Assert.That(Bucket.Objects[KeyOf(id)].Tags, Is.Null);
    }

    [Test]
    public async Task StrayUpload_BegunAfterTheQuarantine_IsLeftAlone()
    {
        KeptSession();
        var young = Bucket.AddUpload(KeyOf(Guid.NewGuid().ToString()), initiated: Now.AddDays(-6));
        Bucket.AddUpload(KeyOf(Guid.NewGuid().ToString()), initiated: Now.AddDays(-8));

        await RunAsync(Quarantine);

        Assert.That(Bucket.Uploads.Keys, Is.EqualTo(new[] { young }));
    }

    private void Do(string action, string id)
    {
        var key = KeyOf(id);
        switch (action)
        {
            case "finished":
                Set(id, "status", "uploaded");
                break;
            case "renewed and expired again":
                Set(id, "ttl", time: Now.AddHours(1));
                break;
            case "another upload id":
                Table.Items[id]["s3UploadId"] = new AttributeValue { S = "another" };
                break;
            case "uploaded again":
                Bucket.Add(key, Now, Bucket.Objects[key].ETag);
                break;
            case "copied onto itself":
                var tags = Bucket.Objects[key].Tags;
                Bucket.Add(key, Now, Bucket.Objects[key].ETag);
                Bucket.Objects[key].Tags = tags;
                break;
            default:
                Bucket.Objects[key].Tags = null;
                break;
        }
    }
}

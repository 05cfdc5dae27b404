using Amazon.DynamoDBv2;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class CleanupDefaultsTests : CleanupFixture
{
    [TestCase("delete")]
    [TestCase("quarantine")]
    public async Task Orphans_TableHasTtl_AreRefusedBeforeAnythingChanges(string orphans)
    {
        Table.TimeToLive = TimeToLiveStatus.ENABLED;
        Table.Add(Expired, "created");
        var video = Orphan();

        var summary = await RunAsync($$"""{"orphans":"{{orphans}}"}""");

        Assert.That(summary.Summary, Does.Contain($"orphans={orphans} is refused").And.Contain("completedUploadsKeepTheirSession"));
        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { video }));
        Assert.That(Table.Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Orphans_ByDefault_AreReportedAndStay()
    {
        var video = Orphan();

        var summary = await RunAsync();

        Assert.That(summary.Count("orphanedObjectsFound"), Is.EqualTo(1));
        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { video }));
        Assert.That(Logs, Has.Some.Contains(video));
    }

    [Test]
    public async Task Environment_DryRun_WritesNothing()
    {
        Table.Add(Expired, "created");

        var summary = await RunAsync("{}", environment: new() { ["DRY_RUN"] = "true" });

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Count("sessionsCleaned"), Is.EqualTo(1));
        Assert.That(Table.Transactions, Is.Zero);
    }

    [Test]
    public async Task Environment_BatchSizeAndAge_AreRead()
    {
        Table.Add(Expired, "created");
        Table.Add(Expired, "created");
        Orphan(Now.AddHours(-30));
        Orphan(Now.AddHours(-50));

        var summary = await RunAsync("{}", environment: new() { ["BATCH_SIZE"] = "1", ["CLEANUP_AGE_HOURS"] = "40" });

        Assert.That(Table.Transactions, Is.EqualTo(4), "one claim and one removal each");
        Assert.That(summary.Count("orphanedObjectsFound"), Is.EqualTo(1));
    }
}

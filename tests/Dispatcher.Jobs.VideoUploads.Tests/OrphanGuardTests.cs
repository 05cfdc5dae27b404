using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class OrphanGuardTests : CleanupFixture
{
    [TestCase("delete", false)]
    [TestCase("quarantine", false)]
    [TestCase("delete", true)]
    public async Task Orphans_TableHoldsNoSession_AreRefusedBeforeTheFirstChange(string orphans, bool dryRun)
    {
        Orphan();

        var summary = await RunAsync($$"""{"orphans":"{{orphans}}","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}""", dryRun);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("holds no session at all").And.Contain("TABLE_NAME").And.Contain($"orphans={orphans}"));
        Assert.That(Bucket.Objects.Values.Single().Tags, Is.Null);
    }

    [Test]
    public async Task Orphans_TableAndBucketAreEmpty_AreNothingToRefuse() =>
        Assert.That((await RunAsync("""{"orphans":"delete","completedUploadsKeepTheirSession":true}""")).Status, Is.EqualTo(JobStatus.Succeeded));

    [TestCase(6, 50, true)]
    [TestCase(5, 50, false)]
    [TestCase(3, 20, true)]
    [TestCase(2, 20, false)]
    [TestCase(1, 0, true)]
    [TestCase(10, 100, false)]
    public async Task Orphans_ShareOfTenObjects_IsHeldAgainstTheLimit(int orphans, int limit, bool isRefused)
    {
        var expired = Table.Add(Expired, "created");
        for (var index = 0; index < 10; index++)
        {
            Bucket.Add(index < orphans ? KeyOf(Guid.NewGuid().ToString()) : KeyOf(KeptSession()));
        }

        var parameters = $$"""{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":{{limit}}}""";
        var planned = await RunAsync(parameters, dryRun: true);
        var real = await RunAsync(parameters);

        if (!isRefused)
        {
            Assert.That(real.Count("orphanedObjectsDeleted"), Is.EqualTo(orphans));
            Assert.That(planned.Counts, Is.EqualTo(real.Counts));
            return;
        }

        Assert.Multiple(() =>
        {
            Assert.That(planned.Summary, Does.Contain("A real run would refuse"));
            Assert.That(real.Summary, Does.Contain("nothing was changed").And.Contain($"{orphans} of the 10 uploads")
                .And.Contain($"maxOrphanedPercent is {limit}").And.Contain("orphans=report"));
            Assert.That(Bucket.Objects, Has.Count.EqualTo(10));
            Assert.That(Table.Items, Does.ContainKey(expired), "refused before the sessions' pass");
        });
    }

    [Test]
    public async Task Orphans_AmongFewerThanTenObjects_HaveNoShare()
    {
        KeptSession();
        for (var index = 0; index < 9; index++)
        {
            Orphan();
        }

        var summary = await RunAsync("""{"orphans":"delete","completedUploadsKeepTheirSession":true}""");

        Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(9));
    }

    [Test]
    public async Task Orphans_FinishedTagSpeaksForThem_DoNotCount()
    {
        KeptSession();
        for (var index = 0; index < 12; index++)
        {
            Bucket.Objects[Orphan()].Tags = index == 0 ? null : [new Tag { Key = "finished", Value = "1" }];
        }

        var summary = await RunAsync("""{"orphans":"delete","finishedTag":"finished"}""");

        Assert.That(summary.Count("orphanedObjectsDeleted"), Is.EqualTo(1));
        Assert.That(summary.Count("finishedObjectsKept"), Is.EqualTo(11));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task StrayUploads_TableHoldsNoSession_AreLeftAloneAndReported(bool dryRun)
    {
        Bucket.AddUpload(KeyOf(Guid.NewGuid().ToString()));

        var summary = await RunAsync(dryRun: dryRun);

        Assert.That(Bucket.Uploads, Has.Count.EqualTo(1));
        Assert.That(summary.Errors.Single().Error, Does.Contain("1 old multipart uploads").And.Contain("no session at all"));
        Assert.That(summary.Changes.Proposed, Is.Zero);
    }
}

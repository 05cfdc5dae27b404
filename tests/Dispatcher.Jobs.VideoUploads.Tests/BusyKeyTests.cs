namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class BusyKeyTests : CleanupFixture
{
    [Test]
    public async Task Delete_S3IsTooBusyForSomeKeys_TriesThoseAgain()
    {
        ExpiredSingle();
        ExpiredSingle();
        var busy = KeyOf(ExpiredSingle());
        Bucket.BusyKeys[busy] = 2;

        var record = await DriveAsync(RunAsync());

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Errors, Is.Empty);
        Assert.That(record.Count("objectsDeleted"), Is.EqualTo(3));
        Assert.That(Bucket.Objects, Is.Empty);
        Assert.That(Table.Items, Is.Empty);
    }

    [Test]
    public async Task Delete_S3StaysTooBusyForAKey_IsThatItemsErrorOnly()
    {
        ExpiredSingle();
        var id = ExpiredSingle();
        Bucket.BusyKeys[KeyOf(id)] = int.MaxValue;

        var record = await DriveAsync(RunAsync());

        Assert.That(record.Status, Is.EqualTo(JobStatus.Partial));
        Assert.That(record.Errors.Single().Item, Does.Contain(id));
        Assert.That(record.Errors.Single().Error, Does.Contain("too busy"));
        Assert.That(record.Count("objectsDeleted"), Is.EqualTo(1));
        Assert.That(Bucket.Objects.Keys, Is.EqualTo(new[] { KeyOf(id) }));
    }
}

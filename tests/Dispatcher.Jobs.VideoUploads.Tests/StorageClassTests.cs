using Amazon.S3;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>The bytes that a run frees, by the storage class of each object.</summary>
public sealed class StorageClassTests : CleanupFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Bytes_AreCountedByTheClassOfEachObject(bool dryRun)
    {
        KeptSession();
        ExpiredSingle();
        AddOrphan(100, S3StorageClass.StandardInfrequentAccess);
        AddOrphan(200, S3StorageClass.StandardInfrequentAccess);
        AddOrphan(400, S3StorageClass.DeepArchive);

        var run = await RunAsync(Delete, dryRun);

        Assert.That(run.Changes.Bytes, Is.EqualTo(710));
        Assert.That(run.Changes.BytesByClass, Is.EqualTo(new Dictionary<string, long>
        {
            ["DEEP_ARCHIVE"] = 400, ["STANDARD"] = 10, ["STANDARD_IA"] = 300,
        }));
    }

    [Test]
    public async Task Bytes_VersionedBucket_FreesNoneOfAnyClass()
    {
        KeptSession();
        Bucket.Versioning = VersionStatus.Enabled;
        AddOrphan(100, S3StorageClass.Glacier);

        var run = await RunAsync(Delete);

        Assert.That(run.Count("orphanedObjectsDeleted"), Is.EqualTo(1));
        Assert.That(run.Changes.BytesByClass, Is.Null);
    }

    private void AddOrphan(long size, S3StorageClass storageClass) =>
        Bucket.Add(KeyOf(Guid.NewGuid().ToString()), size: size, storageClass: storageClass);
}

using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Tests;

/// <summary>What moto does not do, and what the other tests rely on. That the rest is as moto does it is tested beside moto.</summary>
[Parallelizable]
internal sealed class FakeAwsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task DeleteObjects_WithETags_JudgesEachKey()
    {
        var world = NewWorld(out var s3);
        var bucket = world.S3.CreateBucket("bucket");
        var kept = bucket.Put("kept", "x"u8.ToArray());
        var gone = bucket.Put("gone", "y"u8.ToArray());
        var request = new DeleteObjectsRequest
        {
            BucketName = "bucket",
            Objects =
            [
                new KeyVersion { Key = "kept", ETag = gone.ETag }, new KeyVersion { Key = "gone", ETag = gone.ETag },
                new KeyVersion { Key = "missing", ETag = gone.ETag },
            ],
        };

        var exception = await Assert.ThrowsAsync<DeleteObjectsException>(() => s3.DeleteObjectsAsync(request));

        Assert.Multiple(() =>
        {
            Assert.That(
                exception!.Response.DeleteErrors.Select(static error => $"{error.Key} {error.Code}"),
                Is.EqualTo(new[] { "kept PreconditionFailed", "missing NoSuchKey" }));
            Assert.That(bucket.Objects, Is.EqualTo(new[] { kept }));
            Assert.That(world.Mutations.Select(static mutation => mutation.Target), Is.EqualTo(new[] { "s3://bucket/gone" }));
        });
    }

    [Test]
    public async Task ListMultipartUploads_SmallPages_TellsAllWithTheirTimes()
    {
        var world = NewWorld(out var s3);
        var bucket = world.S3.CreateBucket("bucket");
        var uploads = Enumerable.Range(0, 5).Select(index => bucket.Begin($"key{index / 2}", Start.AddDays(-index))).ToList();
        var found = new List<string>();
        var request = new ListMultipartUploadsRequest { BucketName = "bucket", MaxUploads = 1 };
        await foreach (var upload in s3.Paginators.ListMultipartUploads(request).Uploads)
        {
            found.Add($"{upload.UploadId} {upload.Initiated!.Value.ToUniversalTime():O}");
        }

        Assert.That(found, Is.EqualTo(uploads.Select(static upload => $"{upload.UploadId} {upload.Initiated.UtcDateTime:O}")));
    }

    [Test]
    public async Task TransactWriteItems_SameToken_WritesOnce()
    {
        var world = new FakeAws(new PauselessTimeProvider(Start));
        var table = world.DynamoDb.CreateTable("table", "id");
        using var dynamoDb = world.CreateDynamoDb(new FakeCaller("test"));
        var request = new TransactWriteItemsRequest { ClientRequestToken = "token", TransactItems = [Removal("1")] };
        table.Put(("id", "1"));
        await dynamoDb.TransactWriteItemsAsync(request);
        table.Put(("id", "1"));

        await dynamoDb.TransactWriteItemsAsync(request);

        Assert.That(table.Find("1"), Is.Not.Null);
        request.TransactItems = [Removal("2")];
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => dynamoDb.TransactWriteItemsAsync(request));
    }

    [Test]
    public async Task Transaction_AnswerCut_IsRepeatedAndWrittenOnce()
    {
        var world = new FakeAws(new PauselessTimeProvider(Start));
        var table = world.DynamoDb.CreateTable("table", "id");
        using var dynamoDb = world.CreateDynamoDb(new FakeCaller("test"));
        table.Put(("id", "1"));
        world.BeforeCall = static call => ValueTask.FromResult(call.Number == 1 ? FakeFault.ExecutedThenCut : FakeFault.None);

        await dynamoDb.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = [Removal("1")] });

        Assert.That((world.Calls, world.Mutations.Count), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task Request_WithWhatIsNotSupported_Fails()
    {
        var world = NewWorld(out var s3);
        world.S3.CreateBucket("bucket").Put("key", "x"u8.ToArray());

        var request = new ListObjectsV2Request { BucketName = "bucket", RequestPayer = RequestPayer.Requester };

        await Assert.ThrowsAsync<NotSupportedException>(() => s3.ListObjectsV2Async(request));
    }

    [Test]
    public async Task Caller_Killed_IsNeverAnsweredAgain()
    {
        var world = new FakeAws(new PauselessTimeProvider(Start));
        var bucket = world.S3.CreateBucket("bucket");
        bucket.Put("key", "x"u8.ToArray());
        var caller = new FakeCaller("test");
        using var s3 = world.CreateS3(caller);
        world.BeforeCall = static _ => ValueTask.FromResult(FakeFault.ExecutedThenKilled);

        var deletion = s3.DeleteObjectAsync("bucket", "key");
        await caller.Killed;
        var listing = s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket" });

        Assert.Multiple(() =>
        {
            Assert.That(bucket.Objects, Is.Empty);
            Assert.That((deletion.IsCompleted, listing.IsCompleted, world.Calls), Is.EqualTo((false, false, 1)));
        });
    }

    private static FakeAws NewWorld(out AmazonS3Client s3)
    {
        var world = new FakeAws(new PauselessTimeProvider(Start));
        s3 = world.CreateS3(new FakeCaller("test"));
        return world;
    }

    private static TransactWriteItem Removal(string id) => new()
    {
        Delete = new Amazon.DynamoDBv2.Model.Delete
        {
            TableName = "table", Key = new Dictionary<string, AttributeValue> { ["id"] = new() { S = id } },
        },
    };
}

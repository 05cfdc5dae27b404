using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>
/// The S3 in memory answers as moto does, as far as moto answers as S3 does: it knows neither quiet deletions nor conditional ones of many.
/// </summary>
[Parallelizable]
internal sealed class S3ConformanceTests
{
    private const string Missing = "uploads/missing";

    [Test]
    public async Task Answers_SameCalls_AreThoseOfMoto([Values] FakeAccess access)
    {
        using var moto = (await SharedMoto.GetAsync()).CreateS3();
        using var fake = new FakeClients(access);

        var expected = await TranscribeAsync(moto);
        var actual = await TranscribeAsync(fake.S3);

        Assert.That(actual.DifferencesFrom(expected), Is.Empty);
    }

    private static async Task<Transcript> TranscribeAsync(AmazonS3Client s3)
    {
        var bucket = $"conformance-{Guid.NewGuid():N}";
        var transcript = new Transcript();
        await transcript.AddAsync(
            "no bucket",
            () => s3.ListObjectsV2Async(new() { BucketName = bucket }),
            static answer => answer.KeyCount);
        await transcript.AddAsync("bucket", () => s3.PutBucketAsync(bucket), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("versioning", () => s3.GetBucketVersioningAsync(bucket), static answer => answer.VersioningConfig.Status);
        await ObjectsAsync(transcript, s3, bucket);
        await TagsAsync(transcript, s3, bucket);
        await UploadsAsync(transcript, s3, bucket);
        await DeletionsAsync(transcript, s3, bucket);
        await ListAsync(transcript, s3, bucket, "rest");
        return transcript;
    }

    private static async Task ObjectsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        foreach (var key in new[] { "uploads/a b+c.mp4", "uploads/b&<>.mp4", "uploads/ü.mp4", "uploads/d", "else/e" })
        {
            await transcript.AddAsync(
                $"put {key}",
                () => PutAsync(s3, bucket, key, key),
                static answer => $"{answer.HttpStatusCode} {answer.ETag}");
        }

        await transcript.AddAsync(
            "put absent",
            () => s3.PutObjectAsync(new() { BucketName = bucket, Key = "uploads/d", ContentBody = "x", IfNoneMatch = "*" }),
            static answer => answer.ETag);
        await ListAsync(transcript, s3, bucket, "objects");
        await transcript.AddAsync(
            "head",
            () => s3.GetObjectMetadataAsync(bucket, "uploads/ü.mp4"),
            static answer => $"{answer.ETag} {answer.ContentLength} {answer.LastModified is not null}");
        await transcript.AddAsync("head missing", () => s3.GetObjectMetadataAsync(bucket, Missing), static answer => answer.ETag);
        await transcript.AddAsync(
            "get",
            () => s3.GetObjectAsync(bucket, "uploads/d"),
            static answer => new StreamReader(answer.ResponseStream).ReadToEnd());
        await transcript.AddAsync("get missing", () => s3.GetObjectAsync(bucket, Missing), static answer => answer.ETag);
    }

    private static async Task ListAsync(Transcript transcript, AmazonS3Client s3, string bucket, string step)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = "uploads/", MaxKeys = 2 };
        do
        {
            ListObjectsV2Response? page = null;
            await transcript.AddAsync($"list {step}", () => s3.ListObjectsV2Async(request), answer => Describe(page = answer));
            request.ContinuationToken = page?.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    private static string Describe(ListObjectsV2Response page) =>
        $"{page.KeyCount} {page.IsTruncated} "
            + $"{string.Join(", ", (page.S3Objects ?? []).Select(static item => $"{item.Key} {item.ETag} {item.Size}"))}";

    private static async Task TagsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        async Task ReadAsync(string key) => await transcript.AddAsync(
            $"tags of {key}",
            () => s3.GetObjectTaggingAsync(new() { BucketName = bucket, Key = key }),
            static answer => string.Join(", ", (answer.Tagging ?? []).Select(static tag => $"{tag.Key}={tag.Value}")));

        await ReadAsync("uploads/d");
        await ReadAsync(Missing);
        foreach (var (step, key, tags) in new[]
        {
            ("two", "uploads/d", new[] { "one=1", "two=2 + 3" }),
            ("one", "uploads/d", ["three=3"]), ("missing", Missing, ["one=1"]), ("invalid", "uploads/d", ["one=1&2"]),
            ("eleven", "uploads/d", Enumerable.Range(0, 11).Select(static index => $"tag{index}=x").ToArray()),
        })
        {
            Tag[] set = [.. tags.Select(static tag => new Tag { Key = tag.Split('=')[0], Value = tag.Split('=')[1] })];
            await transcript.AddAsync(
                $"tag {step}",
                () => s3.PutObjectTaggingAsync(new() { BucketName = bucket, Key = key, Tagging = new() { TagSet = [.. set] } }),
                static answer => answer.HttpStatusCode);
            await ReadAsync("uploads/d");
        }

        await transcript.AddAsync("write again", () => PutAsync(s3, bucket, "uploads/d", "uploads/d"), static answer => answer.ETag);
        await ReadAsync("uploads/d");
        await transcript.AddAsync("write with tag", () => s3.PutObjectAsync(new()
        {
            BucketName = bucket, Key = "uploads/d", ContentBody = "d", TagSet = [new Tag { Key = "finished", Value = "yes" }],
        }), static answer => answer.ETag);
        await ReadAsync("uploads/d");
        await transcript.AddAsync(
            "untag",
            () => s3.DeleteObjectTaggingAsync(new() { BucketName = bucket, Key = "uploads/d" }),
            static answer => answer.HttpStatusCode);
        await ReadAsync("uploads/d");
    }

    private static async Task UploadsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        const string Key = "uploads/parts.mp4";
        var uploadId = (await s3.InitiateMultipartUploadAsync(bucket, Key)).UploadId;
        var other = (await s3.InitiateMultipartUploadAsync(bucket, "uploads/other.mp4")).UploadId;
        async Task PartsAsync(string step) => await transcript.AddAsync(
            $"parts {step}",
            () => s3.ListPartsAsync(bucket, Key, uploadId),
            static answer =>
                string.Join(", ", (answer.Parts ?? []).Select(static part => $"{part.PartNumber} {part.ETag} {part.Size}")));
        async Task UploadsListAsync(string step) => await transcript.AddAsync(
            $"uploads {step}",
            () => s3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket, Prefix = "uploads/" }),
            answer => string.Join(
                ", ",
                (answer.MultipartUploads ?? [])
                    .Select(upload => $"{upload.Key} {upload.UploadId == uploadId} {upload.UploadId == other}")
                    .Order()));

        await PartsAsync("none");
        UploadPartResponse? part = null;
        await transcript.AddAsync("part", () => s3.UploadPartAsync(new()
        {
            BucketName = bucket, Key = Key, UploadId = uploadId, PartNumber = 1, InputStream = new MemoryStream(new byte[10]),
        }), answer => (part = answer).ETag);
        await PartsAsync("one");
        await UploadsListAsync("two");
        await transcript.AddAsync("complete", () => s3.CompleteMultipartUploadAsync(new()
        {
            BucketName = bucket, Key = Key, UploadId = uploadId, PartETags = [new PartETag(1, part!.ETag)],
        }), static answer => answer.ETag);
        await PartsAsync("completed");
        await transcript.AddAsync(
            "abort completed",
            () => s3.AbortMultipartUploadAsync(bucket, Key, uploadId),
            static answer => answer.HttpStatusCode);
        await transcript.AddAsync(
            "abort",
            () => s3.AbortMultipartUploadAsync(bucket, "uploads/other.mp4", other),
            static answer => answer.HttpStatusCode);
        await transcript.AddAsync(
            "abort again",
            () => s3.AbortMultipartUploadAsync(bucket, "uploads/other.mp4", other),
            static answer => answer.HttpStatusCode);
        await UploadsListAsync("none");
        await transcript.AddAsync(
            "head completed",
            () => s3.GetObjectMetadataAsync(bucket, Key),
            static answer => $"{answer.ETag} {answer.ContentLength}");
    }

    private static async Task DeletionsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        var etag = (await PutAsync(s3, bucket, "uploads/d", "d")).ETag;
        async Task DeleteAsync(string step, string key, string? condition) => await transcript.AddAsync(
            $"delete {step}",
            () => s3.DeleteObjectAsync(new() { BucketName = bucket, Key = key, IfMatch = condition }),
            static answer => answer.HttpStatusCode);

        await DeleteAsync("on another condition", "uploads/d", "\"0123456789abcdef0123456789abcdef\"");
        await DeleteAsync("on its condition", "uploads/d", etag);
        await DeleteAsync("again", "uploads/d", null);
        await transcript.AddAsync("delete many", () => s3.DeleteObjectsAsync(new()
        {
            BucketName = bucket, Objects = [new KeyVersion { Key = "uploads/b&<>.mp4" }, new KeyVersion { Key = Missing }],
        }), static answer => string.Join(", ", answer.DeletedObjects.Select(static item => item.Key).Order()));
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client s3, string bucket, string key, string content) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content });
}

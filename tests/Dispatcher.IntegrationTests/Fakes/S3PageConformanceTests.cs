using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>Listings in pages, ranges, conditions and damaged uploads of the S3 in memory answer as moto does.</summary>
[Parallelizable]
internal sealed class S3PageConformanceTests
{
    private const string Api = "https://docs.aws.amazon.com/AmazonS3/latest/API/";

    private static readonly MotoDeviation[] Deviations =
    [
        new("part of nothing", "404 NoSuchUpload", Api + "API_UploadPart.html"),
        new("delete many quietly", "0", Api + "API_DeleteObjects.html"),
        new("delete many of other ETags", "[] a/1 PreconditionFailed, absent NoSuchKey", Api + "API_DeleteObjects.html"),
    ];

    [Test]
    public async Task Answers_SameCalls_AreThoseOfMoto([Values] FakeAccess access)
    {
        using var moto = (await SharedMoto.GetAsync()).CreateS3();
        using var fake = new FakeClients(access);

        var expected = await TranscribeAsync(moto);
        var actual = await TranscribeAsync(fake.S3);

        Assert.That(actual.DifferencesFrom(expected, Deviations), Is.Empty);
    }

    private static async Task<Transcript> TranscribeAsync(AmazonS3Client s3)
    {
        var bucket = $"conformance-{Guid.NewGuid():N}";
        var transcript = new Transcript();
        await transcript.AddAsync("head no bucket", () => s3.HeadBucketAsync(new() { BucketName = bucket }), static _ => "there");
        await s3.PutBucketAsync(bucket);
        await transcript.AddAsync("head bucket", () => s3.HeadBucketAsync(new() { BucketName = bucket }), static _ => "there");
        await transcript.AddAsync(
            "buckets", () => s3.ListBucketsAsync(), answer => answer.Buckets.Exists(item => item.BucketName == bucket));
        foreach (var key in new[] { "a/1", "a/2", "b/1", "c", "d/1/x", "e" })
        {
            await s3.PutObjectAsync(
                new() { BucketName = bucket, Key = key, ContentBody = $"content of {key}", ContentType = "text/plain" });
        }

        await ListingsAsync(transcript, s3, bucket);
        await ReadsAsync(transcript, s3, bucket);
        await WritesAsync(transcript, s3, bucket);
        await UploadsAsync(transcript, s3, bucket);
        await DeletionsAsync(transcript, s3, bucket);
        await transcript.AddAsync("delete full bucket", () => s3.DeleteBucketAsync(bucket), static _ => "done");
        return transcript;
    }

    private static async Task ListingsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        foreach (var (prefix, delimiter, start, size) in new[]
        {
            ("", "/", "", 1_000), ("", "/", "", 2), ("d/", "/", "", 1_000), ("", "", "b/1", 1_000), ("a/", "", "a/1", 1), ("x", "", "", 10),
        })
        {
            var request = new ListObjectsV2Request
            {
                BucketName = bucket, Prefix = prefix, Delimiter = delimiter, StartAfter = start.Length > 0 ? start : null, MaxKeys = size,
            };
            do
            {
                string? next = null;
                await transcript.AddAsync($"list '{prefix}' '{delimiter}' '{start}' {size}", () => s3.ListObjectsV2Async(request), page =>
                {
                    next = page.NextContinuationToken;
                    return $"{page.KeyCount} {page.IsTruncated} "
                        + $"{string.Join(' ', (page.S3Objects ?? []).Select(static item => item.Key))} | "
                        + string.Join(' ', page.CommonPrefixes ?? []);
                });
                request.ContinuationToken = next;
            }
            while (request.ContinuationToken is not null);
        }
    }

    private static async Task ReadsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        var etag = (await s3.GetObjectMetadataAsync(bucket, "c")).ETag;
        foreach (var (step, range) in new[]
        {
            ("beginning", new ByteRange(0, 6)), ("beyond the end", new ByteRange(8, 100)), ("end", new ByteRange("bytes=-1")),
            ("rest", new ByteRange("bytes=5-")), ("outside", new ByteRange(100, 200)),
        })
        {
            await transcript.AddAsync(
                $"range {step}",
                () => s3.GetObjectAsync(new() { BucketName = bucket, Key = "c", ByteRange = range }),
                static answer => $"{answer.HttpStatusCode} {answer.ContentRange} {new StreamReader(answer.ResponseStream).ReadToEnd()}");
        }

        foreach (var condition in new[] { etag, etag.Trim('"'), "\"0123456789abcdef0123456789abcdef\"" })
        {
            await transcript.AddAsync(
                $"get if {condition}",
                () => s3.GetObjectAsync(new() { BucketName = bucket, Key = "c", EtagToMatch = condition }),
                static answer => $"{answer.ContentLength} {answer.Headers.ContentType}");
        }
    }

    private static async Task WritesAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        async Task PutAsync(string step, string key, string? ifMatch, string? ifNoneMatch) => await transcript.AddAsync(
            $"put {step}",
            () => s3.PutObjectAsync(
                new() { BucketName = bucket, Key = key, ContentBody = step, IfMatch = ifMatch, IfNoneMatch = ifNoneMatch }),
            static answer => answer.ETag);

        var etag = (await s3.GetObjectMetadataAsync(bucket, "e")).ETag;
        await PutAsync("if it is the same", "e", etag, null);
        await PutAsync("if it is another", "e", etag, null);
        await PutAsync("if it is there", "absent", etag, null);
        await PutAsync("if it is new", "e", null, "*");
        await PutAsync("if it is not there", "new", null, "*");
        var request = new PutObjectRequest { BucketName = bucket, Key = "meta", ContentBody = "x" };
        request.Metadata.Add("who", "me");
        await transcript.AddAsync("put metadata", () => s3.PutObjectAsync(request), static answer => answer.ETag);
        await transcript.AddAsync(
            "head metadata", () => s3.GetObjectMetadataAsync(bucket, "meta"), static answer => answer.Metadata["who"]);
    }

    private static async Task UploadsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        const string Key = "parts";
        await transcript.AddAsync("part of nothing", () => UploadAsync(s3, bucket, Key, "absent", 1), static answer => answer.ETag);
        await transcript.AddAsync("parts of nothing", () => s3.ListPartsAsync(bucket, Key, "absent"), static answer => answer.Parts.Count);
        await transcript.AddAsync("abort nothing", () => s3.AbortMultipartUploadAsync(bucket, Key, "absent"), static _ => "done");
        var uploadId = (await s3.InitiateMultipartUploadAsync(bucket, Key)).UploadId;
        var etags = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            await transcript.AddAsync($"part {number}", () => UploadAsync(s3, bucket, Key, uploadId, number), answer =>
            {
                etags.Add(answer.ETag);
                return answer.ETag;
            });
        }

        var request = new ListPartsRequest { BucketName = bucket, Key = Key, UploadId = uploadId, MaxParts = 2 };
        bool? isTruncated;
        do
        {
            isTruncated = false;
            await transcript.AddAsync("parts", () => s3.ListPartsAsync(request), page =>
            {
                isTruncated = page.IsTruncated;
                request.PartNumberMarker = $"{page.NextPartNumberMarker}";
                return $"{page.IsTruncated} "
                    + $"{string.Join(' ', page.Parts.Select(static part => $"{part.PartNumber} {part.ETag} {part.Size}"))}";
            });
        }
        while (isTruncated == true);

        async Task CompleteAsync(string step, params PartETag[] parts) => await transcript.AddAsync(
            $"complete {step}",
            () => s3.CompleteMultipartUploadAsync(
                new() { BucketName = bucket, Key = Key, UploadId = uploadId, PartETags = [.. parts] }),
            static answer => answer.ETag);

        await CompleteAsync("with a wrong ETag", new PartETag(1, "\"0123456789abcdef0123456789abcdef\""));
        await CompleteAsync("with a missing part", new PartETag(4, etags[0]));
        await CompleteAsync("with parts that are too small", new PartETag(1, etags[0]), new PartETag(2, etags[1]));
        await CompleteAsync("with one part", new PartETag(1, etags[0]));
    }

    private static Task<UploadPartResponse> UploadAsync(AmazonS3Client s3, string bucket, string key, string uploadId, int number) =>
        s3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket, Key = key, UploadId = uploadId, PartNumber = number, InputStream = new MemoryStream(new byte[number]),
        });

    private static async Task DeletionsAsync(Transcript transcript, AmazonS3Client s3, string bucket)
    {
        await transcript.AddAsync(
            "delete absent if it is there",
            () => s3.DeleteObjectAsync(new() { BucketName = bucket, Key = "absent", IfMatch = "*" }),
            static answer => answer.HttpStatusCode);
        await transcript.AddAsync(
            "delete many quietly",
            () => s3.DeleteObjectsAsync(
                new() { BucketName = bucket, Quiet = true, Objects = [new KeyVersion { Key = "c" }, new KeyVersion { Key = "absent" }] }),
            static answer => answer.DeletedObjects?.Count ?? 0);
        await transcript.AddAsync(
            "delete many of other ETags",
            () => s3.DeleteObjectsAsync(new()
            {
                BucketName = bucket,
                Objects =
                [
                    new KeyVersion { Key = "a/1", ETag = "\"0123456789abcdef0123456789abcdef\"" },
                    new KeyVersion { Key = "absent", ETag = "\"0123456789abcdef0123456789abcdef\"" },
                ],
            }),
            static answer => answer.DeletedObjects?.Count ?? 0);
        await transcript.AddAsync(
            "deleted", () => s3.GetObjectMetadataAsync(bucket, "c"), static answer => answer.ETag);
    }
}

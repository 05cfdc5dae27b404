using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>The bucket of the uploads, for reading. Every call is bounded by the run's limiter.</summary>
internal sealed class UploadBucket(CleanupContext run)
{
    /// <summary>The storage class that HEAD leaves out.</summary>
    private const string Standard = "STANDARD";

    private string Name => run.Parameters.Bucket;

    /// <summary>Lists the objects of a part of the keys, page by page.</summary>
    public async IAsyncEnumerable<List<S3Object>> ListObjectsAsync(
        KeyPartition partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = run.Parameters.Prefix };
        ListObjectsV2Response page;
        do
        {
            page = await run.BucketCalls.ListAsync(() => run.S3.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            var objects = page.S3Objects ?? [];
            yield return objects.FindAll(item => partition.Owns(item.Key));
            request.StartAfter = objects is [.., { Key: var last }] ? partition.SkipTo(last) : null;
            request.ContinuationToken = request.StartAfter is null ? page.NextContinuationToken : null;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Lists one page of the objects that follow a key.</summary>
    public async Task<ObjectPage> ListPageAsync(string after, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = run.Parameters.Prefix, StartAfter = after };
        var page = await run.BucketCalls.RunAsync(() => run.S3.ListObjectsV2Async(request, cancellationToken), cancellationToken);
        StoredObject[] objects = [.. (page.S3Objects ?? []).Select(Read)];
        return new ObjectPage(objects, page.IsTruncated == true ? objects.LastOrDefault()?.Key ?? after : null);
    }

    /// <summary>Lists the multipart uploads that belong to this run, page by page.</summary>
    public async IAsyncEnumerable<List<MultipartUpload>> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = Name, Prefix = run.Parameters.Prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await run.BucketCalls.ListAsync(() => run.S3.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);
            var uploads = page.MultipartUploads ?? [];
            yield return uploads.FindAll(upload => run.Partition.Owns(upload.Key));
            var skipTo = uploads is [.., { Key: var last }] ? run.Partition.SkipTo(last) : null;
            request.KeyMarker = skipTo ?? page.NextKeyMarker;
            request.UploadIdMarker = skipTo is null ? page.NextUploadIdMarker : null;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Looks at an object.</summary>
    /// <returns>The object, or <see langword="null"/> if there is none.</returns>
    public async Task<StoredObject?> FindObjectAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectMetadataRequest { BucketName = Name, Key = key };
            var found = await run.BucketCalls.RunAsync(() => run.S3.GetObjectMetadataAsync(request, cancellationToken), cancellationToken);
            return new StoredObject(key, found.ETag, found.ContentLength, InUtc(found.LastModified))
            {
                StorageClass = found.StorageClass?.Value ?? Standard,
            };
        }
        catch (AmazonS3Exception exception) when (IsGone(exception))
        {
            return null;
        }
    }

    public async Task<UploadState> FindUploadAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ListPartsRequest { BucketName = Name, Key = key, UploadId = uploadId, MaxParts = 1 };
            var parts = await run.BucketCalls.RunAsync(() => run.S3.ListPartsAsync(request, cancellationToken), cancellationToken);
            return parts.Parts is { Count: > 0 } ? UploadState.HasParts : UploadState.Empty;
        }
        catch (AmazonS3Exception exception) when (IsGone(exception))
        {
            return UploadState.Gone;
        }
    }

    /// <summary>Reads an object's tags.</summary>
    /// <returns>The tags, or <see langword="null"/> if the object is gone.</returns>
    public async Task<IReadOnlyList<Tag>?> ReadTagsAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectTaggingRequest { BucketName = Name, Key = key };
            var tags = await run.BucketCalls.RunAsync(() => run.S3.GetObjectTaggingAsync(request, cancellationToken), cancellationToken);
            return tags.Tagging ?? [];
        }
        catch (AmazonS3Exception exception) when (IsGone(exception))
        {
            return null;
        }
    }

    public static StoredObject Read(S3Object item) => new(item.Key, item.ETag, item.Size ?? 0, InUtc(item.LastModified))
    {
        StorageClass = item.StorageClass?.Value ?? Standard,
    };

    /// <summary>Determines whether the object or upload of a call does not exist (any more).</summary>
    public static bool IsGone(AmazonS3Exception exception) =>
        exception.ErrorCode is "NoSuchKey" or "NoSuchUpload" or "NoSuchVersion"
        || (exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket");

    private static DateTimeOffset InUtc(DateTime? time) => time is { } given ? new DateTimeOffset(given.ToUniversalTime()) : default;
}

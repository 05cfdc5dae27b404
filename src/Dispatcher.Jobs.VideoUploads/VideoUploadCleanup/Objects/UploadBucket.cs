using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Is the bucket of the uploads. Every call is bounded by the run's limiter; what changes something is called through the gate.</summary>
internal sealed class UploadBucket(CleanupRun run)
{
    private string Name => run.Parameters.Bucket;

    public async IAsyncEnumerable<List<S3Object>> ListObjectsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = Name, Prefix = run.Parameters.Prefix };
        ListObjectsV2Response page;
        do
        {
            page = await run.Calls.RunAsync(() => run.S3.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            yield return page.S3Objects ?? [];
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public async IAsyncEnumerable<List<MultipartUpload>> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = Name, Prefix = run.Parameters.Prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await run.Calls.RunAsync(() => run.S3.ListMultipartUploadsAsync(request, cancellationToken), cancellationToken);
            yield return page.MultipartUploads ?? [];
            request.KeyMarker = page.NextKeyMarker;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Looks at an object.</summary>
    /// <returns>The object, or <see langword="null"/> where there is none.</returns>
    public async Task<StoredObject?> FindObjectAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectMetadataRequest { BucketName = Name, Key = key };
            var found = await run.Calls.RunAsync(() => run.S3.GetObjectMetadataAsync(request, cancellationToken), cancellationToken);
            return new StoredObject(key, found.ETag, found.ContentLength, found.LastModified ?? default(DateTimeOffset));
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    public async Task<UploadState> FindUploadAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ListPartsRequest { BucketName = Name, Key = key, UploadId = uploadId, MaxParts = 1 };
            var parts = await run.Calls.RunAsync(() => run.S3.ListPartsAsync(request, cancellationToken), cancellationToken);
            return parts.Parts is { Count: > 0 } ? UploadState.HasParts : UploadState.Empty;
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchUpload")
        {
            return UploadState.Gone;
        }
    }

    public async Task<ChangeOutcome> AbortUploadAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AbortMultipartUploadRequest { BucketName = Name, Key = key, UploadId = uploadId };
            await run.Calls.RunAsync(() => run.S3.AbortMultipartUploadAsync(request, cancellationToken), cancellationToken);
            return ChangeOutcome.Applied;
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchUpload")
        {
            return ChangeOutcome.Skipped("the upload was completed or aborted meanwhile");
        }
    }

    public async Task<IReadOnlyList<Tag>> ReadTagsAsync(string key, CancellationToken cancellationToken)
    {
        var request = new GetObjectTaggingRequest { BucketName = Name, Key = key };
        var tags = await run.Calls.RunAsync(() => run.S3.GetObjectTaggingAsync(request, cancellationToken), cancellationToken);
        return tags.Tagging ?? [];
    }

    public Task WriteTagsAsync(string key, IEnumerable<Tag> tags, CancellationToken cancellationToken)
    {
        var request = new PutObjectTaggingRequest { BucketName = Name, Key = key, Tagging = new Tagging { TagSet = [.. tags] } };
        return run.Calls.RunAsync(() => run.S3.PutObjectTaggingAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>Deletes objects that are still what they were when they were seen.</summary>
    public Task<IReadOnlyList<ChangeOutcome>> DeleteAsync(IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken) =>
        new BatchDeletion(run.S3, Name, run.Calls).DeleteAsync(objects, cancellationToken);
}

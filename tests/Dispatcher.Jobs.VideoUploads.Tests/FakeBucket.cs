using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Moq;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>
/// A bucket in memory that does what moto does not: it honours the ETag of each key that is to be deleted, pages uploads, and lets
/// objects be old.
/// </summary>
internal sealed class FakeBucket
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _lastModified;

    public FakeBucket(DateTimeOffset lastModified)
    {
        _lastModified = lastModified;
        Mock.Setup(client => client.GetBucketVersioningAsync(It.IsAny<GetBucketVersioningRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(
                () => new GetBucketVersioningResponse { VersioningConfig = new S3BucketVersioningConfig { Status = Versioning } });
        Mock.Setup(client => client.ListObjectsV2Async(It.IsAny<ListObjectsV2Request>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((ListObjectsV2Request request, CancellationToken _) => List(request));
        Mock.Setup(client => client.GetObjectMetadataAsync(It.IsAny<GetObjectMetadataRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((GetObjectMetadataRequest request, CancellationToken _) => Head(request));
        Mock.Setup(client => client.DeleteObjectsAsync(It.IsAny<DeleteObjectsRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((DeleteObjectsRequest request, CancellationToken _) => Delete(request));
        Mock.Setup(client => client.ListPartsAsync(It.IsAny<ListPartsRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((ListPartsRequest request, CancellationToken _) => ListParts(request));
        Mock.Setup(client => client.AbortMultipartUploadAsync(It.IsAny<AbortMultipartUploadRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((AbortMultipartUploadRequest request, CancellationToken _) => Abort(request));
        Mock.Setup(client => client.ListMultipartUploadsAsync(It.IsAny<ListMultipartUploadsRequest>(), It.IsAny<CancellationToken>(
            ))).ReturnsAsync((ListMultipartUploadsRequest request, CancellationToken _) => ListUploads(request));
        Mock.Setup(client => client.GetObjectTaggingAsync(It.IsAny<GetObjectTaggingRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((GetObjectTaggingRequest request, CancellationToken _) => ReadTags(request));
        Mock.Setup(client => client.PutObjectTaggingAsync(It.IsAny<PutObjectTaggingRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((PutObjectTaggingRequest request, CancellationToken _) =>
        {
            BeforeTagging?.Invoke();
            Find(request.Key).Tags = request.Tagging.TagSet;
            return new PutObjectTaggingResponse();
        });
    }

    public Mock<IAmazonS3> Mock { get; } = new();

    public SortedDictionary<string, StoredItem> Objects { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, MultipartUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public HashSet<string> UploadsWithParts { get; } = [];

    public VersionStatus Versioning { get; set; } = VersionStatus.Off;

    public int PageSize { get; set; } = 1000;

    /// <summary>Gets or sets a key that DeleteObjects cannot read, so that the whole call fails.</summary>
    public string? UnreadableKey { get; set; }

    public Action? BeforeDelete { get; set; }

    /// <summary>Keys that S3 is too busy to delete, with how many more times.</summary>
    public Dictionary<string, int> BusyKeys { get; } = [];

    public Action? BeforeAbort { get; set; }

    public Action? BeforeTagging { get; set; }

    public Action? BeforeReadingTags { get; set; }

    public Action? BeforeHead { get; set; }

    public Action? BeforeListingParts { get; set; }

    public static string KeyOf(string id, string extension = "mp4") => $"uploads/2026-11-01/{id}.{extension}";

    public string Add(
        string key, DateTimeOffset? lastModified = null, string? etag = null, long size = 10, S3StorageClass? storageClass = null)
    {
        Objects[key] = new StoredItem(etag ?? $"\"{Guid.NewGuid():N}\"", lastModified ?? _lastModified)
        {
            Size = size, StorageClass = storageClass,
        };
        return key;
    }

    public string AddUpload(string key, bool withParts = false, DateTimeOffset? initiated = null)
    {
        var id = Guid.NewGuid().ToString("N");
        Uploads[id] = new MultipartUpload { Key = key, UploadId = id, Initiated = (initiated ?? _lastModified).UtcDateTime };
        if (withParts)
        {
            UploadsWithParts.Add(id);
        }

        return id;
    }

    private static AmazonS3Exception Error(string code, HttpStatusCode status) => new(code, ErrorType.Sender, code, "R1", status);

    private ListObjectsV2Response List(ListObjectsV2Request request)
    {
        lock (_lock)
        {
            var after = request.ContinuationToken ?? request.StartAfter ?? string.Empty;
            var page = Objects.Where(pair => pair.Key.StartsWith(request.Prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(pair.Key, after) > 0).Take(PageSize).ToList();
            return new ListObjectsV2Response
            {
                S3Objects = page.Count == 0 ? null : [.. page.Select(static pair => new S3Object
                {
                    Key = pair.Key,
                    ETag = pair.Value.ETag,
                    Size = pair.Value.Size,
                    LastModified = pair.Value.LastModified.UtcDateTime,
                    StorageClass = pair.Value.StorageClass,
                })],
                IsTruncated = page.Count == PageSize,
                NextContinuationToken = page.Count == PageSize ? page[^1].Key : null,
            };
        }
    }

    private GetObjectTaggingResponse ReadTags(GetObjectTaggingRequest request)
    {
        BeforeReadingTags?.Invoke();
        return new GetObjectTaggingResponse { Tagging = Find(request.Key).Tags };
    }

    private StoredItem Find(string key)
    {
        lock (_lock)
        {
            return Objects.GetValueOrDefault(key) ?? throw Error("NoSuchKey", HttpStatusCode.NotFound);
        }
    }

    private GetObjectMetadataResponse Head(GetObjectMetadataRequest request)
    {
        BeforeHead?.Invoke();
        lock (_lock)
        {
            return Objects.TryGetValue(request.Key, out var item)
                ? new GetObjectMetadataResponse
                {
                    ETag = item.ETag, ContentLength = item.Size, LastModified = item.LastModified.UtcDateTime,
                }
                : throw Error("NotFound", HttpStatusCode.NotFound);
        }
    }

    private DeleteObjectsResponse Delete(DeleteObjectsRequest request)
    {
        BeforeDelete?.Invoke();
        lock (_lock)
        {
            if (request.Objects.Any(key => key.Key == UnreadableKey))
            {
                throw Error("MalformedXML", HttpStatusCode.BadRequest);
            }

            var errors = new List<DeleteError>();
            foreach (var key in request.Objects)
            {
                if (BusyKeys.GetValueOrDefault(key.Key) is > 0 and var times)
                {
                    BusyKeys[key.Key] = times - 1;
                    errors.Add(new DeleteError { Key = key.Key, Code = "SlowDown", Message = "Please reduce your request rate." });
                    continue;
                }

                if (Objects.TryGetValue(key.Key, out var item) && item.ETag != key.ETag)
                {
                    errors.Add(new DeleteError { Key = key.Key, Code = "PreconditionFailed", Message = "At least one condition failed." });
                    continue;
                }

                Objects.Remove(key.Key);
            }

            var response = new DeleteObjectsResponse { DeleteErrors = errors };
            return errors.Count == 0 ? response : throw new DeleteObjectsException(response);
        }
    }

    private ListPartsResponse ListParts(ListPartsRequest request)
    {
        BeforeListingParts?.Invoke();
        lock (_lock)
        {
            return Uploads.ContainsKey(request.UploadId)
                ? new ListPartsResponse { Parts = UploadsWithParts.Contains(request.UploadId) ? [new PartDetail { PartNumber = 1 }] : null }
                : throw Error("NoSuchUpload", HttpStatusCode.NotFound);
        }
    }

    private AbortMultipartUploadResponse Abort(AbortMultipartUploadRequest request)
    {
        BeforeAbort?.Invoke();
        lock (_lock)
        {
            return Uploads.Remove(request.UploadId)
                ? new AbortMultipartUploadResponse()
                : throw Error("NoSuchUpload", HttpStatusCode.NotFound);
        }
    }

    private ListMultipartUploadsResponse ListUploads(ListMultipartUploadsRequest request)
    {
        lock (_lock)
        {
            var page = Uploads.Values.Where(upload => string.CompareOrdinal(upload.UploadId, request.UploadIdMarker
                ?? string.Empty) > 0).OrderBy(static upload => upload.UploadId, StringComparer.Ordinal).Take(PageSize).ToList();
            return new ListMultipartUploadsResponse
            {
                MultipartUploads = page.Count == 0 ? null : page,
                IsTruncated = page.Count == PageSize,
                NextKeyMarker = page.LastOrDefault()?.Key,
                NextUploadIdMarker = page.LastOrDefault()?.UploadId,
            };
        }
    }

    internal sealed class StoredItem(string etag, DateTimeOffset lastModified)
    {
        public string ETag { get; } = etag;

        public DateTimeOffset LastModified { get; } = lastModified;

        public long Size { get; init; } = 10;

        public S3StorageClass? StorageClass { get; init; }

        public List<Tag>? Tags { get; set; }
    }
}

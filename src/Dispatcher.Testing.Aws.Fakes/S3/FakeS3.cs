using System.Net;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>S3 in memory: objects, their tags, multipart uploads. Consistent, as S3 is.</summary>
public sealed class FakeS3 : IFakeService
{
    private readonly FakeWorld _world;
    private readonly Dictionary<string, FakeBucket> _buckets = new(StringComparer.Ordinal);

    internal FakeS3(FakeWorld world) => _world = world;

    /// <summary>Gets or sets how many entries a page of a listing holds at most, whatever a request asks for.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>Adds a bucket.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The bucket.</returns>
    public FakeBucket CreateBucket(string name) => _world.Locked(() =>
    {
        var bucket = new FakeBucket(_world, name);
        _buckets.Add(name, bucket);
        return bucket;
    });

    (string Operation, string Target) IFakeService.Describe(FakeRequest request)
    {
        var parsed = new S3Request(request);
        return (parsed.Operation, parsed.Target);
    }

    HttpResponseMessage IFakeService.Execute(FakeRequest request, FakeCall call)
    {
        var parsed = new S3Request(request);
        var buckets = new BucketOperations(_world, _buckets, parsed, call);
        if (parsed.Operation is "s3:CreateBucket" or "s3:ListBuckets")
        {
            return parsed.Operation == "s3:CreateBucket" ? buckets.Create() : buckets.List();
        }

        if (!_buckets.TryGetValue(parsed.Bucket, out var bucket))
        {
            throw new FakeServiceException(HttpStatusCode.NotFound, "NoSuchBucket", "The specified bucket does not exist");
        }

        var listing = new ObjectListing(bucket, parsed);
        var objects = new ObjectOperations(_world, bucket, parsed, call);
        var tags = new TagOperations(_world, bucket, parsed, call);
        var uploads = new UploadOperations(_world, bucket, parsed, call);
        return parsed.Operation switch
        {
            "s3:ListObjectsV2" => listing.Answer(PageSize),
            "s3:HeadObject" => objects.Get(withContent: false),
            "s3:GetObject" => objects.Get(withContent: true),
            "s3:PutObject" => objects.Put(),
            "s3:DeleteObject" => objects.Delete(),
            "s3:DeleteObjects" => objects.DeleteMany(),
            "s3:GetObjectTagging" => tags.Get(),
            "s3:PutObjectTagging" => tags.Put(),
            "s3:DeleteObjectTagging" => tags.Delete(),
            "s3:ListMultipartUploads" => uploads.List(PageSize),
            "s3:ListParts" => uploads.ListParts(PageSize),
            "s3:CreateMultipartUpload" => uploads.Create(),
            "s3:UploadPart" => uploads.PutPart(),
            "s3:CompleteMultipartUpload" => uploads.Complete(),
            "s3:AbortMultipartUpload" => uploads.Abort(),
            "s3:HeadBucket" => S3Response.Empty(HttpStatusCode.OK),
            "s3:DeleteBucket" => buckets.Delete(bucket),
            "s3:GetBucketLocation" => S3Response.Xml("LocationConstraint"),
            "s3:GetBucketVersioning" => S3Response.Xml("VersioningConfiguration"),
            _ => throw parsed.Unsupported(),
        };
    }

    HttpResponseMessage IFakeService.Refuse(FakeRequest request, FakeServiceException exception) =>
        request.Method == HttpMethod.Head
            ? S3Response.Empty(exception.Status)
            : S3Response.Error(exception.Status, exception.Code, exception.Message);

    FakeServiceException IFakeService.RefusalFor(FakeFault fault) => fault switch
    {
        FakeFault.ServerError =>
            new(HttpStatusCode.InternalServerError, "InternalError", "We encountered an internal error. Please try again."),
        FakeFault.Throttled => new(HttpStatusCode.ServiceUnavailable, "SlowDown", "Please reduce your request rate."),
        FakeFault.Denied => new(HttpStatusCode.Forbidden, "AccessDenied", "Access Denied"),
        _ => throw new NotSupportedException($"{fault} is not a refusal."),
    };
}

using System.Net;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.S3;

/// <summary>The operations of S3 on buckets.</summary>
internal sealed class BucketOperations(FakeWorld world, Dictionary<string, FakeBucket> buckets, S3Request request, FakeCall call)
{
    public HttpResponseMessage Create()
    {
        request.Allow([], []);
        if (buckets.TryAdd(request.Bucket, new FakeBucket(world, request.Bucket)))
        {
            world.Note(call, request.Operation, request.Target);
        }

        return S3Response.Empty(HttpStatusCode.OK);
    }

    public HttpResponseMessage List()
    {
        request.Allow([], []);
        return S3Response.Xml(
            "ListAllMyBucketsResult",
            S3Response.Element("Buckets", buckets.Values.OrderBy(static bucket => bucket.Name, StringComparer.Ordinal)
                .Select(static bucket => S3Response.Element(
                    "Bucket",
                    S3Response.Element("Name", bucket.Name),
                    S3Response.Element("CreationDate", S3Response.Time(bucket.CreatedAt))))));
    }

    public HttpResponseMessage Delete(FakeBucket bucket)
    {
        request.Allow([], []);
        if (bucket.ObjectsByKey.Count > 0)
        {
            throw new FakeServiceException(HttpStatusCode.Conflict, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        }

        buckets.Remove(bucket.Name);
        world.Note(call, request.Operation, request.Target);
        return S3Response.Empty(HttpStatusCode.NoContent);
    }
}

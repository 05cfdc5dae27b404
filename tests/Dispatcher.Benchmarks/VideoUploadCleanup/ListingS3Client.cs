using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.Benchmarks.VideoUploadCleanup;

/// <summary>
/// Answers by itself what the fast local server does not know: multipart uploads, of which there are none, and versioning.
/// </summary>
internal sealed class ListingS3Client(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
{
    public override Task<ListMultipartUploadsResponse> ListMultipartUploadsAsync(
        ListMultipartUploadsRequest request,
        CancellationToken cancellationToken = default) => Task.FromResult(new ListMultipartUploadsResponse());

    public override Task<GetBucketVersioningResponse> GetBucketVersioningAsync(
        GetBucketVersioningRequest request,
        CancellationToken cancellationToken = default) => Task.FromResult(new GetBucketVersioningResponse());
}

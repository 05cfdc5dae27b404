using System.Collections.Concurrent;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests;

public sealed class AwsRequestsTests
{
    private readonly ConcurrentQueue<AwsRequest> _seen = [];

    [SetUp]
    public void Forget() => _seen.Clear();

    [Test]
    public async Task Observe_ProtectedClient_SeesEachCallOnceWithItsRequest()
    {
        using var s3 = AwsClientGuard.Protect(AwsClientGuard.Protect(Unreachable()));
        var request = new DeleteObjectRequest { BucketName = "bucket", Key = "key" };

        using (AwsRequests.Observe(_seen.Enqueue))
        {
            await FailAsync(() => s3.DeleteObjectAsync(request));
        }

        await FailAsync(() => s3.DeleteObjectAsync(request));
        Assert.That(_seen, Is.EqualTo(new[] { new AwsRequest("s3", "DeleteObject", request) }));
    }

    [Test]
    public async Task Observe_ServiceThatSignsWithAnotherName_IsNamedAsInPolicies()
    {
        using var client = AwsClientGuard.Protect(new AmazonCloudWatchClient(
            new AnonymousAWSCredentials(), new AmazonCloudWatchConfig { ServiceURL = "http://127.0.0.1:1", MaxErrorRetry = 0 }));

        using (AwsRequests.Observe(_seen.Enqueue))
        {
            await FailAsync(() => client.PutMetricDataAsync(new PutMetricDataRequest { Namespace = "n", MetricData = [] }));
        }

        Assert.That(_seen.Select(static request => request.Service), Is.EqualTo(new[] { "cloudwatch" }));
    }

    [Test]
    public async Task Observe_InsideAnother_IsSeenByBoth()
    {
        using var s3 = AwsClientGuard.Protect(Unreachable());
        var inner = new ConcurrentQueue<AwsRequest>();

        using (AwsRequests.Observe(_seen.Enqueue))
        {
            using (AwsRequests.Observe(inner.Enqueue))
            {
                await FailAsync(() => s3.ListBucketsAsync());
            }

            await FailAsync(() => s3.GetObjectAsync("bucket", "key"));
        }

        Assert.That(inner.Select(static request => request.Operation), Is.EqualTo(new[] { "ListBuckets" }));
        Assert.That(_seen.Select(static request => request.Operation), Is.EqualTo(new[] { "ListBuckets", "GetObject" }));
    }

    [Test]
    public async Task Observe_DryRun_DoesNotSeeWhatIsRefused()
    {
        await using var harness = new JobHarness(builder =>
        {
            builder.Services.AddSingleton<IAmazonS3>(_ => Unreachable());
            builder.AddAwsClient<IAmazonS3>(Unreachable).AddJob<ObservedJob>("observed");
        });

        using (AwsRequests.Observe(_seen.Enqueue))
        {
            await harness.RunAsync("""{"job":"observed","dryRun":true}""");
        }

        Assert.That(_seen.Select(static request => request.Operation), Is.EqualTo(new[] { "ListObjectsV2" }));
    }

    private static AmazonS3Client Unreachable() => new(
        new AnonymousAWSCredentials(), new AmazonS3Config { ServiceURL = "http://127.0.0.1:1", MaxErrorRetry = 0, ForcePathStyle = true });

    private static async Task FailAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception)
        {
            // Nothing listens there; the request was seen before.
        }
    }

    private sealed class ObservedJob(IAmazonS3 s3) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await FailAsync(() => s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket" }, cancellationToken));
            await FailAsync(() => s3.DeleteObjectAsync("bucket", "key", cancellationToken));
            return JobResult.Succeeded("Done.");
        }
    }
}

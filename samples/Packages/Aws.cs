using Amazon.S3;
using Dispatcher;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Aws;

internal sealed record DeleteReportParameters
{
    public required string Bucket { get; init; }

    public required string Key { get; init; }
}

internal sealed class DeleteReportJob(IAmazonS3 s3) : MaintenanceJob<DeleteReportParameters>
{
    protected override async Task<JobResult> RunAsync(DeleteReportParameters parameters, JobContext context, CancellationToken token)
    {
        var change = new Change("s3:DeleteObject", $"s3://{parameters.Bucket}/{parameters.Key}");
        await context.Changes.ApplyAsync(change, stop => s3.DeleteObjectAsync(parameters.Bucket, parameters.Key, stop), token);
        return JobResult.Succeeded("Deleted the report.");
    }
}

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder
        .AddAwsClient<IAmazonS3>(() => new AmazonS3Client())
        .AddJob<DeleteReportJob, DeleteReportParameters>("delete-report");
}

using System.ComponentModel.DataAnnotations;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher;

namespace ExpireLogs;

internal sealed record ExpireLogsParameters
{
    [FromConfiguration("LOGS_BUCKET")]
    public required string Bucket { get; init; }

    [Range(0, 3650)]
    public int OlderThanDays { get; set; } = 30;
}

internal sealed class ExpireLogsJob(IAmazonS3 s3, TimeProvider timeProvider) : MaintenanceJob<ExpireLogsParameters>
{
    protected override async Task<JobResult> RunAsync(
        ExpireLogsParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var limit = timeProvider.GetUtcNow().AddDays(-parameters.OlderThanDays);
        var pages = s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = parameters.Bucket, Prefix = "logs/" });
        await foreach (var log in pages.S3Objects.WithCancellation(cancellationToken))
        {
            if (log.LastModified < limit.UtcDateTime)
            {
                var change = new Change("s3:DeleteObject", log.Key) { Reason = $"written {log.LastModified:O}", Bytes = log.Size ?? 0 };
                await context.Changes.TryApplyAsync(
                    change, stop => s3.DeleteObjectAsync(parameters.Bucket, log.Key, stop), cancellationToken);
            }
        }

        return JobResult.Succeeded($"Looked through {parameters.Bucket}.");
    }
}

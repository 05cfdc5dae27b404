using Amazon.S3;
using Dispatcher;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace ExpireLogs;

/// <summary>Registers the job that deletes old logs.</summary>
public static class ExpireLogsBuilderExtensions
{
    /// <summary>Adds the job.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddExpireLogs(this IDispatcherBuilder builder) => builder
        .AddAwsClient<IAmazonS3>(() => new AmazonS3Client())
        .AddJob<ExpireLogsJob, ExpireLogsParameters>("expire-logs", job =>
        {
            job.Description = "Deletes logs older than a number of days.";
            job.Deploy(deploy => deploy
                .Schedule("rate(1 day)")
                .Setting("LOGS_BUCKET", "LogsBucketName", required: true)
                .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}", "s3:ListBucket")
                .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:DeleteObject"));
        });
}

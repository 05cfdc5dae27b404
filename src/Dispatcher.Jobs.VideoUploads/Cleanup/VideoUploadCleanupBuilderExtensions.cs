using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Aws;
using Dispatcher.Jobs.VideoUploads.Restoring;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>The registration of <c>video-upload-cleanup</c>.</summary>
public static class VideoUploadCleanupBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "video-upload-cleanup";

    /// <summary>
    /// Adds the job and the clients that it uses, <see cref="IAmazonDynamoDB"/> and <see cref="IAmazonS3"/>; they are made when the job
    /// runs. With a run store, one run at a time cleans up a table and a bucket.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddVideoUploadCleanup(this IDispatcherBuilder builder, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder
            .AddAwsClient<IAmazonDynamoDB>(static () => new AmazonDynamoDBClient())
            .AddAwsClient<IAmazonS3>(static () => new AmazonS3Client())
            .AddUndo<VideoUploadUndo>(name)
            .AddJob<VideoUploadCleanupJob, VideoUploadCleanupParameters>(
                name,
                static () => VideoUploadCleanupJsonContext.Default.VideoUploadCleanupParameters,
                static options =>
                {
                    options.Description = "Removes expired video upload sessions with what they left behind, and finds orphaned objects.";
                    options.MaxShards = JobShard.MaxCount;
                    options.PreventOverlap<VideoUploadCleanupParameters>(
                        static parameters => $"table {parameters.Table} and bucket {parameters.Bucket}");
                    foreach (var metric in CleanupMetrics.All)
                    {
                        options.Metrics.Add(metric);
                    }

                    options.Deploy(CleanupDeployment.Declare);
                });
    }
}

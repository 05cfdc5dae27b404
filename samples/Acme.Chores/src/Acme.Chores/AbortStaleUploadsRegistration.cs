using System.Text.Json.Serialization;
using Amazon.S3;
using Dispatcher;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Chores;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AbortStaleUploadsParameters))]
internal sealed partial class AbortStaleUploadsJsonContext : JsonSerializerContext;

internal static class AbortStaleUploadsRegistration
{
    public static IDispatcherBuilder AddAbortStaleUploads(this IDispatcherBuilder jobs) => jobs
        .AddAwsClient<IAmazonS3>(() => new AmazonS3Client())
        .AddJob<AbortStaleUploadsJob, AbortStaleUploadsParameters>(
            "abort-stale-uploads", AbortStaleUploadsJsonContext.Default.AbortStaleUploadsParameters, options =>
            {
                options.Description = "Aborts multipart uploads that were never finished.";
                options.MaxChanges = 10_000;
                options.Deploy(deploy => deploy
                    .Schedule("rate(1 day)")
                    .Setting("UPLOADS_BUCKET", "UploadsBucketName", required: true)
                    .Allow("arn:${AWS::Partition}:s3:::${UploadsBucketName}", "s3:ListBucketMultipartUploads")
                    .Allow("arn:${AWS::Partition}:s3:::${UploadsBucketName}/*", "s3:AbortMultipartUpload")
                    .AlarmAbove("itemErrors", 5, perHours: 24));
            });
}

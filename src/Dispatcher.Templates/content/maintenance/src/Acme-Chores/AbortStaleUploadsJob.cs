using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher;

namespace Acme_Chores;

internal sealed record AbortStaleUploadsParameters
{
    [Description("The bucket whose unfinished multipart uploads are aborted.")]
    [FromConfiguration("UPLOADS_BUCKET")]
    public required string Bucket { get; init; }

    [Description("How many days an upload may take.")]
    [Range(1, 365)]
    public int OlderThanDays { get; set; } = 7;
}

internal sealed class AbortStaleUploadsJob(IAmazonS3 s3, TimeProvider timeProvider) : MaintenanceJob<AbortStaleUploadsParameters>
{
    protected override async Task<JobResult> RunAsync(
        AbortStaleUploadsParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var limit = timeProvider.GetUtcNow().UtcDateTime.AddDays(-parameters.OlderThanDays);
        var request = new ListMultipartUploadsRequest { BucketName = parameters.Bucket };
        ListMultipartUploadsResponse page;
        do
        {
            page = await s3.ListMultipartUploadsAsync(request, cancellationToken);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                if (upload.Initiated?.ToUniversalTime() < limit)
                {
                    var change = new Change("s3:AbortMultipartUpload", $"s3://{parameters.Bucket}/{upload.Key}")
                    {
                        Reason = $"started {upload.Initiated:O}", Counter = "uploadsAborted",
                    };
                    await context.Changes.TryApplyAsync(
                        change,
                        stop => s3.AbortMultipartUploadAsync(parameters.Bucket, upload.Key, upload.UploadId, stop),
                        cancellationToken);
                }
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);

        return JobResult.Succeeded($"Looked through the uploads to bucket {parameters.Bucket}.");
    }
}

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>The deployment of <c>video-upload-cleanup</c>.</summary>
internal static class CleanupDeployment
{
    private const string Table = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${VideoUploadTableName}";
    private const string Bucket = "arn:${AWS::Partition}:s3:::${VideoUploadBucketName}";

    /// <summary>Declares schedule, settings, permissions and alarms.</summary>
    /// <param name="deploy">The deployment.</param>
    public static void Declare(JobDeployment deploy) => deploy
        .Enabled(byDefault: true, "Whether video-upload-cleanup is scheduled and allowed to touch its table and bucket.")
        .Schedule("rate(1 hour)", description: "Clears away expired upload sessions, incomplete uploads and orphaned objects.")
        .Setting("TABLE_NAME", "VideoUploadTableName", always: true, configure: parameter => parameter
            .Text("UploadSessions", "[A-Za-z0-9_.-]{3,255}")
            .Describe("The DynamoDB table of the upload sessions."))
        .Setting("BUCKET", "VideoUploadBucketName", required: true, always: true, configure: parameter => parameter
            .Text(byDefault: null, "([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?")
            .Describe("The S3 bucket of the uploads. May be empty only while the job is not enabled."))
        .Setting("CLEANUP_AGE_HOURS", "VideoUploadAgeHours", always: true, configure: parameter => parameter
            .Number(24, min: 0)
            .Describe("How old, in hours, an object or a multipart upload without a session has to be."))
        .Setting("BATCH_SIZE", "VideoUploadBatchSize", always: true, configure: parameter => parameter
            .Number(100, min: 1)
            .Describe("How many items the job takes at once."))
        .Allow(new JobPermission(
            Table,
            "dynamodb:BatchGetItem",
            "dynamodb:DeleteItem",
            "dynamodb:DescribeTable",
            "dynamodb:DescribeTimeToLive",
            "dynamodb:GetItem",
            "dynamodb:Scan",
            "dynamodb:UpdateItem") { Sid = "UploadSessions" })
        .Allow(new JobPermission(Bucket, "s3:GetBucketVersioning", "s3:ListBucket", "s3:ListBucketMultipartUploads")
        {
            Sid = "UploadBucket",
        })
        .Allow(new JobPermission(
            $"{Bucket}/uploads/*",
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:GetObjectTagging",
            "s3:ListMultipartUploadParts",
            "s3:PutObjectTagging") { Sid = "UploadObjects" })
        .AlarmAbove("CleanupErrors", 5, perHours: 1, "errors",
            "More than 5 items of video-upload-cleanup failed within an hour. The records of its runs name them.");
}

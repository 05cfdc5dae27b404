using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher;
using Dispatcher.Aws;

namespace Acme.Chores;

internal sealed record ArchiveExportsParameters
{
    [Description("The bucket of the exports.")]
    [FromConfiguration("EXPORTS_BUCKET")]
    public required string Bucket { get; init; }

    [Description("Exports that were last written before so many days are archived.")]
    [Range(1, 3650)]
    public int OlderThanDays { get; set; } = 90;
}

/// <summary>
/// The job that moves exports/NAME to archive/DAY/NAME, where DAY is the day on which the object was written: copies it, verifies the copy,
/// and deletes the original only if it is still the object that was copied. Repeating any step is harmless: an object that was written
/// meanwhile stays, and has another day in the archive.
/// </summary>
internal sealed class ArchiveExportsJob(IAmazonS3 s3, TimeProvider timeProvider) : MaintenanceJob<ArchiveExportsParameters>
{
    private const string Prefix = "exports/";
    private const int Concurrency = 8;

    protected override async Task<JobResult> RunAsync(
        ArchiveExportsParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var limit = timeProvider.GetUtcNow().UtcDateTime.AddDays(-parameters.OlderThanDays);
        var request = new ListObjectsV2Request { BucketName = parameters.Bucket, Prefix = Prefix };
        try
        {
            await foreach (var page in s3.Paginators.ListObjectsV2(request).Responses.WithCancellation(cancellationToken))
            {
                await Parallel.ForEachAsync(
                    (page.S3Objects ?? []).Select(item => Export.Of(parameters.Bucket, item)).Where(export => export.WrittenAt < limit),
                    new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                    async (export, token) => await context.Changes.TryApplyAsync(export.Move, stop => MoveAsync(export, stop), token));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return JobResult.Continued("The run had to stop; the next one goes on with the exports that are left.");
        }

        return JobResult.Succeeded($"Archived the exports in {parameters.Bucket} that are older than {parameters.OlderThanDays} days.");
    }

    private async Task<ChangeOutcome> MoveAsync(Export export, CancellationToken cancellationToken)
    {
        var deletion = new DeleteObjectRequest { BucketName = export.Bucket, Key = export.Key, IfMatch = export.ETag };
        try
        {
            await CopyAsync(export, cancellationToken);
            await s3.DeleteObjectAsync(deletion, cancellationToken);
            return ChangeOutcome.Applied;
        }
        catch (AmazonS3Exception exception)
            when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return AwsAttempts.Settle(
                deletion, ChangeOutcome.Skipped("the export was written again meanwhile; it stays where it is."));
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey")
        {
            // An answer that was lost: the SDK has repeated a deletion that was made.
            return AwsAttempts.MayHaveBeenMade(deletion) ? ChangeOutcome.Applied : ChangeOutcome.Skipped("the export is gone already.");
        }
    }

    private async Task CopyAsync(Export export, CancellationToken cancellationToken)
    {
        var copied = await s3.CopyObjectAsync(
            new CopyObjectRequest
            {
                SourceBucket = export.Bucket, SourceKey = export.Key, ETagToMatch = export.ETag,
                DestinationBucket = export.Bucket, DestinationKey = export.ArchiveKey,
            },
            cancellationToken);
        var copy = await s3.GetObjectMetadataAsync(export.Bucket, export.ArchiveKey, cancellationToken);
        if (copy.ETag != copied.ETag || copy.ContentLength != export.Size)
        {
            throw new TransientJobException(
                $"The copy {export.ArchiveKey} has {copy.ContentLength} bytes and ETag {copy.ETag}, the export {export.Size} bytes, and S3 "
                + $"answered ETag {copied.ETag} to the copy. The export stays where it is; look at both, and run the job again.");
        }
    }

    private sealed record Export(string Bucket, string Key, string ETag, long Size, DateTime WrittenAt)
    {
        public string ArchiveKey => string.Create(CultureInfo.InvariantCulture, $"archive/{WrittenAt:yyyy-MM-dd}/{Key[Prefix.Length..]}");

        public Change Move => new("s3:Move", $"s3://{Bucket}/{Key} -> {ArchiveKey}")
        {
            Reason = $"last written {WrittenAt:O}", Evidence = $"etag={ETag} size={Size}", Counter = "exportsArchived",
        };

        public static Export Of(string bucket, S3Object item) =>
            new(bucket, item.Key, item.ETag, item.Size ?? 0, item.LastModified?.ToUniversalTime() ?? DateTime.MaxValue);
    }
}

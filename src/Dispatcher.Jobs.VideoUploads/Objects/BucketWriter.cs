using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;
using Dispatcher.Jobs.VideoUploads.Restoring;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>The changes of the bucket except deletions. Called through the change gate only.</summary>
internal sealed class BucketWriter(CleanupContext run, UploadBucket bucket)
{
    private const int MaxTags = 10;

    private static readonly ChangeOutcome UploadGone = ChangeOutcome.Skipped("the upload was completed or aborted meanwhile");

    private static readonly ChangeOutcome CompletedOrAborted = ChangeOutcome
        .Skipped("the answer was lost, and an object is there now: the upload was completed, or aborted and uploaded again")
        .AfterLostAnswer();

    private static readonly ChangeOutcome ObjectGone = ChangeOutcome.Skipped("the object is gone already");

    private static readonly ChangeOutcome GoneUnseen = ChangeOutcome
        .Skipped("the answer was lost, and the object was deleted before it could be read again")
        .AfterLostAnswer();

    /// <summary>Gets the value of the tag that this run writes: a quarantine counts from the beginning of the run.</summary>
    private string QuarantineEnd =>
        run.StartedAt.AddDays(run.Parameters.QuarantineDays).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public async Task<ChangeOutcome> AbortUploadAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        var request = new AbortMultipartUploadRequest { BucketName = run.Parameters.Bucket, Key = key, UploadId = uploadId };
        try
        {
            await run.BucketCalls.RunAsync(() => run.S3.AbortMultipartUploadAsync(request, cancellationToken), cancellationToken);
            return ChangeOutcome.Applied;
        }
        catch (AmazonS3Exception exception) when (UploadBucket.IsGone(exception))
        {
            return AwsAttempts.MayHaveBeenMade(request) ? await SettleAbortAsync(request, exception, cancellationToken) : UploadGone;
        }
        catch (Exception exception) when (AwsAttempts.MayHaveBeenMade(request) && run.IsItemFailure(exception, cancellationToken))
        {
            return await SettleAbortAsync(request, exception, cancellationToken);
        }
    }

    /// <summary>Puts an object into quarantine, from the tags that were read a moment ago. Its other tags stay.</summary>
    public async Task<ChangeOutcome> QuarantineAsync(string key, IReadOnlyList<Tag> tags, CancellationToken cancellationToken)
    {
        var ours = new Tag { Key = VideoUploadCleanupParameters.QuarantineTag, Value = QuarantineEnd };
        List<Tag> all = [.. tags.Where(tag => tag.Key != ours.Key), ours];
        if (all.Count > MaxTags)
        {
            return ChangeOutcome.Failed($"The object has {tags.Count} tags, and S3 allows no more. Remove one.");
        }

        var request = new PutObjectTaggingRequest { BucketName = run.Parameters.Bucket, Key = key, Tagging = new Tagging { TagSet = all } };
        try
        {
            await run.BucketCalls.RunAsync(() => run.S3.PutObjectTaggingAsync(request, cancellationToken), cancellationToken);
            return ChangeOutcome.AppliedWith(TagUndo.Written(ours.Value));
        }
        catch (AmazonS3Exception exception) when (UploadBucket.IsGone(exception))
        {
            return AwsAttempts.MayHaveBeenMade(request) ? GoneUnseen : ObjectGone;
        }
        catch (Exception exception) when (AwsAttempts.MayHaveBeenMade(request) && run.IsItemFailure(exception, cancellationToken))
        {
            return await run.SettleAsync(exception, () => FindTagAsync(key, ours, exception, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Finds the tag. Without it nothing is certain: somebody may have written the object or its tags since.</summary>
    private async Task<ChangeOutcome> FindTagAsync(string key, Tag ours, Exception lost, CancellationToken cancellationToken)
    {
        var tags = await bucket.ReadTagsAsync(key, cancellationToken);
        if (tags is null)
        {
            return GoneUnseen;
        }

        return tags.Any(tag => tag.Key == ours.Key && tag.Value == ours.Value)
            ? ChangeOutcome.AppliedWith(TagUndo.Written(ours.Value))
            : ChangeOutcome.Unknown(run.Describe(lost));
    }

    /// <summary>
    /// Finds out what became of an abort: a repetition finds no upload if the first one succeeded, or if the upload was completed.
    /// </summary>
    private Task<ChangeOutcome> SettleAbortAsync(
        AbortMultipartUploadRequest request, Exception lost, CancellationToken cancellationToken) =>
        run.SettleAsync(
            lost,
            async () => await bucket.FindUploadAsync(request.Key, request.UploadId, cancellationToken) != UploadState.Gone
                ? ChangeOutcome.Failed(run.Describe(lost))
                : await bucket.FindObjectAsync(request.Key, cancellationToken) is null ? ChangeOutcome.Applied : CompletedOrAborted,
            cancellationToken);
}

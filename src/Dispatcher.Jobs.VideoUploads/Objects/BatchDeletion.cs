using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>
/// Deletes objects with DeleteObjects, each on the condition of its ETag, and tells what became of each: the call answers 200 even if
/// keys failed, and if it cannot read one key it deletes none.
/// </summary>
internal sealed class BatchDeletion(CleanupContext run, UploadBucket bucket)
{
    /// <summary>Gets the delete markers that a versioned bucket has put in the place of objects, by key.</summary>
    public Dictionary<string, string> DeleteMarkers { get; } = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<ChangeOutcome>> DeleteAsync(IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        if (objects.Count == 0)
        {
            return [];
        }

        var request = new DeleteObjectsRequest
        {
            BucketName = run.Parameters.Bucket,
            Objects = [.. objects.Select(static item => new KeyVersion { Key = item.Key, ETag = item.ETag })],
        };
        try
        {
            var response = await run.BucketCalls.RunAsync(() => run.S3.DeleteObjectsAsync(request, cancellationToken), cancellationToken);
            NoteMarkers(response);
            return [.. objects.Select(static _ => ChangeOutcome.Applied)];
        }
        catch (DeleteObjectsException exception)
        {
            NoteMarkers(exception.Response);
            return await ReadAsync(objects, exception.Response.DeleteErrors ?? [], AwsAttempts.MayHaveBeenMade(request), cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.BadRequest)
        {
            return objects.Count == 1
                ? [ChangeOutcome.Failed($"{exception.ErrorCode}: {exception.Message}")]
                : await BisectAsync(objects, cancellationToken);
        }
        catch (Exception exception) when (!run.EndsTheRun(exception, cancellationToken))
        {
            // Told for each object, because the other half of a bisected batch has outcomes of its own.
            return AwsAttempts.MayHaveBeenMade(request)
                ? await run.Calls.ForEachAsync(objects, item => SettleAsync(item, exception, cancellationToken), cancellationToken)
                : [.. objects.Select(_ => ChangeOutcome.Failed(run.Describe(exception)))];
        }
    }

    private static ChangeOutcome Read(DeleteError error) => error.Code switch
    {
        "PreconditionFailed" or "ConditionalRequestConflict" => ChangeOutcome.Skipped("the object was written meanwhile"),
        "NoSuchKey" => ChangeOutcome.Skipped("the object is gone already"),
        _ => ChangeOutcome.Failed($"{error.Code}: {error.Message}"),
    };

    private async Task<IReadOnlyList<ChangeOutcome>> ReadAsync(
        IReadOnlyList<StoredObject> objects, List<DeleteError> errors, bool isRepeated, CancellationToken cancellationToken)
    {
        var byKey = errors.ToLookup(static error => error.Key, StringComparer.Ordinal);
        return await run.Calls.ForEachAsync(
            objects,
            item => byKey[item.Key].FirstOrDefault() is not { } error
                ? Task.FromResult(ChangeOutcome.Applied)
                : isRepeated && error.Code is "PreconditionFailed" or "ConditionalRequestConflict" or "NoSuchKey"
                    ? SettleAsync(item, new AmazonS3Exception($"{error.Code}: {error.Message}"), cancellationToken)
                    : Task.FromResult(Read(error)),
            cancellationToken);
    }

    /// <summary>Looks what became of a deletion whose answer was lost: what its repetition met may be its own work.</summary>
    private Task<ChangeOutcome> SettleAsync(StoredObject item, Exception lost, CancellationToken cancellationToken) =>
        run.SettleAsync(
            run.DescribeObject(item.Key),
            lost,
            async () => await bucket.FindObjectAsync(item.Key, cancellationToken) switch
            {
                null => ChangeOutcome.Applied,
                { } now when item.FindDifference(new ObjectLookup(now, null)) is null => ChangeOutcome.Failed(run.Describe(lost)),
                { } now => run.Unknown(
                    run.DescribeObject(item.Key),
                    $"another object ({now.Seen}) is there now; it was left alone. Whether the former one ({item.Seen}) was deleted or overwritten "
                    + "is not known."),
            },
            cancellationToken);

    private void NoteMarkers(DeleteObjectsResponse response)
    {
        foreach (var deleted in response.DeletedObjects ?? [])
        {
            if (deleted.DeleteMarkerVersionId is { Length: > 0 } marker)
            {
                DeleteMarkers[deleted.Key] = marker;
            }
        }
    }

    private async Task<IReadOnlyList<ChangeOutcome>> BisectAsync(IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        var half = objects.Count / 2;
        var first = await DeleteAsync([.. objects.Take(half)], cancellationToken);
        var second = await DeleteAsync([.. objects.Skip(half)], cancellationToken);
        return [.. first, .. second];
    }
}

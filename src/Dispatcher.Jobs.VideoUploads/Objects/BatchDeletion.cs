using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>
/// The deletion of objects with DeleteObjects, each on the condition of its ETag, with the outcome of each: the call answers 200 even if
/// keys failed, and if it cannot read one key it deletes none.
/// </summary>
internal sealed class BatchDeletion(CleanupContext run, UploadBucket bucket)
{
    /// <summary>Gets the delete markers that a versioned bucket has put in the place of objects, by key.</summary>
    public Dictionary<string, string> DeleteMarkers { get; } = new(StringComparer.Ordinal);

    /// <summary>Deletes objects.</summary>
    /// <returns>The outcomes by key.</returns>
    public async Task<Dictionary<string, ChangeOutcome>> DeleteAsync(
        IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectsRequest
        {
            BucketName = run.Parameters.Bucket,
            Objects = [.. objects.Select(static item => new KeyVersion { Key = item.Key, ETag = item.ETag })],
        };
        try
        {
            if (objects.Count > 0)
            {
                NoteMarkers(await run.BucketCalls.RunAsync(() => run.S3.DeleteObjectsAsync(request, cancellationToken), cancellationToken));
            }

            return ForEach(objects, static _ => ChangeOutcome.Applied);
        }
        catch (DeleteObjectsException exception)
        {
            NoteMarkers(exception.Response);
            var errors = (exception.Response.DeleteErrors ?? []).ToLookup(static error => error.Key, StringComparer.Ordinal);
            var isRepeated = AwsAttempts.MayHaveBeenMade(request);
            return await ForEachAsync(objects, item =>
                ReadAsync(item, errors[item.Key].FirstOrDefault(), isRepeated, cancellationToken), cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.BadRequest)
        {
            return objects.Count == 1
                ? ForEach(objects, _ => ChangeOutcome.Failed($"{exception.ErrorCode}: {exception.Message}"))
                : await BisectAsync(objects, cancellationToken);
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            // An outcome for each object, because the other half of a bisected batch has its own.
            return AwsAttempts.MayHaveBeenMade(request)
                ? await ForEachAsync(objects, item => SettleAsync(item, exception, cancellationToken), cancellationToken)
                : ForEach(objects, _ => ChangeOutcome.Failed(run.Describe(exception)));
        }
    }

    private static Dictionary<string, ChangeOutcome> ForEach(
        IReadOnlyList<StoredObject> objects, Func<StoredObject, ChangeOutcome> outcome) =>
        objects.ToDictionary(static item => item.Key, outcome, StringComparer.Ordinal);

    private async Task<Dictionary<string, ChangeOutcome>> ForEachAsync(
        IReadOnlyList<StoredObject> objects, Func<StoredObject, Task<ChangeOutcome>> outcome, CancellationToken cancellationToken)
    {
        var outcomes = await run.Calls.ForEachAsync(objects, outcome, cancellationToken);
        return objects.Zip(outcomes).ToDictionary(static pair => pair.First.Key, static pair => pair.Second, StringComparer.Ordinal);
    }

    private Task<ChangeOutcome> ReadAsync(StoredObject item, DeleteError? error, bool isRepeated, CancellationToken cancellationToken) =>
        error?.Code switch
        {
            null => Task.FromResult(ChangeOutcome.Applied),
            "PreconditionFailed" or "ConditionalRequestConflict" or "NoSuchKey" when isRepeated =>
                SettleAsync(item, new AmazonS3Exception($"{error.Code}: {error.Message}"), cancellationToken),
            "PreconditionFailed" or "ConditionalRequestConflict" =>
                Task.FromResult(ChangeOutcome.Skipped("the object was written meanwhile")),
            "NoSuchKey" => Task.FromResult(ChangeOutcome.Skipped("the object is gone already")),
            "AccessDenied" => Task.FromResult(ChangeOutcome.Failed(
                $"{error.Code}: {error.Message.TrimEnd('.')}. Allow s3:DeleteObject on the object in the role's policy.")),
            _ => Task.FromResult(ChangeOutcome.Failed($"{error.Code}: {error.Message}")),
        };

    /// <summary>
    /// Finds out what became of a deletion whose answer was lost: an error of its repetition may be due to the first one.
    /// </summary>
    private Task<ChangeOutcome> SettleAsync(StoredObject item, Exception lost, CancellationToken cancellationToken) =>
        run.SettleAsync(
            lost,
            async () => await bucket.FindObjectAsync(item.Key, cancellationToken) switch
            {
                null => ChangeOutcome.Applied,
                { } now when item.FindDifference(new ObjectLookup(now, null)) is null => ChangeOutcome.Failed(run.Describe(lost)),
                { } now => ChangeOutcome.Unknown(
                    $"another object ({now.Seen}) is there now; it was left alone. "
                        + $"Whether the former one ({item.Seen}) was deleted or overwritten "
                    + "is not known."),
            },
            cancellationToken);

    private void NoteMarkers(DeleteObjectsResponse response)
    {
        foreach (var deleted in (response.DeletedObjects ?? []).Where(static deleted => deleted.DeleteMarkerVersionId is { Length: > 0 }))
        {
            DeleteMarkers[deleted.Key] = deleted.DeleteMarkerVersionId;
        }
    }

    private async Task<Dictionary<string, ChangeOutcome>> BisectAsync(
        IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        var half = objects.Count / 2;
        var first = await DeleteAsync([.. objects.Take(half)], cancellationToken);
        var second = await DeleteAsync([.. objects.Skip(half)], cancellationToken);
        return new(first.Concat(second), StringComparer.Ordinal);
    }
}

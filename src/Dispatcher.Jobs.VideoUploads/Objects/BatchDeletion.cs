using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Aws;
using Dispatcher.Jobs.VideoUploads.Restoring;

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
        var errors = new Dictionary<string, DeleteError>(StringComparer.Ordinal);
        try
        {
            if (objects.Count > 0)
            {
                await run.BucketCalls.RunAsync(() => TryDeleteAsync(request, errors, cancellationToken), cancellationToken);
            }

            return await ReadAsync(objects, errors, request, cancellationToken);
        }
        catch (AmazonS3Exception exception)
            when (exception.StatusCode == HttpStatusCode.BadRequest && !AwsAttempts.MayHaveBeenMade(request))
        {
            return objects.Count == 1
                ? ForEach(objects, _ => ChangeOutcome.Failed($"{exception.ErrorCode}: {exception.Message}"))
                : await BisectAsync(objects, cancellationToken);
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            // An outcome for each object, because the other half of a bisected batch has its own.
            var left = request.Objects.Select(static key => key.Key).ToHashSet(StringComparer.Ordinal);
            var outcomes = await ReadAsync([.. objects.Where(item => !left.Contains(item.Key))], errors, request, cancellationToken);
            StoredObject[] unanswered = [.. objects.Where(item => left.Contains(item.Key))];
            return Join(outcomes, AwsAttempts.MayHaveBeenMade(request)
                ? await ForEachAsync(unanswered, item => SettleAsync(item, exception, cancellationToken), cancellationToken)
                : ForEach(unanswered, _ => ChangeOutcome.Failed(run.Describe(exception))));
        }
    }

    /// <summary>
    /// Makes one call and keeps the errors that it answers. If S3 was too busy for some of the keys, these remain in the request, and the
    /// call counts as throttled.
    /// </summary>
    private async Task<bool> TryDeleteAsync(
        DeleteObjectsRequest request, Dictionary<string, DeleteError> errors, CancellationToken cancellationToken)
    {
        try
        {
            NoteMarkers(await run.S3.DeleteObjectsAsync(request, cancellationToken));
            return true;
        }
        catch (DeleteObjectsException exception)
        {
            NoteMarkers(exception.Response);
            var busy = new HashSet<string>(StringComparer.Ordinal);
            foreach (var error in exception.Response.DeleteErrors ?? [])
            {
                if (error.Code is "SlowDown" or "ServiceUnavailable")
                {
                    busy.Add(error.Key);
                }
                else
                {
                    errors[error.Key] = error;
                }
            }

            if (busy.Count == 0)
            {
                return true;
            }

            request.Objects = request.Objects.FindAll(key => busy.Contains(key.Key));
            run.BucketCalls.ReportThrottling();
            throw new AmazonS3Exception(
                "S3 was too busy to delete these objects.",
                ErrorType.Receiver,
                "SlowDown",
                exception.Response.ResponseMetadata?.RequestId,
                HttpStatusCode.ServiceUnavailable);
        }
    }

    private Task<Dictionary<string, ChangeOutcome>> ReadAsync(
        IReadOnlyList<StoredObject> objects,
        Dictionary<string, DeleteError> errors,
        DeleteObjectsRequest request,
        CancellationToken cancellationToken)
    {
        var isRepeated = AwsAttempts.MayHaveBeenMade(request);
        return ForEachAsync(
            objects, item => ReadAsync(item, errors.GetValueOrDefault(item.Key), isRepeated, cancellationToken), cancellationToken);
    }

    private static Dictionary<string, ChangeOutcome> Join(
        Dictionary<string, ChangeOutcome> first, Dictionary<string, ChangeOutcome> second) =>
        new(first.Concat(second), StringComparer.Ordinal);

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
        error is not null && isRepeated
            ? SettleAsync(item, new AmazonS3Exception(Describe(error)), cancellationToken)
            : Task.FromResult(Read(item, error));

    private ChangeOutcome Read(StoredObject item, DeleteError? error) => error?.Code switch
    {
        null => DeleteMarkers.TryGetValue(item.Key, out var marker)
            ? ChangeOutcome.AppliedWith(ObjectUndo.DeleteMarker(marker))
            : ChangeOutcome.Applied,
        "PreconditionFailed" or "ConditionalRequestConflict" => ChangeOutcome.Skipped("the object was written meanwhile"),
        "NoSuchKey" => ChangeOutcome.Skipped("the object is gone already"),
        _ => ChangeOutcome.Failed(Describe(error)),
    };

    private static string Describe(DeleteError error) => error.Code == "AccessDenied"
        ? $"{error.Code}: {error.Message.TrimEnd('.')}. Allow s3:DeleteObject on the object in the role's policy."
        : $"{error.Code}: {error.Message}";

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
                { } now => ChangeOutcome.Skipped(
                    $"another object ({now.Seen}) is there now; it was left alone. Whether the former one ({item.Seen}) was deleted or "
                    + "overwritten is not known.").AfterLostAnswer(),
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
        return Join(first, second);
    }
}

using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>
/// Deletes objects with DeleteObjects, each on the condition of its ETag, and says what became of each: the call answers 200 even where
/// keys failed, and where it cannot read one key it deletes none.
/// </summary>
internal sealed class BatchDeletion(IAmazonS3 s3, string bucket, CallLimiter calls)
{
    public async Task<IReadOnlyList<ChangeOutcome>> DeleteAsync(IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DeleteObjectsRequest
            {
                BucketName = bucket,
                Quiet = true,
                Objects = [.. objects.Select(static item => new KeyVersion { Key = item.Key, ETag = item.ETag })],
            };
            await calls.RunAsync(() => s3.DeleteObjectsAsync(request, cancellationToken), cancellationToken);
            return [.. objects.Select(static _ => ChangeOutcome.Applied)];
        }
        catch (DeleteObjectsException exception)
        {
            return Read(objects, exception.Response.DeleteErrors ?? []);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.BadRequest)
        {
            return objects.Count == 1
                ? [ChangeOutcome.Failed($"{exception.ErrorCode}: {exception.Message}")]
                : await BisectAsync(objects, cancellationToken);
        }
    }

    private static ChangeOutcome[] Read(IReadOnlyList<StoredObject> objects, List<DeleteError> errors)
    {
        var byKey = errors.ToLookup(static error => error.Key, StringComparer.Ordinal);
        return [.. objects.Select(item => byKey[item.Key].FirstOrDefault() is { } error ? Read(error) : ChangeOutcome.Applied)];
    }

    private static ChangeOutcome Read(DeleteError error) => error.Code switch
    {
        "PreconditionFailed" or "ConditionalRequestConflict" => ChangeOutcome.Skipped("the object was written meanwhile"),
        "NoSuchKey" => ChangeOutcome.Skipped("the object is gone already"),
        _ => ChangeOutcome.Failed($"{error.Code}: {error.Message}"),
    };

    private async Task<IReadOnlyList<ChangeOutcome>> BisectAsync(IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        var half = objects.Count / 2;
        var first = await DeleteAsync([.. objects.Take(half)], cancellationToken);
        var second = await DeleteAsync([.. objects.Skip(half)], cancellationToken);
        return [.. first, .. second];
    }
}

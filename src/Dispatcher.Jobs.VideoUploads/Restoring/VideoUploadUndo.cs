using Amazon.DynamoDBv2;
using Amazon.S3;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>
/// Takes back what a cleanup has done: quarantine tags, deletions in a bucket that keeps versions, and the writes to sessions. An aborted
/// upload cannot be taken back.
/// </summary>
/// <param name="dynamoDb">The client for the sessions.</param>
/// <param name="s3">The client for the objects.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class VideoUploadUndo(IAmazonDynamoDB dynamoDb, IAmazonS3 s3, TimeProvider timeProvider) : IChangeUndo
{
    private const int Concurrency = 16;
    private const int BatchSize = 100;

    /// <inheritdoc />
    public async Task<string?> UndoAsync(
        IReadOnlyList<MadeChange> changes, JobContext context, CancellationToken cancellationToken)
    {
        using var limiter = new CallLimiter(Concurrency);
        var run = new RestoreRun(context, new ServiceCalls(limiter, timeProvider, cancellationToken));
        var (objects, tags) = (new ObjectUndo(run, s3), new TagUndo(run, s3));
        var deletions = changes.Where(static made => made.Action == "s3:DeleteObject")
            .ToLookup(static made => ChangeTarget.Read(made.Target)?.Name ?? string.Empty, StringComparer.Ordinal);
        var sessions = new SessionUndo(run, dynamoDb, async key =>
            deletions[key].FirstOrDefault() is { } deletion && await objects.IsWrittenSinceAsync(deletion, cancellationToken));
        var isAnyDone = false;
        long done = 0;
        foreach (var batch in changes.Chunk(BatchSize))
        {
            var steps = await limiter.ForEachAsync(
                batch, made => TryAsync(made, context, () => InspectAsync(made), cancellationToken), cancellationToken);
            RestoreStep[] planned = [.. steps.OfType<RestoreStep>()];
            context.Changes.EnsureWithinLimit(planned.Length);
            var outcomes = await limiter.ForEachAsync(
                planned, step => context.Changes.TryApplyAsync(step.Change, step.ApplyAsync, cancellationToken), cancellationToken);
            isAnyDone |= outcomes.Any(static outcome => outcome.IsDone);
            context.Progress.Report(new JobProgress("Restoring", done += batch.Length, changes.Count));
        }

        Task<RestoreStep?> InspectAsync(MadeChange made) => made.Action switch
        {
            "dynamodb:DeleteItem" or "dynamodb:UpdateItem" => sessions.InspectAsync(made, cancellationToken),
            "s3:DeleteObject" => objects.InspectAsync(made, cancellationToken),
            "s3:PutObjectTagging" => tags.InspectAsync(made, cancellationToken),
            "s3:AbortMultipartUpload" => Task.FromResult(run.Refuse(made, "S3 has deleted the parts. The video has to be uploaded again.")),
            _ => Task.FromResult<RestoreStep?>(null),
        };

        return isAnyDone
            ? "What was restored is as due as before: before the next run of the job, renew or finish the sessions, or exclude them."
            : null;
    }

    private static async Task<RestoreStep?> TryAsync(
        MadeChange made, JobContext context, Func<Task<RestoreStep?>> inspect, CancellationToken cancellationToken)
    {
        try
        {
            return await inspect();
        }
        catch (Exception exception) when (!context.EndsRun(exception, cancellationToken))
        {
            context.Errors.Add(made.Target, context.Classify(exception).Message);
            return null;
        }
    }
}

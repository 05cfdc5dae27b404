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

    private const string Due =
        "What was restored is as due as before: before the next run of the job, renew or finish the sessions, or exclude them.";

    /// <inheritdoc />
    public async Task<string?> UndoAsync(
        IReadOnlyList<MadeChange> changes, JobContext context, CancellationToken cancellationToken)
    {
        using var limiter = new CallLimiter(Concurrency);
        var run = new RestoreRun(context, new ServiceCalls(limiter, timeProvider, cancellationToken));
        var reader = new ObjectReader(run, s3);
        var (objects, tags, sessions) = (new ObjectUndo(run, s3), new TagUndo(run, s3, reader), new SessionUndo(run, dynamoDb, reader));
        var restored = new List<string?>();
        long done = 0;
        foreach (var batch in changes.Chunk(BatchSize))
        {
            var steps = await limiter.ForEachAsync(
                batch, made => TryAsync(made, context, () => InspectAsync(made), cancellationToken), cancellationToken);
            RestoreStep[] planned = [.. steps.OfType<RestoreStep>()];
            context.Changes.EnsureWithinLimit(planned.Length);
            var outcomes = await limiter.ForEachAsync(
                planned, step => context.Changes.TryApplyAsync(step.Change, step.ApplyAsync, cancellationToken), cancellationToken);
            restored.AddRange(
                planned.Zip(outcomes).Where(static pair => pair.Second.IsDone).Select(static pair => pair.First.Change.Counter));
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

        return restored.Count == 0 ? null
            : Count(RestoreCounts.ObjectsRestored) > Count(RestoreCounts.SessionsRestored)
                ? $"{Due} An object without its session counts as an orphan."
                : Due;

        int Count(string counter) => restored.Count(one => one == counter);
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

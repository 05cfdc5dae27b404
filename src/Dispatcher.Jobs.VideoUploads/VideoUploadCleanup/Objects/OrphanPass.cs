using System.Runtime.CompilerServices;
using Amazon.S3.Model;
using Dispatcher.Changes;
using Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Goes through the objects page by page, finds those that are old and have no session, and does with them what was asked for.</summary>
internal sealed class OrphanPass(CleanupRun run, SessionTable table, UploadBucket bucket)
{
    private const int BatchesAtOnce = 4;
    private const int MaxLogged = 100;

    private readonly OrphanTags _tags = new(run, bucket);
    private int _logged;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            FindCandidatesAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
            async (batch, token) => await HandleAsync(batch, token));

    private async IAsyncEnumerable<IReadOnlyList<Candidate>> FindCandidatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<Candidate>(run.SessionBatchSize);
        long listed = 0;
        await foreach (var page in bucket.ListObjectsAsync(cancellationToken))
        {
            foreach (var candidate in page.Select(Judge).OfType<Candidate>())
            {
                batch.Add(candidate);
                if (batch.Count == run.SessionBatchSize)
                {
                    yield return batch;
                    batch = new List<Candidate>(run.SessionBatchSize);
                }
            }

            listed += page.Count;
            run.Context.Progress.Report(new JobProgress("Checking objects", listed));
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private Candidate? Judge(S3Object item)
    {
        if (!UploadKey.TryReadSession(item.Key, out var session))
        {
            run.Context.Counters.Add(CleanupCounts.ObjectsUnrecognized);
            return null;
        }

        return item.LastModified?.ToUniversalTime() is { } modified && modified <= run.AgeLimit.UtcDateTime && !run.HasRemoved(session)
            ? new Candidate(session, new StoredObject(item.Key, item.ETag, item.Size ?? 0, modified))
            : null;
    }

    private async Task HandleAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(candidates.Select(static candidate => candidate.Session), cancellationToken);
        List<Candidate> orphans = [.. candidates.Where(candidate => !sessions.Contains(candidate.Session))];
        if (run.Parameters.FinishedTag is not null || run.Parameters.Orphans == OrphanHandling.Quarantine)
        {
            orphans = await _tags.ReadAsync(orphans, cancellationToken);
        }

        orphans.ForEach(Report);
        switch (run.Parameters.Orphans)
        {
            case OrphanHandling.Delete:
                await DeleteAsync(orphans, "no session", cancellationToken);
                break;

            case OrphanHandling.Quarantine:
                var now = run.TimeProvider.GetUtcNow();
                var due = orphans.Where(orphan => orphan.DeleteAfter <= now);
                await DeleteAsync([.. due], "no session, and its quarantine is over", cancellationToken);
                await QuarantineAsync([.. orphans.Where(static orphan => orphan.DeleteAfter is null)], cancellationToken);
                run.Context.Counters.Add(CleanupCounts.OrphanedObjectsInQuarantine, orphans.Count(orphan => orphan.DeleteAfter > now));
                break;
        }
    }

    private void Report(Candidate orphan)
    {
        run.Context.Counters.Add(CleanupCounts.OrphanedObjectsFound);
        run.Context.Counters.Add(CleanupCounts.OrphanedBytesFound, orphan.Object.Size);
        switch (Interlocked.Increment(ref _logged))
        {
            case <= MaxLogged:
                Log.Orphan(run.Context.Logger, run.DescribeObject(orphan.Object.Key), orphan.Object.Size, orphan.Object.LastModified);
                break;
            case MaxLogged + 1:
                Log.MoreOrphans(run.Context.Logger);
                break;
        }
    }

    private async Task DeleteAsync(List<Candidate> orphans, string reason, CancellationToken cancellationToken) =>
        await run.Context.Changes.ApplyBatchAsync(
            [.. orphans.Select(orphan => new Change("s3:DeleteObject", run.DescribeObject(orphan.Object.Key))
            {
                Reason = $"{reason}, last modified {orphan.Object.LastModified:yyyy-MM-ddTHH:mm:ssZ}",
                Evidence = orphan.Object.Seen,
                Bytes = run.BytesFreed(orphan.Object.Size),
                Counter = CleanupCounts.OrphanedObjectsDeleted,
            })],
            (_, token) => ForStillOrphanedAsync(orphans, still => bucket.DeleteAsync([.. still.Select(static orphan => orphan.Object)], token), token),
            cancellationToken);

    private async Task QuarantineAsync(List<Candidate> orphans, CancellationToken cancellationToken) =>
        await run.Context.Changes.ApplyBatchAsync(
            [.. orphans.Select(orphan => new Change("s3:PutObjectTagging", run.DescribeObject(orphan.Object.Key))
            {
                Reason = $"no session; may be deleted in {run.Parameters.QuarantineDays} days",
                Evidence = orphan.Object.Seen,
                Counter = CleanupCounts.OrphanedObjectsQuarantined,
            })],
            (_, token) => ForStillOrphanedAsync(orphans, still => _tags.WriteAsync(still, token), token),
            cancellationToken);

    /// <summary>Asks the table once more, right before the change: a session may have appeared since the first look.</summary>
    private async Task<IReadOnlyList<ChangeOutcome>> ForStillOrphanedAsync(
        List<Candidate> orphans, Func<List<Candidate>, Task<IReadOnlyList<ChangeOutcome>>> apply, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(orphans.Select(static orphan => orphan.Session), cancellationToken);
        List<Candidate> still = [.. orphans.Where(orphan => !sessions.Contains(orphan.Session))];
        var outcomes = new Queue<ChangeOutcome>(still.Count == 0 ? [] : await apply(still));
        return [.. orphans.Select(orphan =>
            sessions.Contains(orphan.Session) ? ChangeOutcome.Skipped("a session has appeared") : outcomes.Dequeue())];
    }
}

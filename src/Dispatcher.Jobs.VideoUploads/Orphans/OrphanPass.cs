using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>The pass over the objects: it finds the orphans page by page, and reports, quarantines or deletes them.</summary>
internal sealed class OrphanPass(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    private const int BatchesAtOnce = 4;
    private const int MaxLogged = 100;

    private static readonly ChangeOutcome SessionAppeared = ChangeOutcome.Skipped("a session has appeared");

    private readonly OrphanFinder _orphans = new(run, table, bucket);
    private readonly ObjectFinder _objects = new(run, bucket);
    private readonly TagReader _tags = new(run, bucket);
    private readonly BucketWriter _writer = new(run, bucket);
    private int _logged;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ofNoSession = CreateBuffer((orphans, token) => DeleteAsync(orphans, "no session", token));
        var ofQuarantine = CreateBuffer((orphans, token) => DeleteAsync(orphans, "no session, and its quarantine is over", token));
        var untagged = CreateBuffer(QuarantineAsync);
        long listed = 0;
        var candidates = _orphans.ListAsync(
            run.Partition,
            selected: true,
            (recognized, unrecognized) =>
            {
                run.Context.Counters.Add(CleanupCounts.ObjectsChecked, recognized);
                run.Context.Counters.Add(CleanupCounts.ObjectsUnrecognized, unrecognized);
                run.Context.Progress.Report(new JobProgress("Checking objects", listed += recognized + unrecognized));
            },
            cancellationToken);
        await Parallel.ForEachAsync(
            candidates,
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                var orphans = await FindAsync(batch, token);
                switch (run.Parameters.Orphans)
                {
                    case OrphanHandling.Delete:
                        await ofNoSession.AddAsync(orphans, token);
                        break;

                    case OrphanHandling.Quarantine:
                        var byTags = orphans.ToLookup(static orphan => orphan.Tags);
                        await ofQuarantine.AddAsync(byTags[TagVerdict.QuarantineOver], token);
                        await untagged.AddAsync(byTags[TagVerdict.Untagged], token);
                        run.Context.Counters.Add(CleanupCounts.OrphanedObjectsInQuarantine, byTags[TagVerdict.InQuarantine].Count());
                        break;
                }
            });
        foreach (var rest in new[] { ofNoSession, ofQuarantine, untagged })
        {
            await rest.FlushAsync(cancellationToken);
        }
    }

    private OrphanBuffer CreateBuffer(Func<List<OrphanCandidate>, CancellationToken, Task> change) => new(run.SessionBatchSize, change);

    private async Task<List<OrphanCandidate>> FindAsync(IReadOnlyList<OrphanCandidate> candidates, CancellationToken cancellationToken)
    {
        var orphans = await _orphans.JudgeTagsAsync(await _orphans.WithoutSessionAsync(candidates, cancellationToken), cancellationToken);
        orphans.ForEach(Report);
        return orphans;
    }

    private void Report(OrphanCandidate orphan)
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

    private async Task DeleteAsync(List<OrphanCandidate> orphans, string reason, CancellationToken cancellationToken) =>
        await run.ApplyEachAsync(
        orphans,
        orphan => new Change("s3:DeleteObject", run.DescribeObject(orphan.Object.Key))
        {
            Reason = $"{reason}, last modified {orphan.Object.LastModified:yyyy-MM-ddTHH:mm:ssZ}",
            Evidence = orphan.Object.Seen,
            Bytes = run.BytesFreed(orphan.Object.Size),
            StorageClass = orphan.Object.StorageClass,
            Counter = CleanupCounts.OrphanedObjectsDeleted,
        },
        DeleteAsync,
        cancellationToken);

    private async Task QuarantineAsync(List<OrphanCandidate> orphans, CancellationToken cancellationToken) => await run.ApplyEachAsync(
        orphans,
        orphan => new Change("s3:PutObjectTagging", run.DescribeObject(orphan.Object.Key))
        {
            Reason = $"no session; may be deleted in {run.Parameters.QuarantineDays} days",
            Evidence = orphan.Object.Seen,
            Counter = CleanupCounts.OrphanedObjectsQuarantined,
        },
        TagAsync,
        cancellationToken);

    /// <summary>Reads everything again right before the deletion: tags, objects, and last the sessions.</summary>
    private async Task<IReadOnlyList<ChangeOutcome>> DeleteAsync(
        IReadOnlyList<OrphanCandidate> orphans, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<OrphanCandidate>(run, orphans);
        if (run.Parameters.FinishedTag is not null || run.Parameters.Orphans == OrphanHandling.Quarantine)
        {
            await pending.CheckAsync(orphan => CheckTagsAsync(orphan, cancellationToken), cancellationToken);
        }

        var objects = await _objects.FindAsync(pending.Items.Select(static orphan => orphan.Object.Key), cancellationToken);
        pending.Check(orphan => orphan.Object.FindDifference(objects[orphan.Object.Key]));
        await CheckSessionsAsync(pending, cancellationToken);
        var outcomes = await new BatchDeletion(run, bucket).DeleteAsync(
            [.. pending.Items.Select(static orphan => orphan.Object)], cancellationToken);
        pending.Check(orphan => outcomes[orphan.Object.Key]);
        return pending.Outcomes;
    }

    private async Task<IReadOnlyList<ChangeOutcome>> TagAsync(
        IReadOnlyList<OrphanCandidate> orphans, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<OrphanCandidate>(run, orphans);
        await CheckSessionsAsync(pending, cancellationToken);
        await pending.ApplyAsync(orphan => TagAsync(orphan, cancellationToken), cancellationToken);
        return pending.Outcomes;
    }

    private async Task CheckSessionsAsync(PendingChanges<OrphanCandidate> pending, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(pending.Items.Select(static orphan => orphan.Session), cancellationToken);
        pending.Check(orphan => sessions.Contains(orphan.Session) ? SessionAppeared : null);
    }

    /// <summary>Reads the tags again right before they are written: S3 has no condition for that.</summary>
    private async Task<ChangeOutcome> TagAsync(OrphanCandidate orphan, CancellationToken cancellationToken)
    {
        var tagged = await _tags.ReadAsync(orphan.Object, cancellationToken);
        return tagged.Verdict == TagVerdict.Untagged
            ? await _writer.QuarantineAsync(orphan.Object.Key, tagged.Tags, cancellationToken)
            : Skipped(tagged.Verdict);
    }

    private async Task<ChangeOutcome?> CheckTagsAsync(OrphanCandidate orphan, CancellationToken cancellationToken)
    {
        var tagged = await _tags.ReadAsync(orphan.Object, cancellationToken);
        return tagged.Verdict == orphan.Tags ? null : Skipped(tagged.Verdict);
    }

    private static ChangeOutcome Skipped(TagVerdict verdict) => ChangeOutcome.Skipped(verdict switch
    {
        TagVerdict.Gone => "the object is gone already",
        TagVerdict.Finished => "the object was tagged as finished meanwhile",
        TagVerdict.InQuarantine or TagVerdict.QuarantineOver => "the object was put into quarantine meanwhile",
        _ => "the object was written or its tags changed meanwhile",
    });
}

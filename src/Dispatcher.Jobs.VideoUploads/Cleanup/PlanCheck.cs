using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Orphans;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>
/// A check that compares what is known to be due with the limits of the run before anything is changed. If the run has a limit of a share,
/// everything is counted first, because the first pages of a table or a bucket say nothing about the others.
/// </summary>
internal sealed class PlanCheck(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    /// <summary>Checks the plan.</summary>
    /// <param name="counted">The objects, if they were counted.</param>
    /// <param name="cancellationToken">Fires at the deadline.</param>
    /// <exception cref="ChangeLimitExceededException">The run would exceed a limit; nothing was changed.</exception>
    public async Task CheckAsync(OrphanCount? counted, CancellationToken cancellationToken)
    {
        // Whether an object in quarantine is due is in its tags, which are read later.
        var orphans = run.Parameters.Orphans == OrphanHandling.Delete ? counted : null;
        var due = orphans?.Selected ?? 0;
        if (run.Context.Changes.Limits.MaxChangesPercent is not null)
        {
            var (sessions, expired) = await CountSessionsAsync(cancellationToken);
            var (uploads, strays) = await new StrayUploadPass(run, table, bucket).CountAsync(cancellationToken);
            run.Context.Changes.Examined(sessions + (counted?.Objects ?? 0) + uploads);
            due += expired + strays;
        }

        if (due > 0)
        {
            run.Context.Changes.EnsureWithinLimit(due, run.BytesFreed(orphans?.Bytes ?? 0), due);
        }
    }

    /// <summary>Counts the sessions, and those that are changed whatever is in the bucket.</summary>
    private async Task<(long Sessions, long Expired)> CountSessionsAsync(CancellationToken cancellationToken)
    {
        var classifier = new SessionClassifier(run, run.StartedAt);
        long sessions = 0;
        long expired = 0;
        await foreach (var page in table.ScanAsync(cancellationToken))
        {
            sessions += page.Count;
            expired += page.Count(session => classifier.Classify(session).Kind == SessionVerdictKind.Expired);
        }

        return (sessions, expired);
    }
}

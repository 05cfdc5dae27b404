using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// The deletion of what claimed sessions left in the bucket. Right before objects are deleted and uploads aborted, everything is read
/// again: tags, objects, parts, and last the sessions.
/// </summary>
internal sealed class SessionClearing(CleanupContext run, SessionTable table, UploadBucket bucket, SessionInspector inspector)
{
    private static readonly ChangeOutcome SessionChanged = ChangeOutcome.Skipped("the session changed meanwhile");
    private static readonly ChangeOutcome Stopped = ChangeOutcome.Skipped("the deadline came first; the next run goes on");

    private readonly ObjectFinder _finder = new(run, bucket);
    private readonly SizeFilter _sizes = new(run, bucket);
    private readonly TagReader _tags = new(run, bucket);
    private readonly BucketWriter _writer = new(run, bucket);

    public async Task ClearAsync(List<ClaimedSession> sessions, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            sessions.ForEach(static session => session.State = ClearedState.Left);
            return;
        }

        // What was begun is finished after the deadline too.
        await DeleteObjectsAsync(sessions.FindAll(static session => session.Plan.DeletesObject));
        await AbortUploadsAsync(
            sessions.FindAll(static session => session.Plan.AbortsUpload && session.State == ClearedState.Clear), stop);
    }

    private async Task DeleteObjectsAsync(List<ClaimedSession> sessions)
    {
        var found = await _finder.FindAsync(sessions.Select(static session => session.Key), CancellationToken.None);
        foreach (var session in sessions)
        {
            session.Object = found[session.Key].Object;
            if (found[session.Key].Error is { } error)
            {
                session.State = ClearedState.Left;
                run.Context.Errors.Add(run.DescribeObject(session.Key), error);
            }
            else if (session.Object is { Size: var size } && run.Selector.UsesSize && !_sizes.Selects(session.Session, size))
            {
                // It was written since the selection.
                (session.Object, session.State) = (null, ClearedState.Changed);
            }
        }

        var present = sessions.FindAll(static session => session.Object is not null);
        var deletions = await run.ApplyEachAsync(
            present,
            session => session.Plan.ToFollowUp("s3:DeleteObject", run.DescribeObject(session.Key), CleanupCounts.ObjectsDeleted) with
            {
                Bytes = run.BytesFreed(session.Object!.Size),
                StorageClass = session.Object.StorageClass,
                Evidence = $"{session.Object.Seen} {session.Session.Seen}",
            },
            DeleteAsync,
            CancellationToken.None);
        await SettleAsync(deletions);
    }

    private async Task<IReadOnlyList<ChangeOutcome>> DeleteAsync(
        IReadOnlyList<ClaimedSession> sessions, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<ClaimedSession>(run, sessions);
        if (run.Parameters.FinishedTag is not null || run.QuarantinesExpired)
        {
            await pending.CheckAsync(session => CheckTagsAsync(session, cancellationToken), cancellationToken);
        }

        var objects = await _finder.FindAsync(pending.Items.Select(static session => session.Key), cancellationToken);
        pending.Check(session => session.Object!.FindDifference(objects[session.Key]));
        await CheckSessionsAsync(pending, cancellationToken);

        var deletion = new BatchDeletion(run, bucket);
        var outcomes = await deletion.DeleteAsync([.. pending.Items.Select(static session => session.Object!)], cancellationToken);
        pending.Check(session =>
        {
            var outcome = outcomes[session.Key];
            if (outcome.IsDone || outcome.MayHaveBeenMade)
            {
                var restore = deletion.DeleteMarkers.TryGetValue(session.Key, out var marker)
                        ? $", which comes back when its delete marker, version {marker}, is deleted"
                    : outcome.MayHaveBeenMade ? ", if the request whose answer was lost was executed"
                    : string.Empty;
                session.Destroyed = $"{run.DescribeObject(session.Key)} ({session.Object!.Seen}){restore}";
            }

            return outcome;
        });
        return pending.Outcomes;
    }

    private async Task<ChangeOutcome?> CheckTagsAsync(ClaimedSession session, CancellationToken cancellationToken) =>
        (await _tags.ReadAsync(session.Object!, cancellationToken)).Verdict switch
        {
            TagVerdict.Finished => ChangeOutcome.Skipped("the object was tagged as finished meanwhile"),
            TagVerdict.QuarantineOver => null,
            _ when !run.QuarantinesExpired => null,
            _ => ChangeOutcome.Skipped("the object was written or its tag changed meanwhile"),
        };

    /// <summary>Reads the sessions once more, consistently, and skips those that are not exactly what this run has claimed.</summary>
    private async Task CheckSessionsAsync(PendingChanges<ClaimedSession> pending, CancellationToken cancellationToken)
    {
        var current = await table.ReadAsync(pending.Items.Select(static session => session.Session.Id), cancellationToken);
        pending.Check(session =>
        {
            if (current.GetValueOrDefault(session.Session.Id) == session.Session)
            {
                return null;
            }

            session.State = ClearedState.Changed;
            return SessionChanged;
        });
    }

    private async Task AbortUploadsAsync(List<ClaimedSession> sessions, CancellationToken stop)
    {
        var aborts = await run.ApplyEachAsync(
            sessions,
            session => session.Plan.ToFollowUp(
                "s3:AbortMultipartUpload", run.DescribeObject(session.Key), CleanupCounts.MultipartUploadsAborted),
            async (admitted, token) =>
            {
                var pending = new PendingChanges<ClaimedSession>(run, admitted);
                await pending.CheckAsync(session => CheckPartsAsync(session, token), token);
                await CheckSessionsAsync(pending, token);
                await pending.ApplyAsync(session => AbortAsync(session, stop, token), token);
                return pending.Outcomes;
            },
            CancellationToken.None);
        await SettleAsync(aborts);
    }

    private async Task<ChangeOutcome?> CheckPartsAsync(ClaimedSession session, CancellationToken cancellationToken) =>
        !session.Plan.AbortsParts
        && !(session.LookedAt is { } lookedAt && run.IsFresh(lookedAt))
        && await bucket.FindUploadAsync(session.Key, session.Session.UploadId!, cancellationToken) == UploadState.HasParts
            ? ChangeOutcome.Skipped("the upload has got parts meanwhile")
            : null;

    private async Task<ChangeOutcome> AbortAsync(ClaimedSession session, CancellationToken stop, CancellationToken cancellationToken)
    {
        if (stop.IsCancellationRequested)
        {
            session.State = ClearedState.Left;
            return Stopped;
        }

        var outcome = await _writer.AbortUploadAsync(session.Key, session.Session.UploadId!, cancellationToken);
        if (outcome.Kind == ChangeOutcomeKind.Applied)
        {
            session.Destroyed = $"the multipart upload {session.Session.UploadId} of {run.DescribeObject(session.Key)}";
        }

        return outcome;
    }

    /// <summary>
    /// Determines how sessions stand whose change was not made. A change that was skipped was overtaken: by an application that has just
    /// gone on with the upload, or by another run that has cleared it away. What is in the bucket now decides which. A change that the plan
    /// of the run does not hold leaves the session as it is.
    /// </summary>
    private async Task SettleAsync(IReadOnlyList<(ClaimedSession Session, ChangeOutcome Outcome)> changes)
    {
        foreach (var (session, outcome) in changes)
        {
            if (outcome.IsDone || session.State != ClearedState.Clear)
            {
                continue;
            }

            if (outcome.IsOutsidePlan)
            {
                session.State = ClearedState.Changed;
                continue;
            }

            // A failure gives the default value: the claim stays, and the next run goes on.
            session.State = outcome.Kind == ChangeOutcomeKind.Skipped
                ? await run.TryAsync(run.DescribeObject(session.Key), () => LookAgainAsync(session), CancellationToken.None)
                : ClearedState.Left;
        }
    }

    private async Task<ClearedState> LookAgainAsync(ClaimedSession session)
    {
        if (await bucket.FindObjectAsync(session.Key, CancellationToken.None) is not null)
        {
            inspector.ReportCompleted(session.Session);
            return ClearedState.Completed;
        }

        return session.Plan.AbortsUpload
            && await bucket.FindUploadAsync(session.Key, session.Session.UploadId!, CancellationToken.None) == UploadState.HasParts
                ? ClearedState.Completed
                : ClearedState.Clear;
    }
}

using Dispatcher.Changes;
using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// Clears the bucket of what claimed sessions left there. Right before the objects are deleted and the uploads aborted, everything is read
/// again: tags, objects, parts, and last the sessions.
/// </summary>
internal sealed class SessionClearing(CleanupContext run, SessionTable table, UploadBucket bucket, SessionInspector inspector)
{
    private static readonly ChangeOutcome SessionChanged = ChangeOutcome.Skipped("the session changed meanwhile");
    private static readonly ChangeOutcome Stopped = ChangeOutcome.Skipped("the deadline came first; the next run goes on");

    private readonly ObjectFinder _finder = new(run, bucket);
    private readonly TagReader _tags = new(run, bucket);
    private readonly BucketWriter _writer = new(run, bucket);

    private IChangeGate Gate => run.Context.Changes;

    public async Task ClearAsync(List<ClaimedSession> sessions, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            sessions.ForEach(static session => session.State = ClearedState.Left);
            return;
        }

        await DeleteObjectsAsync([.. sessions.Where(static session => session.Plan.DeletesObject)]);
        await AbortUploadsAsync([.. sessions.Where(static session => session.Plan.AbortsUpload)], cancellationToken);
    }

    private async Task DeleteObjectsAsync(List<ClaimedSession> sessions)
    {
        var found = await _finder.FindAsync(sessions.Select(static session => session.Session.Key!), CancellationToken.None);
        foreach (var session in sessions)
        {
            var look = found[session.Session.Key!];
            session.Object = look.Object;
            if (look.Error is { } error)
            {
                session.State = ClearedState.Left;
                run.Context.Errors.Add(run.DescribeObject(session.Session.Key!), error);
            }
        }

        List<ClaimedSession> present = [.. sessions.Where(static session => session.Object is not null)];
        var outcomes = await Gate.TryApplyEachAsync(
            [.. present.Select(session =>
                session.Plan.ToChange("s3:DeleteObject", run.DescribeObject(session.Object!.Key), CleanupCounts.ObjectsDeleted)
                    with
                    {
                        Bytes = run.BytesFreed(session.Object.Size),
                        Evidence = $"{session.Object.Seen} {session.Session.Seen}",
                    })],
            (_, token) => DeleteAsync(present, token),
            CancellationToken.None);
        for (var index = 0; index < present.Count; index++)
        {
            await SettleAsync(present[index], outcomes[index]);
        }
    }

    private async Task<IReadOnlyList<ChangeOutcome>> DeleteAsync(List<ClaimedSession> sessions, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<ClaimedSession>(sessions);
        if (run.Parameters.FinishedTag is not null || run.QuarantinesExpired)
        {
            await pending.TakeOutAsync(run.Calls, session => CheckTagsAsync(session, cancellationToken), cancellationToken);
        }

        var objects = await _finder.FindAsync(pending.Items.Select(static session => session.Object!.Key), cancellationToken);
        pending.TakeOut(session => session.Object!.FindDifference(objects[session.Object.Key]));
        await TakeOutChangedAsync(pending, cancellationToken);

        var deletion = new BatchDeletion(run, bucket);
        var left = pending.Items;
        var outcomes = await deletion.DeleteAsync([.. left.Select(static session => session.Object!)], cancellationToken);
        for (var index = 0; index < left.Count; index++)
        {
            if (outcomes[index].Kind is ChangeOutcomeKind.Applied or ChangeOutcomeKind.Unknown)
            {
                left[index].Destroyed = DescribeDeleted(left[index].Object!, deletion.DeleteMarkers);
            }
        }

        pending.TakeOut([.. outcomes.Select(static outcome => (ChangeOutcome?)outcome)]);
        return pending.Outcomes;
    }

    private string DescribeDeleted(StoredObject item, Dictionary<string, string> markers) =>
        $"{run.DescribeObject(item.Key)} ({item.Seen})"
        + (markers.TryGetValue(item.Key, out var marker)
            ? $", which comes back when its delete marker, version {marker}, is deleted"
            : string.Empty);

    private async Task<ChangeOutcome?> CheckTagsAsync(ClaimedSession session, CancellationToken cancellationToken)
    {
        try
        {
            return (await _tags.ReadAsync(session.Object!, cancellationToken)).Verdict switch
            {
                TagVerdict.Finished => ChangeOutcome.Skipped("the object was tagged as finished meanwhile"),
                TagVerdict.QuarantineOver => null,
                TagVerdict.Untagged or TagVerdict.Gone when !run.QuarantinesExpired => null,
                TagVerdict.InQuarantine or TagVerdict.Defective when !run.QuarantinesExpired => null,
                _ => ChangeOutcome.Skipped("the object was written or its tag changed meanwhile"),
            };
        }
        catch (Exception exception) when (!run.EndsTheRun(exception, cancellationToken))
        {
            return ChangeOutcome.Failed(run.Describe(exception));
        }
    }

    /// <summary>Reads the sessions once more, consistently, and takes out those that are not exactly what this run has claimed.</summary>
    private async Task TakeOutChangedAsync(PendingChanges<ClaimedSession> pending, CancellationToken cancellationToken)
    {
        var current = await table.ReadAsync(pending.Items.Select(static session => session.Session.Id), cancellationToken);
        pending.TakeOut(session =>
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
        var outcomes = await Gate.TryApplyEachAsync(
            [.. sessions.Select(session => session.Plan.ToChange(
                "s3:AbortMultipartUpload", run.DescribeObject(session.Session.Key!), CleanupCounts.MultipartUploadsAborted))],
            (_, token) => AbortAsync(sessions, stop, token),
            CancellationToken.None);
        for (var index = 0; index < sessions.Count; index++)
        {
            await SettleAsync(sessions[index], outcomes[index]);
        }
    }

    private async Task<IReadOnlyList<ChangeOutcome>> AbortAsync(
        List<ClaimedSession> sessions, CancellationToken stop, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<ClaimedSession>(sessions);
        await pending.TakeOutAsync(run.Calls, session => CheckPartsAsync(session, cancellationToken), cancellationToken);
        await TakeOutChangedAsync(pending, cancellationToken);
        await pending.TakeOutAsync(run.Calls, session => AbortAsync(session, stop, cancellationToken), cancellationToken);
        return pending.Outcomes;
    }

    private async Task<ChangeOutcome?> CheckPartsAsync(ClaimedSession session, CancellationToken cancellationToken)
    {
        if (session.Plan.AbortsParts)
        {
            return null;
        }

        try
        {
            return await bucket.FindUploadAsync(session.Session.Key!, session.Session.UploadId!, cancellationToken) == UploadState.HasParts
                ? ChangeOutcome.Skipped("the upload has got parts meanwhile")
                : null;
        }
        catch (Exception exception) when (!run.EndsTheRun(exception, cancellationToken))
        {
            return ChangeOutcome.Failed(run.Describe(exception));
        }
    }

    private async Task<ChangeOutcome?> AbortAsync(ClaimedSession session, CancellationToken stop, CancellationToken cancellationToken)
    {
        if (stop.IsCancellationRequested)
        {
            session.State = ClearedState.Left;
            return Stopped;
        }

        var outcome = await run.OutcomeOfAsync(
            run.DescribeObject(session.Session.Key!),
            () => _writer.AbortUploadAsync(session.Session.Key!, session.Session.UploadId!, cancellationToken), cancellationToken);
        if (outcome.Kind == ChangeOutcomeKind.Applied)
        {
            session.Destroyed = $"the multipart upload {session.Session.UploadId} of {run.DescribeObject(session.Session.Key!)}";
        }

        return outcome;
    }

    /// <summary>
    /// A change that was skipped was overtaken: by an application that has just gone on with the upload, or by another run that has cleared
    /// it away. What is in the bucket now says which.
    /// </summary>
    private async Task SettleAsync(ClaimedSession session, ChangeOutcome outcome)
    {
        if (outcome.IsDone || session.State != ClearedState.Clear)
        {
            return;
        }

        if (outcome.Kind != ChangeOutcomeKind.Skipped)
        {
            session.State = ClearedState.Left;
            return;
        }

        // A failure leaves the default: the claim stays, the next run goes on.
        session.State = await run.TryAsync(run.DescribeObject(session.Session.Key!), () => LookAgainAsync(session), CancellationToken.None);
    }

    private async Task<ClearedState> LookAgainAsync(ClaimedSession session)
    {
        if (await bucket.FindObjectAsync(session.Session.Key!, CancellationToken.None) is not null)
        {
            inspector.ReportCompleted(session.Session);
            return ClearedState.Completed;
        }

        return session.Plan.AbortsUpload
            && await bucket.FindUploadAsync(session.Session.Key!, session.Session.UploadId!, CancellationToken.None) == UploadState.HasParts
                ? ClearedState.Completed
                : ClearedState.Clear;
    }
}

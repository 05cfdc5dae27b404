using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>An inspector that looks at what a session that is due has in the bucket, and decides what becomes of it. Reads only.</summary>
internal sealed class SessionInspector(CleanupContext run, UploadBucket bucket)
{
    private readonly ObjectFinder _finder = new(run, bucket);
    private readonly TagReader _tags = new(run, bucket);

    private bool ReadsTags => run.Parameters.FinishedTag is not null || run.QuarantinesExpired;

    private string Quarantine => $"may be removed in {run.Parameters.QuarantineDays} days";

    /// <summary>
    /// Determines whether a session is claimed before its upload is looked at. One ListParts then serves the decision and the abort that
    /// follows it, because nothing has to be read again after the claim. Not for a session whose claim depends on what is found.
    /// </summary>
    public bool IsClaimedFirst(SessionVerdict verdict) =>
        verdict is { Kind: SessionVerdictKind.Expired, NeedsQuarantine: false, Session: { Type: "multipart", UploadId: not null } }
        && !run.Selector.UsesSize;

    /// <summary>Looks at what sessions have in the bucket.</summary>
    /// <returns>The plans in the order of the sessions; <see langword="null"/> for a session that could not be looked at.</returns>
    public async Task<IReadOnlyList<SessionPlan?>> InspectAsync(
        IReadOnlyList<SessionVerdict> verdicts, CancellationToken cancellationToken)
    {
        var uploads = await run.Calls.ForEachAsync(verdicts, verdict => FindUploadAsync(verdict, cancellationToken), cancellationToken);
        var objects = await _finder.FindAsync(
            verdicts.Zip(uploads).Where(pair => NeedsObject(pair.First, pair.Second)).Select(static pair => pair.First.Session.Key!),
            cancellationToken);
        var indexes = Enumerable.Range(0, verdicts.Count).ToArray();
        return await run.Calls.ForEachAsync(
            indexes, index => InspectAsync(verdicts[index], uploads[index], objects, cancellationToken), cancellationToken);
    }

    /// <summary>Notes that an upload is complete in S3 though its session does not say so.</summary>
    public void ReportCompleted(UploadSession session)
    {
        run.Context.Counters.Add(CleanupCounts.CompletedUploadsFound);
        Log.CompletedUpload(run.Context.Logger, run.DescribeObject(session.Key!), session.Id);
    }

    private async Task<UploadState?> FindUploadAsync(SessionVerdict verdict, CancellationToken cancellationToken) => verdict switch
    {
        { HasDeadClaim: true } => UploadState.Gone,
        { Session: { Type: "multipart", UploadId: { } uploadId } session } => await run.TryAsync<UploadState?>(
            run.DescribeSession(session.Id),
            async () => await bucket.FindUploadAsync(session.Key!, uploadId, cancellationToken),
            cancellationToken),
        _ => UploadState.Gone,
    };

    private bool NeedsObject(SessionVerdict verdict, UploadState? upload) => verdict switch
    {
        { HasDeadClaim: true } => false,
        { Kind: SessionVerdictKind.Expired, Session.Type: "single" } => ReadsTags,
        { Kind: SessionVerdictKind.Expired } => upload == UploadState.Gone,
        _ => upload is not null,
    };

    private async Task<SessionPlan?> InspectAsync(
        SessionVerdict verdict,
        UploadState? found,
        IReadOnlyDictionary<string, ObjectLookup> objects,
        CancellationToken cancellationToken)
    {
        var session = verdict.Session;
        if (verdict.HasDeadClaim)
        {
            return new SessionPlan(session, SessionAction.Release, verdict.Evidence);
        }

        var look = objects.GetValueOrDefault(session.Key!);
        if (found is not { } upload)
        {
            return null;
        }

        if (look.Error is { } error)
        {
            run.Context.Errors.Add(run.DescribeSession(session.Id), error);
            return null;
        }

        var plan = verdict.Kind == SessionVerdictKind.Expired && session.Type == "single"
            ? await run.TryAsync(
                run.DescribeSession(session.Id), () => DecideSingleAsync(verdict, look.Object, cancellationToken), cancellationToken)
            : (verdict.Kind == SessionVerdictKind.Expired
                ? DecideExpired(verdict, upload, look.Object)
                : DecideReviewed(verdict, upload, look.Object)) with { Upload = upload };
        return verdict.NeedsQuarantine && plan?.Action == SessionAction.Remove
            ? plan with { Action = SessionAction.Quarantine, Reason = $"{plan.Reason}; {Quarantine}" }
            : plan;
    }

    /// <summary>The object of an expired single upload goes with its session. Only tags can speak for it.</summary>
    private async Task<SessionPlan?> DecideSingleAsync(
        SessionVerdict verdict, StoredObject? found, CancellationToken cancellationToken)
    {
        var remove = new SessionPlan(verdict.Session, SessionAction.Remove, verdict.Evidence) { DeletesObject = true };
        if (found is null)
        {
            return remove;
        }

        remove = remove with { Found = found };
        var tagged = await _tags.ReadAsync(found, cancellationToken);
        switch (tagged.Verdict)
        {
            case TagVerdict.Finished:
                ReportCompleted(verdict.Session);
                return new SessionPlan(
                    verdict.Session, SessionAction.Review, $"{verdict.Evidence}, but its object bears the tag "
                        + $"{run.Parameters.FinishedTag}")
                {
                    Found = found,
                };

            case TagVerdict.Defective when run.QuarantinesExpired:
                run.Context.Errors.Add(run.DescribeObject(found.Key), tagged.Defect);
                return null;

            case TagVerdict.Untagged when run.QuarantinesExpired:
                return remove with
                {
                    Action = SessionAction.Quarantine,
                    Object = found,
                    Reason = $"{verdict.Evidence}; {Quarantine}",
                };

            case TagVerdict.InQuarantine when run.QuarantinesExpired && !verdict.NeedsQuarantine:
                return remove with { Action = SessionAction.Wait };

            default:
                return remove;
        }
    }

    private SessionPlan DecideExpired(SessionVerdict verdict, UploadState upload, StoredObject? found)
    {
        var session = verdict.Session;
        switch (upload)
        {
            case UploadState.HasParts when run.Parameters.PartialRetentionDays > 0:
                return new SessionPlan(session, SessionAction.Review, $"{verdict.Evidence}, with parts");

            case UploadState.HasParts or UploadState.Empty:
                var parts = upload == UploadState.Empty ? "without parts" : "with parts, which are kept for 0 days";
                return new SessionPlan(session, SessionAction.Remove, $"{verdict.Evidence}, {parts}")
                {
                    AbortsUpload = true, AbortsParts = upload == UploadState.HasParts,
                };

            default:
                if (found is null)
                {
                    return new SessionPlan(session, SessionAction.Remove, $"{verdict.Evidence}, neither upload nor object");
                }

                ReportCompleted(session);
                return new SessionPlan(session, SessionAction.Review, $"{verdict.Evidence}, but the object is complete")
                {
                    Found = found,
                };
        }
    }

    /// <summary>
    /// A finished object is kept, however long ago its session was marked: deleting a video needs better evidence than time.
    /// </summary>
    private SessionPlan DecideReviewed(SessionVerdict verdict, UploadState upload, StoredObject? found)
    {
        if (found is null)
        {
            return new SessionPlan(verdict.Session, SessionAction.Remove, verdict.Evidence)
            {
                AbortsUpload = upload != UploadState.Gone, AbortsParts = true,
            };
        }

        ReportCompleted(verdict.Session);
        return new SessionPlan(verdict.Session, SessionAction.Keep, verdict.Evidence);
    }
}

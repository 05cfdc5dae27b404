using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>An inspector that looks at what a session that is due has in the bucket, and decides what becomes of it. Reads only.</summary>
internal sealed class SessionInspector(CleanupContext run, UploadBucket bucket)
{
    private readonly TagReader _tags = new(run, bucket);

    public async Task<SessionPlan?> InspectAsync(SessionVerdict verdict, CancellationToken cancellationToken)
    {
        if (verdict.HasDeadClaim)
        {
            return new SessionPlan(verdict.Session, SessionAction.Release, verdict.Evidence);
        }

        var plan = await DecideAsync(verdict, cancellationToken);
        return verdict.NeedsQuarantine && plan?.Action == SessionAction.Remove
            ? plan with { Action = SessionAction.Quarantine, Reason = $"{plan.Reason}; may be removed in {run.Parameters.QuarantineDays} "
                + "days" }
            : plan;
    }

    /// <summary>Notes that an upload is complete in S3 though its session does not say so.</summary>
    public void ReportCompleted(UploadSession session)
    {
        run.Context.Counters.Add(CleanupCounts.CompletedUploadsFound);
        Log.CompletedUpload(run.Context.Logger, run.DescribeObject(session.Key!), session.Id);
    }

    private async Task<SessionPlan?> DecideAsync(SessionVerdict verdict, CancellationToken cancellationToken)
    {
        var session = verdict.Session;
        if (verdict.Kind == SessionVerdictKind.Expired && session.Type == "single")
        {
            return await DecideSingleAsync(verdict, cancellationToken);
        }

        var upload = session is { Type: "multipart", UploadId: { } uploadId }
            ? await bucket.FindUploadAsync(session.Key!, uploadId, cancellationToken)
            : UploadState.Gone;
        var plan = verdict.Kind == SessionVerdictKind.Expired
            ? await DecideExpiredAsync(verdict, upload, cancellationToken)
            : await DecideReviewedAsync(verdict, upload, cancellationToken);
        return plan with { Upload = upload };
    }

    /// <summary>The object of an expired single upload goes with its session. Only tags can speak for it.</summary>
    private async Task<SessionPlan?> DecideSingleAsync(SessionVerdict verdict, CancellationToken cancellationToken)
    {
        var remove = new SessionPlan(verdict.Session, SessionAction.Remove, verdict.Evidence) { DeletesObject = true };
        if (run.Parameters.FinishedTag is null && !run.QuarantinesExpired)
        {
            return remove;
        }

        if (await bucket.FindObjectAsync(verdict.Session.Key!, cancellationToken) is not { } found)
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
                    Reason = $"{verdict.Evidence}; may be removed in {run.Parameters.QuarantineDays} days",
                };

            case TagVerdict.InQuarantine when run.QuarantinesExpired && !verdict.NeedsQuarantine:
                return remove with { Action = SessionAction.Wait };

            default:
                return remove;
        }
    }

    private async Task<SessionPlan> DecideExpiredAsync(SessionVerdict verdict, UploadState upload, CancellationToken cancellationToken)
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
                if (await bucket.FindObjectAsync(session.Key!, cancellationToken) is not { } found)
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
    private async Task<SessionPlan> DecideReviewedAsync(SessionVerdict verdict, UploadState upload, CancellationToken cancellationToken)
    {
        if (await bucket.FindObjectAsync(verdict.Session.Key!, cancellationToken) is null)
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

using Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Judges each session once. What can be doubted is left alone.</summary>
internal sealed class SessionClassifier(VideoUploadCleanupParameters parameters, JobContext context, DateTimeOffset now)
{
    /// <summary>
    /// How long a claim keeps other runs away. A batch takes a few seconds; taking over a live claim would cost double work, not data,
    /// since every step is conditional.
    /// </summary>
    public static readonly TimeSpan ClaimLease = TimeSpan.FromSeconds(20);

    public SessionVerdict Classify(UploadSession session) => session.Status switch
    {
        "uploaded" or "processed" => new(session, SessionVerdictKind.Kept, $"status {session.Status}"),
        "created" => FindDefect(session) ?? ClassifyCreated(session, session.Ttl),
        "partial" => FindDefect(session) ?? ClassifyPartial(session, session.MarkedAt ?? session.Ttl),
        null => Invalid(session, "has no status."),
        _ => Invalid(session, $"has the unknown status '{session.Status}'. Known: created, uploaded, partial, processed."),
    };

    private static SessionVerdict? FindDefect(UploadSession session)
    {
        if (session.Key is null)
        {
            return Invalid(session, "has no key.");
        }

        if (session.Type is not ("single" or "multipart"))
        {
            return Invalid(session, $"has the uploadType '{session.Type}'. Known: single, multipart.");
        }

        // The key must carry the session's own id: a session that points at another upload's object must not delete it.
        return UploadKey.TryReadSession(session.Key, out var owner) && owner.ToString() == session.Id
            ? null
            : Invalid(session, $"has the key '{session.Key}', which is not uploads/YYYY-MM-DD/{session.Id}.EXTENSION.");
    }

    private static SessionVerdict Invalid(UploadSession session, string defect) =>
        new(session, SessionVerdictKind.Invalid, $"The session {defect} It is left alone; repair or remove it by hand.");

    private SessionVerdict ClassifyCreated(UploadSession session, DateTimeOffset? ttl)
    {
        if (ttl is null)
        {
            return Invalid(session, "has no ttl, or one that is not in epoch seconds.");
        }

        return ttl >= now
            ? new(session, SessionVerdictKind.Kept, $"created, expires {Format(ttl)}")
            : Due(session, SessionVerdictKind.Expired, $"created, {session.Type}, expired {Format(ttl)}");
    }

    private SessionVerdict ClassifyPartial(UploadSession session, DateTimeOffset? since)
    {
        if (since is null)
        {
            return Invalid(session, $"is partial and has neither {SessionAttributes.MarkedAt} nor a ttl in epoch seconds.");
        }

        return since > now.AddDays(-parameters.PartialRetentionDays)
            ? new(session, SessionVerdictKind.InReview, $"partial since {Format(since)}")
            : Due(session, SessionVerdictKind.ReviewOver, $"partial since {Format(since)}, kept for {parameters.PartialRetentionDays} days");
    }

    private SessionVerdict Due(UploadSession session, SessionVerdictKind kind, string evidence)
    {
        if (!session.Key!.StartsWith(parameters.Prefix, StringComparison.Ordinal))
        {
            return new(session, SessionVerdictKind.OutsidePrefix, evidence);
        }

        // A dry run plans as if the other run had died: if it had, a real run would wait for the lease to end and take over.
        var isClaimed = session.Claim is not null && session.Claim != context.RunId && session.ClaimedAt + ClaimLease > now && !context.DryRun;
        return new(session, isClaimed ? SessionVerdictKind.Claimed : kind, evidence);
    }

    private static string Format(DateTimeOffset? time) => $"{time:yyyy-MM-ddTHH:mm:ssZ}";
}

using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A classifier that judges each session once. A doubtful session is kept.</summary>
internal sealed class SessionClassifier(CleanupContext run, DateTimeOffset now)
{
    /// <summary>
    /// How long a claim keeps other runs away. A batch takes a few seconds. A claim that is taken over while its run still works costs
    /// double work, not data: that run reads its sessions again before each change, and finds that they are no longer its own.
    /// </summary>
    public static readonly TimeSpan ClaimLease = TimeSpan.FromSeconds(20);

    private readonly VideoUploadCleanupParameters _parameters = run.Parameters;
    private readonly HashSet<string> _finished = new(run.Parameters.FinishedStatuses, StringComparer.Ordinal);

    private string KnownStatuses =>
        string.Join(", ", [_parameters.CreatedStatus, _parameters.PartialStatus, .. _parameters.FinishedStatuses]);

    public SessionVerdict Classify(UploadSession session)
    {
        var verdict = Judge(session);
        return verdict.Kind is SessionVerdictKind.Kept or SessionVerdictKind.InReview or SessionVerdictKind.InQuarantine
            or SessionVerdictKind.NotSelected
            ? verdict with { HasDeadClaim = HasDeadClaim(session) }
            : verdict;
    }

    private SessionVerdict Judge(UploadSession session)
    {
        if (session.Status is not { } status)
        {
            return Invalid(session, $"has no {_parameters.StatusAttribute}.");
        }

        if (_finished.Contains(status))
        {
            return new(session, SessionVerdictKind.Kept, $"status {status}");
        }

        if (status != _parameters.CreatedStatus && status != _parameters.PartialStatus)
        {
            return Invalid(session, $"has the unknown status '{status}'. Known: {KnownStatuses}.");
        }

        if (FindDefect(session, out var key) is { } defect)
        {
            return Invalid(session, defect);
        }

        return status == _parameters.CreatedStatus ? ClassifyCreated(session, key.Date) : ClassifyPartial(session, key.Date);
    }

    private static SessionVerdict Invalid(UploadSession session, string defect) =>
        new(session, SessionVerdictKind.Invalid, $"The session {defect} It is left alone; repair or remove it by hand.");

    private static string Format(DateTimeOffset? time) => $"{time:yyyy-MM-ddTHH:mm:ssZ}";

    private string? FindDefect(UploadSession session, out UploadKey key)
    {
        key = default;
        if (session.Key is null)
        {
            return $"has no {_parameters.KeyAttribute}.";
        }

        if (session.Type is not ("single" or "multipart"))
        {
            return $"has the {_parameters.TypeAttribute} '{session.Type}'. Known: single, multipart.";
        }

        // The key must carry the session's own id: a session that points at another upload's object must not delete it.
        return run.Keys.TryRead(session.Key, out key) && key.Session == session.Id
            ? null
            : $"has the key '{session.Key}', which is not the key of an upload of session {session.Id}. "
                + $"The parameter keyPattern is {run.Keys.Text}";
    }

    private bool IsClaimedByAnother(UploadSession session) => session.Claim is not null && session.Claim != run.Context.RunId;

    /// <summary>
    /// A claim that begins further ahead than a claim lasts cannot be from a run, and a run would wait for it without end.
    /// </summary>
    private bool HasLiveClaim(UploadSession session) =>
        IsClaimedByAnother(session) && session.ClaimedAt is { } claimedAt && (now - claimedAt).Duration() < ClaimLease;

    private bool HasDeadClaim(UploadSession session) =>
        IsClaimedByAnother(session) && !HasLiveClaim(session)
        && session.Key?.StartsWith(_parameters.Prefix, StringComparison.Ordinal) == true;

    private SessionVerdict ClassifyCreated(UploadSession session, DateOnly? keyDate)
    {
        if (TtlValidator.FindDefect(session, keyDate, _parameters.TtlAttribute, now) is { } defect)
        {
            return Invalid(session, defect);
        }

        return session.Ttl >= now
            ? new(session, SessionVerdictKind.Kept, $"{session.Status}, expires {Format(session.Ttl)}")
            : Due(session, SessionVerdictKind.Expired, $"{session.Status}, {session.Type}, expired {Format(session.Ttl)}");
    }

    private SessionVerdict ClassifyPartial(UploadSession session, DateOnly? keyDate)
    {
        // The job takes the ttl away when it marks a session. One that is there again is an application's, which has gone on with it.
        if ((session.TtlText is not null || session.MarkedAt is null)
            && TtlValidator.FindDefect(session, keyDate, _parameters.TtlAttribute, now) is { } defect)
        {
            return Invalid(session, $"is partial without {SessionAttributes.MarkedAt}, or was renewed since, and {defect}");
        }

        var since = session.MarkedAt is { } marked && !(session.Ttl > marked) ? marked : session.Ttl;
        return since > now.AddDays(-_parameters.PartialRetentionDays)
            ? new(session, SessionVerdictKind.InReview, $"{session.Status} since {Format(since)}")
            : Due(
                session,
                SessionVerdictKind.ReviewOver,
                $"{session.Status} since {Format(since)}, kept for {_parameters.PartialRetentionDays} days");
    }

    private SessionVerdict Due(UploadSession session, SessionVerdictKind kind, string evidence)
    {
        if (!session.Key!.StartsWith(_parameters.Prefix, StringComparison.Ordinal))
        {
            return new(session, SessionVerdictKind.OutsidePrefix, evidence);
        }

        // The size of its object is not known yet.
        if (!run.Selector.MaySelect(new ItemFacts(session.Key, null, session.Rules)))
        {
            return new(session, SessionVerdictKind.NotSelected, evidence);
        }

        // A dry run plans as if the other run had died: if it had, a real run would wait for the lease to end and take over.
        if (HasLiveClaim(session) && !run.Context.DryRun)
        {
            return new(session, SessionVerdictKind.Claimed, evidence);
        }

        if (!run.QuarantinesExpired)
        {
            return new(session, kind, evidence);
        }

        return session.QuarantinedSince is not { } quarantined
            ? new(session, kind, evidence) { NeedsQuarantine = true }
            : quarantined.AddDays(_parameters.QuarantineDays) > now
                ? new(session, SessionVerdictKind.InQuarantine, evidence)
                : new(session, kind, $"{evidence}, in quarantine since {Format(quarantined)}");
    }
}

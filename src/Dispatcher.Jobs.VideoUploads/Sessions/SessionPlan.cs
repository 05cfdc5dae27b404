using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>What is to become of a session that is due, after a look at the bucket.</summary>
/// <param name="Session">The session.</param>
/// <param name="Action">What is to become of it.</param>
/// <param name="Reason">Why, with the evidence.</param>
internal sealed record SessionPlan(UploadSession Session, SessionAction Action, string Reason)
{
    /// <summary>Gets a value indicating whether there is an open upload to abort.</summary>
    public bool AbortsUpload { get; init; }

    /// <summary>Gets a value indicating whether that upload may have parts: they were kept for review long enough.</summary>
    public bool AbortsParts { get; init; }

    /// <summary>Gets a value indicating whether an object at the session's key is incomplete and goes with it.</summary>
    public bool DeletesObject { get; init; }

    /// <summary>Gets the state of the session's upload.</summary>
    public UploadState Upload { get; init; }

    /// <summary>Gets the object at the session's key, if it was looked at and is to be tagged.</summary>
    public StoredObject? Object { get; init; }

    /// <summary>Gets the object at the session's key, if it was looked at: what taking the plan back compares with.</summary>
    public StoredObject? Found { get; init; }

    /// <summary>Plans to claim a session before its upload is looked at.</summary>
    public static SessionPlan Look(SessionVerdict verdict) => new(verdict.Session, SessionAction.Look, verdict.Evidence);

    /// <summary>Returns the verdict that <see cref="Look"/> was given.</summary>
    public SessionVerdict ToVerdict() => new(Session, SessionVerdictKind.Expired, Reason);

    /// <summary>Describes the first change that the plan leads to.</summary>
    public Change ToChange(string action, string target, string? counter) => new(action, target)
    {
        Reason = Reason,
        Evidence = Session.Seen,
        Counter = counter,
    };

    /// <summary>Describes a further change that the plan leads to.</summary>
    public Change ToFollowUp(string action, string target, string? counter) =>
        ToChange(action, target, counter) with { IsFollowUp = true };
}

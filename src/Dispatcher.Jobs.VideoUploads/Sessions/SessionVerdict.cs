namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>What a session is found to be.</summary>
/// <param name="Session">The session.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Evidence">Why: the reason of the changes that follow from it, or the error.</param>
internal sealed record SessionVerdict(UploadSession Session, SessionVerdictKind Kind, string Evidence)
{
    /// <summary>Gets a value indicating whether the session is to be put into quarantine before anything of it is removed.</summary>
    public bool NeedsQuarantine { get; init; }

    /// <summary>
    /// Gets a value indicating whether the session stays under the claim of a run that has died. An application that respects claims could
    /// never change it again.
    /// </summary>
    public bool HasDeadClaim { get; init; }
}

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>What a session is found to be.</summary>
/// <param name="Session">The session.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Evidence">Why: the reason of the changes that follow from it, or the error.</param>
internal sealed record SessionVerdict(UploadSession Session, SessionVerdictKind Kind, string Evidence)
{
    /// <summary>Gets a value indicating whether the session is to be put into quarantine before anything of it is removed.</summary>
    public bool NeedsQuarantine { get; init; }
}

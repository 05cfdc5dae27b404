using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A session that this run has claimed, on its way to removal.</summary>
/// <param name="plan">The plan, with the session as it was read.</param>
/// <param name="session">The session as it is once claimed.</param>
/// <param name="claimTarget">The name of the claim, for the audit trail.</param>
internal sealed class ClaimedSession(SessionPlan plan, UploadSession session, string claimTarget)
{
    /// <summary>Gets or sets the plan: a session that is claimed before its upload is looked at gets another one then.</summary>
    public SessionPlan Plan { get; set; } = plan;

    public UploadSession Session => session;

    public string Key => session.Key!;

    /// <summary>Gets the change that claims the session.</summary>
    public Change Claiming { get; } = plan.ToChange("dynamodb:UpdateItem", claimTarget, CleanupCounts.SessionsClaimed);

    public ClearedState State { get; set; } = ClearedState.Clear;

    /// <summary>Gets or sets when its upload was looked at under the claim, as a timestamp; <see langword="null"/> if it was not.</summary>
    public long? LookedAt { get; set; }

    /// <summary>Gets or sets the object at its key, if that is to be deleted.</summary>
    public StoredObject? Object { get; set; }

    /// <summary>
    /// Gets or sets what this run has deleted or aborted of it: lost, should the session turn out to be wanted after all.
    /// </summary>
    public string? Destroyed { get; set; }
}

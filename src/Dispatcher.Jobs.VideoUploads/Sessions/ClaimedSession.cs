using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A session that this run has claimed, on its way to removal.</summary>
internal sealed class ClaimedSession(SessionPlan plan)
{
    public SessionPlan Plan { get; } = plan;

    public UploadSession Session => Plan.Session;

    /// <summary>Gets or sets how it stands.</summary>
    public ClearedState State { get; set; } = ClearedState.Clear;

    /// <summary>Gets or sets the object at its key, if that is to be deleted.</summary>
    public StoredObject? Object { get; set; }

    /// <summary>Gets or sets what this run has deleted or aborted of it: lost, should the session turn out to be wanted after all.</summary>
    public string? Destroyed { get; set; }
}

namespace Dispatcher.Changes;

/// <summary>Is what was proposed in one call, from then until its outcome is booked.</summary>
/// <param name="changes">What was proposed.</param>
internal sealed class ChangeBatch(IReadOnlyList<Change> changes)
{
    /// <summary>Gets what was proposed.</summary>
    public IReadOnlyList<Change> Changes { get; } = changes;

    /// <summary>Gets or sets a value indicating whether the audit trail holds it, so that it is never there twice. Only the trail asks.</summary>
    public bool IsAudited { get; set; }
}

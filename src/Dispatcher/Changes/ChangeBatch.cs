namespace Dispatcher.Changes;

/// <summary>The changes proposed in one call, from then until their outcomes are recorded.</summary>
/// <param name="changes">The changes.</param>
internal sealed class ChangeBatch(IReadOnlyList<Change> changes)
{
    /// <summary>Gets the changes.</summary>
    public IReadOnlyList<Change> Changes { get; } = changes;

    /// <summary>Gets or sets the number of the first change in the audit trail, or 0 while the trail does not hold the changes. Only the trail asks.</summary>
    public long FirstNumber { get; set; }

    /// <summary>Gets or sets a value indicating whether the audit trail holds the outcomes, so that it never holds them twice. Only the trail asks.</summary>
    public bool IsAudited { get; set; }
}

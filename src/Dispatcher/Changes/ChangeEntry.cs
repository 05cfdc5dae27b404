namespace Dispatcher.Changes;

/// <summary>The changes proposed in one call, from then until the ledger has their outcomes.</summary>
/// <param name="changes">The changes.</param>
/// <param name="firstNumber">The number of the first change within its run, from 1.</param>
internal sealed class ChangeEntry(IReadOnlyList<Change> changes, long firstNumber)
{
    /// <summary>Gets the changes.</summary>
    public IReadOnlyList<Change> Changes { get; } = changes;

    /// <summary>Gets the number of the first change within its run. The audit trail joins an intent with its outcome by it.</summary>
    public long FirstNumber { get; } = firstNumber;
}

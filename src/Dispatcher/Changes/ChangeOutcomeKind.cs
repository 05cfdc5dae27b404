namespace Dispatcher.Changes;

/// <summary>Says what became of a proposed change.</summary>
public enum ChangeOutcomeKind
{
    /// <summary>A dry run: recorded, not made. Only the gate says so.</summary>
    Planned,

    /// <summary>Made.</summary>
    Applied,

    /// <summary>Not made, because it was no longer right: somebody else was faster. Not an error.</summary>
    Skipped,

    /// <summary>Tried and failed; recorded as an item error.</summary>
    Failed,

    /// <summary>Tried, failed and undone. No item error: the job itself says what failed.</summary>
    RolledBack,

    /// <summary>Tried, and cut off from the answer: made or not, nobody knows. No item error: the job itself says what failed.</summary>
    Unknown,
}

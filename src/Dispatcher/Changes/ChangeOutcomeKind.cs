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
}

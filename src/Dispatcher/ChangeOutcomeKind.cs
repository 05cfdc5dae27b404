namespace Dispatcher;

/// <summary>The outcomes of a proposed change.</summary>
public enum ChangeOutcomeKind
{
    /// <summary>The default value, which no change has: a forgotten outcome is an error, never a success.</summary>
    None,

    /// <summary>Recorded by a dry run, not made. Only the gate returns it.</summary>
    Planned,

    /// <summary>Made.</summary>
    Applied,

    /// <summary>
    /// Not made, because it was no longer right: somebody else was faster. Not an error. After a lost answer it may have been made before:
    /// <see cref="ChangeOutcome.MayHaveBeenMade"/>.
    /// </summary>
    Skipped,

    /// <summary>Not made because of an error; an item error.</summary>
    Failed,

    /// <summary>Made or not: the answer was lost. An item error.</summary>
    Unknown,
}

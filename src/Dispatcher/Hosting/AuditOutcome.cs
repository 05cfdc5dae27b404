namespace Dispatcher.Hosting;

/// <summary>The stages of a change in the audit trail. An entry that is intended is followed by exactly one of the others.</summary>
public enum AuditOutcome
{
    /// <summary>
    /// The change is about to be made. If no other entry follows, the process died: the change may have been made or not.
    /// </summary>
    Intended,

    /// <summary>The change was made.</summary>
    Applied,

    /// <summary>The change was no longer right and was not made.</summary>
    Skipped,

    /// <summary>The change was not made: it was refused, ended with an error, or was rolled back.</summary>
    Failed,

    /// <summary>
    /// The change may have been made or not: the answer was lost, whether the run then failed to make the change or found that somebody
    /// else had gone on meanwhile, or the run ended while the change was under way.
    /// </summary>
    Interrupted,
}

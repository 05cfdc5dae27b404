namespace Dispatcher.Audit;

/// <summary>Says what became of a change that was tried.</summary>
public enum AuditOutcome
{
    /// <summary>It was made.</summary>
    Applied,

    /// <summary>It ended with an error. A refusal or a rollback has changed nothing; where only the answer is missing, as after a timeout, it may have happened.</summary>
    Failed,

    /// <summary>The run ended, or the connection broke in a commit, while it was under way: it may have been made or not.</summary>
    Interrupted,
}

namespace Dispatcher.Audit;

/// <summary>Says what became of a change that was tried.</summary>
public enum AuditOutcome
{
    /// <summary>It was made.</summary>
    Applied,

    /// <summary>It failed: the service refused it.</summary>
    Failed,

    /// <summary>The run ended while it was under way: it may have been made or not.</summary>
    Interrupted,
}

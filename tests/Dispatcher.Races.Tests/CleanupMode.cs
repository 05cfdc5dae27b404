namespace Dispatcher.Races.Tests;

/// <summary>The modes in which a cleanup changes something.</summary>
internal enum CleanupMode
{
    /// <summary>What is expired or without a session is deleted at once.</summary>
    Delete,

    /// <summary>It is marked, and deleted by a run of a week later.</summary>
    Quarantine,
}

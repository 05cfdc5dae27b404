namespace Dispatcher;

/// <summary>The ways in which a run ends.</summary>
public enum JobStatus
{
    /// <summary>All of the work is done.</summary>
    Succeeded,

    /// <summary>The work is done, except for items that failed; each of them is among the errors.</summary>
    Partial,

    /// <summary>A dry run: the changes are listed and none was made.</summary>
    Planned,

    /// <summary>There was no reason to run, for example because the same job is running already.</summary>
    Skipped,

    /// <summary>The run stopped at its deadline in good order; the rest is left for a later run.</summary>
    Continued,

    /// <summary>The work is not done.</summary>
    Failed,

    /// <summary>A person interrupted the run. The changes made before stay, and no metric or alarm counts the run as a failure.</summary>
    Cancelled,
}

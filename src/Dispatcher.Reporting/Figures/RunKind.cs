namespace Dispatcher.Reporting.Figures;

/// <summary>The kinds of runs that a report distinguishes, in stacking order. Every dry run is one kind, however it ended.</summary>
public enum RunKind
{
    /// <summary>All of the work is done.</summary>
    Succeeded,

    /// <summary>Stopped at its deadline in good order; a later run goes on.</summary>
    Continued,

    /// <summary>Done, except for items that failed.</summary>
    Partial,

    /// <summary>Interrupted by a person.</summary>
    Cancelled,

    /// <summary>Not done.</summary>
    Failed,

    /// <summary>There was no reason to run.</summary>
    Skipped,

    /// <summary>Planned, and changed nothing.</summary>
    DryRun,
}

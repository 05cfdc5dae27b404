namespace Dispatcher.Reporting.Figures;

/// <summary>Sorts runs as the report tells them apart, in the order in which they are stacked. Every dry run is one kind, however it ended.</summary>
internal enum RunKind
{
    /// <summary>All of the work is done.</summary>
    Succeeded,

    /// <summary>Stopped at its deadline in good order; a later run goes on.</summary>
    Continued,

    /// <summary>Done, except for items that failed.</summary>
    Partial,

    /// <summary>Not done.</summary>
    Failed,

    /// <summary>There was no reason to run.</summary>
    Skipped,

    /// <summary>Planned, and changed nothing.</summary>
    DryRun,
}

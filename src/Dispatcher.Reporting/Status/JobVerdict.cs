namespace Dispatcher.Reporting.Status;

/// <summary>The verdicts on a job. <see cref="JobVerdicts.All"/> has them in the order of their severity.</summary>
public enum JobVerdict
{
    /// <summary>The last run failed.</summary>
    Failing,

    /// <summary>A run was expected, by the schedule or by the rhythm of the runs before, and did not come.</summary>
    Overdue,

    /// <summary>The last run is done, except for items that failed.</summary>
    Partial,

    /// <summary>No run is known.</summary>
    NeverRan,

    /// <summary>A run is at work, and nothing else is to be said.</summary>
    Running,

    /// <summary>The last run ended well, and none is missing.</summary>
    Well,

    /// <summary>Its schedule is switched off on purpose.</summary>
    Paused,

    /// <summary>Runs of it are known, but neither the tool nor the template knows the job any more.</summary>
    Retired,

    /// <summary>The last run has started, but its end is not recorded, and nothing shows that it is at work.</summary>
    Unfinished,
}

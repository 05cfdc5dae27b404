namespace Dispatcher.Deployment.Schedules;

/// <summary>The effect of a clock change on a fire time.</summary>
public enum FireTimeKind
{
    /// <summary>The schedule fires.</summary>
    Regular,

    /// <summary>The clock shows the time twice that night; the schedule fires the first time only.</summary>
    FirstOfTwo,

    /// <summary>The clock jumps over the time that day; the schedule does not fire.</summary>
    Skipped,
}

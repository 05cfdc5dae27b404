namespace Dispatcher.Deployment.Schedules;

/// <summary>Says what becomes of a time on the clock where the clock is set forward or back.</summary>
internal enum FireTimeKind
{
    /// <summary>The schedule fires.</summary>
    Regular,

    /// <summary>The clock shows the time twice that night; the schedule fires the first time only.</summary>
    FirstOfTwo,

    /// <summary>The clock jumps over the time that day; the schedule does not fire.</summary>
    Skipped,
}

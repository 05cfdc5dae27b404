namespace Dispatcher.Deployment.Schedules;

/// <summary>
/// Functions that convert local times to instants as EventBridge Scheduler does: a time that the clock skips does not fire, one that occurs
/// twice fires the first time. See https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, "Daylight savings time".
/// </summary>
internal static class WallClock
{
    /// <summary>Finds the moment of a time on the clock.</summary>
    /// <param name="time">The time on the clock.</param>
    /// <param name="zone">The time zone of the clock.</param>
    public static FireTime ToFireTime(DateTime time, TimeZoneInfo zone)
    {
        time = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(time))
        {
            return new FireTime(new DateTimeOffset(time, zone.GetUtcOffset(time.AddHours(-3))), FireTimeKind.Skipped);
        }

        return zone.IsAmbiguousTime(time)
            ? new FireTime(new DateTimeOffset(time, zone.GetAmbiguousTimeOffsets(time).Max()), FireTimeKind.FirstOfTwo)
            : new FireTime(new DateTimeOffset(time, zone.GetUtcOffset(time)));
    }
}

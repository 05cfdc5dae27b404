namespace Dispatcher.Deployment.Schedules;

/// <summary>
/// Turns what a clock on the wall shows into a moment, as EventBridge Scheduler does: a time that the clock jumps over is skipped, one that
/// it shows twice counts the first time. See https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, "Daylight savings time".
/// </summary>
internal static class WallClock
{
    /// <summary>Finds the moment of a time on the clock.</summary>
    /// <param name="time">The time on the clock.</param>
    /// <param name="zone">Where the clock hangs.</param>
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

namespace Dispatcher.Deployment.Schedules;

/// <summary>
/// Functions that convert local times to instants as EventBridge Scheduler does: a time that the clock skips does not fire, one that occurs
/// twice fires the first time. See https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, "Daylight savings time".
/// </summary>
internal static class WallClock
{
    /// <summary>The furthest that a clock is behind UTC or ahead of it, and some more.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(15);

    /// <summary>Reads the clock of a zone.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="zone">The time zone of the clock.</param>
    public static DateTime At(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(moment.UtcDateTime + OffsetAt(moment.UtcDateTime, zone), DateTimeKind.Unspecified);

    /// <summary>Finds the moment of a time on the clock.</summary>
    /// <param name="time">The time on the clock.</param>
    /// <param name="zone">The time zone of the clock.</param>
    public static FireTime ToFireTime(DateTime time, TimeZoneInfo zone)
    {
        // IsInvalidTime and IsAmbiguousTime mistake the clock changes of zones whose daylight saving time is in winter, such as
        // Europe/Dublin. The offset of an instant is right, so that the instants are tried that may show this time.
        var before = OffsetAt(time - Furthest, zone);
        var after = OffsetAt(time + Furthest, zone);
        var isBefore = Shows(time, before, zone);
        if (isBefore || !Shows(time, after, zone))
        {
            var kind = !isBefore ? FireTimeKind.Skipped
                : before != after && Shows(time, after, zone) ? FireTimeKind.FirstOfTwo
                : FireTimeKind.Regular;
            return new FireTime(new DateTimeOffset(time, before), kind);
        }

        return new FireTime(new DateTimeOffset(time, after));
    }

    /// <summary>Determines whether the clock shows a time at the instant that an offset makes of it.</summary>
    private static bool Shows(DateTime time, TimeSpan offset, TimeZoneInfo zone) => OffsetAt(time - offset, zone) == offset;

    private static TimeSpan OffsetAt(DateTime utc, TimeZoneInfo zone) => zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}

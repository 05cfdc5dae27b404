namespace Dispatcher.Reporting.Figures;

/// <summary>
/// Functions over the clock of a time zone. They use the offsets of instants: <see cref="TimeZoneInfo.IsInvalidTime"/> and
/// <see cref="TimeZoneInfo.IsAmbiguousTime(DateTime)"/> mistake zones whose daylight saving time is in winter, such as Europe/Dublin.
/// </summary>
internal static class LocalClock
{
    /// <summary>The furthest that a clock is behind UTC or ahead of it, and some more.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(15);

    /// <summary>
    /// Finds the start of a date: later than midnight if the clock skips midnight, the first midnight if it occurs twice.
    /// </summary>
    /// <param name="date">The date.</param>
    /// <param name="zone">The time zone.</param>
    /// <returns>The moment, in UTC.</returns>
    public static DateTimeOffset StartOf(DateTime date, TimeZoneInfo zone) => OffsetsAround(date, zone)
        .Select(offset => new DateTimeOffset(date, offset).ToUniversalTime())
        .Order()
        .First(start => TimeZoneInfo.ConvertTime(start, zone).Date == date.Date);

    /// <summary>Determines whether the clock shows the time of a moment at another moment, too.</summary>
    /// <param name="moment">The moment, with the zone's offset.</param>
    /// <param name="zone">The time zone.</param>
    public static bool ShowsTwice(DateTimeOffset moment, TimeZoneInfo zone) => Array.Exists(
        OffsetsAround(moment.DateTime, zone),
        offset => offset != moment.Offset && zone.GetUtcOffset(new DateTimeOffset(moment.DateTime, offset)) == offset);

    /// <summary>Gets the offsets before and after a change of the clock near a time, or the same one twice.</summary>
    private static TimeSpan[] OffsetsAround(DateTime time, TimeZoneInfo zone)
    {
        var near = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), TimeSpan.Zero);
        return [zone.GetUtcOffset(near - Furthest), zone.GetUtcOffset(near + Furthest)];
    }
}

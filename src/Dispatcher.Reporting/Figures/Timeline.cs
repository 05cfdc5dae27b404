using System.Globalization;

namespace Dispatcher.Reporting.Figures;

/// <summary>A period divided into steps in one time zone: hours up to two days, days up to ninety, weeks beyond.</summary>
public sealed class Timeline
{
    private static readonly TimeSpan LongestInHours = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongestInDays = TimeSpan.FromDays(90);

    private readonly DateTimeOffset[] _starts;

    private Timeline(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone, TimelineUnit unit, DateTimeOffset[] starts)
    {
        (From, Until, Zone, Unit) = (from, until, zone, unit);
        _starts = starts;
    }

    /// <summary>Gets the beginning of the period.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Gets the end of the period.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Gets whose days and hours they are.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Gets how long a step is.</summary>
    public TimelineUnit Unit { get; }

    /// <summary>Gets how many steps there are, the first and the last often cut short by the period.</summary>
    public int Count => _starts.Length;

    /// <summary>Divides a period.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="until">Its end.</param>
    /// <param name="zone">Whose days and hours to use.</param>
    /// <returns>The steps.</returns>
    public static Timeline Create(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        var unit = (until - from) switch
        {
            var period when period <= LongestInHours => TimelineUnit.Hour,
            var period when period <= LongestInDays => TimelineUnit.Day,
            _ => TimelineUnit.Week,
        };
        var starts = new List<DateTimeOffset>();
        for (var start = Floor(from, zone, unit); start < until || starts.Count == 0; start = Next(start, zone, unit))
        {
            starts.Add(start);
        }

        return new Timeline(from, until, zone, unit, [.. starts]);
    }

    /// <summary>Finds the step of a moment.</summary>
    /// <param name="moment">The moment; one outside of the period counts to the nearest step.</param>
    /// <returns>The step's index.</returns>
    public int IndexOf(DateTimeOffset moment)
    {
        var index = Array.BinarySearch(_starts, moment);
        return Math.Max(0, index >= 0 ? index : ~index - 1);
    }

    /// <summary>Gets when a step begins.</summary>
    /// <param name="index">The step.</param>
    /// <returns>The moment, with the zone's offset.</returns>
    public DateTimeOffset StartOf(int index) => TimeZoneInfo.ConvertTime(_starts[index], Zone);

    /// <summary>Names a step.</summary>
    /// <param name="index">The step.</param>
    /// <returns><c>Sun 22 Nov 2026</c>, with the hour, or after <c>week of</c>.</returns>
    public string Name(int index)
    {
        var start = StartOf(index);
        return Unit switch
        {
            TimelineUnit.Hour when LocalClock.ShowsTwice(start, Zone) => Format(start, "ddd d MMM yyyy, HH:mm (zzz)"),
            TimelineUnit.Hour => Format(start, "ddd d MMM yyyy, HH:mm"),
            TimelineUnit.Day => Format(start, "ddd d MMM yyyy"),
            _ => $"week of {Format(start, "d MMM yyyy")}",
        };
    }

    /// <summary>Writes a moment in the zone.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="format">How.</param>
    /// <returns>The text, in English.</returns>
    public string Format(DateTimeOffset moment, string format = "d MMM yyyy, HH:mm") =>
        TimeZoneInfo.ConvertTime(moment, Zone).ToString(format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Floor(DateTimeOffset moment, TimeZoneInfo zone, TimelineUnit unit)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return unit switch
        {
            TimelineUnit.Hour => local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour)).ToUniversalTime(),
            TimelineUnit.Day => LocalClock.StartOf(local.Date, zone),
            _ => LocalClock.StartOf(MondayOf(local.Date), zone),
        };
    }

    private static DateTimeOffset Next(DateTimeOffset start, TimeZoneInfo zone, TimelineUnit unit)
    {
        var date = TimeZoneInfo.ConvertTime(start, zone).Date;
        return unit switch
        {
            TimelineUnit.Hour => start.AddHours(1),
            TimelineUnit.Day => LocalClock.StartOf(date.AddDays(1), zone),
            _ => LocalClock.StartOf(MondayOf(date).AddDays(7), zone),
        };
    }

    private static DateTime MondayOf(DateTime date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
}

using System.Globalization;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>Formats of a run's times and status.</summary>
/// <param name="utc">Whether times are in UTC and not in local time.</param>
internal sealed class RunFormat(bool utc)
{
    /// <summary>Writes a time to the minute.</summary>
    /// <param name="time">The time.</param>
    /// <returns><c>2026-11-22 03:00</c>.</returns>
    public string Minute(DateTimeOffset time) => InZone(time).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Writes a time to the minute without its year, for narrow terminals.</summary>
    /// <param name="time">The time.</param>
    /// <returns><c>11-22 03:00</c>.</returns>
    public string ShortMinute(DateTimeOffset time) => InZone(time).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Writes a time to the millisecond, with its offset.</summary>
    /// <param name="time">The time.</param>
    /// <returns><c>2026-11-22 03:00:00.123 +01:00</c>.</returns>
    public string Exact(DateTimeOffset time) =>
        InZone(time).ToString(utc ? "yyyy-MM-dd HH:mm:ss.fff 'UTC'" : "yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);

    /// <summary>Gives a status its colour.</summary>
    /// <param name="status">How a run ended.</param>
    /// <returns>The colour, which reads on light and dark terminals alike.</returns>
    public static Color ColorOf(JobStatus status) => status switch
    {
        JobStatus.Succeeded => Color.Green,
        JobStatus.Planned => Color.Teal,
        JobStatus.Failed => Color.Red,
        JobStatus.Partial or JobStatus.Cancelled => Color.Olive,
        _ => Color.Default,
    };

    /// <summary>Writes a status as it is given to <c>--status</c>.</summary>
    /// <param name="status">How a run ended.</param>
    /// <returns><c>failed</c>.</returns>
    public static string Format(JobStatus status) => status.ToString().ToLowerInvariant();

    private DateTimeOffset InZone(DateTimeOffset time) => utc ? time.ToUniversalTime() : time.ToLocalTime();
}

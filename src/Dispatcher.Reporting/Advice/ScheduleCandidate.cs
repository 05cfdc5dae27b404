using System.Globalization;

namespace Dispatcher.Reporting.Advice;

/// <summary>A schedule with a fixed time between two runs, counted from midnight on a Monday in UTC.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="Interval">The time between two runs.</param>
/// <param name="Phase">The first run.</param>
internal sealed record ScheduleCandidate(string Expression, TimeSpan Interval, TimeSpan Phase)
{
    private static readonly DateTimeOffset AnyMonday = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Days = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
    private static readonly int[] Minutes = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
    private static readonly int[] Hours = [1, 2, 3, 4, 6, 8, 12];

    /// <summary>Gets every candidate, the most frequent first.</summary>
    public static IReadOnlyList<ScheduleCandidate> All { get; } =
    [
        .. Minutes.Select(static minutes => new ScheduleCandidate(
            Text($"cron(0/{minutes} * * * ? *)"), TimeSpan.FromMinutes(minutes), TimeSpan.Zero)),
        .. from hours in Hours
           from phase in Enumerable.Range(0, hours)
           select new ScheduleCandidate(
               hours == 1 ? "cron(0 * * * ? *)" : Text($"cron(0 {phase}/{hours} * * ? *)"),
               TimeSpan.FromHours(hours),
               TimeSpan.FromHours(phase)),
        .. Enumerable.Range(0, 24).Select(static hour => new ScheduleCandidate(
            Text($"cron(0 {hour} * * ? *)"), TimeSpan.FromDays(1), TimeSpan.FromHours(hour))),
        .. from day in Enumerable.Range(0, 7)
           from hour in Enumerable.Range(0, 24)
           select new ScheduleCandidate(
               Text($"cron(0 {hour} ? * {Days[day]} *)"), TimeSpan.FromDays(7), TimeSpan.FromHours((day * 24) + hour)),
    ];

    /// <summary>Computes how long work of a time waits for the next run.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The wait.</returns>
    public TimeSpan WaitFrom(DateTimeOffset time)
    {
        var since = (time - AnyMonday - Phase).Ticks % Interval.Ticks;
        return since == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(since < 0 ? -since : Interval.Ticks - since);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

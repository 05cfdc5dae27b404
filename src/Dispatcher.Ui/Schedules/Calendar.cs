using Dispatcher.Deployment.Inspection;
using Dispatcher.Reporting.Figures;

namespace Dispatcher.Ui.Schedules;

/// <summary>The starts of the next days, as the template schedules them.</summary>
/// <param name="Days">The days, beginning with today.</param>
internal sealed record Calendar(IReadOnlyList<CalendarDay> Days)
{
    private const int DayCount = 7;

    /// <summary>A job that starts more often on a day is summed up.</summary>
    private const int MostTimes = 4;

    /// <summary>Once a minute is the most often, and a day may have 25 hours.</summary>
    private const int MostStarts = DayCount * 25 * 60;

    /// <summary>Creates a calendar.</summary>
    /// <param name="jobs">What starts jobs.</param>
    /// <param name="now">The current time.</param>
    /// <param name="zone">The zone of its days.</param>
    /// <returns>The calendar.</returns>
    public static Calendar Create(IEnumerable<JobTrigger> jobs, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var end = LocalClock.StartOf(today.AddDays(DayCount), zone);
        var starts = jobs.Where(static job => job.Runs)
            .SelectMany(job => job.Trigger.FiresAfter(now).Take(MostStarts).TakeWhile(at => at < end)
                .Select(at => new CalendarEntry(TimeZoneInfo.ConvertTime(at, zone), job)))
            .ToLookup(static entry => entry.At.Date);
        return new Calendar(
            [.. Enumerable.Range(0, DayCount).Select(day => today.AddDays(day)).Select(
                date => CreateDay(TimeZoneInfo.ConvertTime(LocalClock.StartOf(date, zone), zone), starts[date]))]);
    }

    private static CalendarDay CreateDay(DateTimeOffset begin, IEnumerable<CalendarEntry> starts)
    {
        var byJob = starts.GroupBy(static entry => entry.Job).Select(static group => group.ToList()).ToList();
        return new CalendarDay(
            begin,
            [.. byJob.Where(static entries => entries.Count <= MostTimes).SelectMany(static entries => entries)
                .OrderBy(static entry => entry.At).ThenBy(static entry => entry.Job.Job, StringComparer.Ordinal)],
            [.. byJob.Where(static entries => entries.Count > MostTimes)
                .Select(static entries => new FrequentEntry(entries[0].Job, entries.Count, entries[0].At, entries[^1].At))
                .OrderBy(static entry => entry.Job.Job, StringComparer.Ordinal)]);
    }
}

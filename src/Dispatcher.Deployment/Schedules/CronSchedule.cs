namespace Dispatcher.Deployment.Schedules;

/// <summary>A valid <c>cron(minutes hours day-of-month month day-of-week year)</c> expression.</summary>
/// <param name="fields">The six fields, in capitals.</param>
internal sealed class CronSchedule(IReadOnlyList<string> fields) : ScheduleExpression
{
    private readonly CronDays _days = new(fields[CronField.DayOfMonth], fields[CronField.DayOfWeek]);
    private readonly IReadOnlyList<int> _minutes = Read(fields, 0);
    private readonly IReadOnlyList<int> _hours = Read(fields, 1);
    private readonly IReadOnlyList<int> _months = Read(fields, 3);
    private readonly IReadOnlyList<int> _years = Read(fields, 5);

    /// <inheritdoc />
    public override string? Describe() => CronDescription.Describe(fields);

    /// <inheritdoc />
    public override IEnumerable<FireTime> After(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset? start)
    {
        var last = start > moment ? start.Value.AddTicks(-1) : moment;
        var wall = WallClock.At(last, zone);
        return from time in TimesFrom(wall)
            let fire = WallClock.ToFireTime(time, zone)
            where fire.At > last
            select fire;
    }

    private static IReadOnlyList<int> Read(IReadOnlyList<string> fields, int place) => CronValues.Read(CronField.All[place], fields[place]);

    /// <summary>Lists the times on a clock that is never set.</summary>
    private IEnumerable<DateTime> TimesFrom(DateTime wall) =>
        from date in DatesFrom(wall.Date)
        from hour in _hours
        from minute in _minutes
        let time = date.AddMinutes(hour * 60 + minute)
        where time >= wall
        select time;

    private IEnumerable<DateTime> DatesFrom(DateTime first) =>
        from year in _years
        where year >= first.Year
        from month in _months
        from day in Enumerable.Range(1, DateTime.DaysInMonth(year, month))
        let date = new DateTime(year, month, day)
        where date >= first && _days.Contains(date)
        select date;
}

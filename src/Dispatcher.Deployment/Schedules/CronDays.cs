namespace Dispatcher.Deployment.Schedules;

/// <summary>The days that the two day fields of a valid cron expression select.</summary>
internal sealed class CronDays
{
    private const int DaysOfAWeek = 7;

    private readonly Func<DateTime, bool> _contains;

    /// <summary>Reads the fields.</summary>
    /// <param name="day">The day of the month.</param>
    /// <param name="weekday">The day of the week.</param>
    public CronDays(string day, string weekday) => _contains = day == "?" ? ReadWeekday(weekday) : ReadDay(day);

    /// <summary>Determines whether a day is selected.</summary>
    /// <param name="date">The day.</param>
    public bool Contains(DateTime date) => _contains(date);

    private static Func<DateTime, bool> ReadDay(string text)
    {
        if (text == "L")
        {
            return static date => date.Day == DaysOf(date);
        }

        if (text == "LW")
        {
            return static date => date.Day == NearestWorkday(date, DaysOf(date));
        }

        var field = CronField.All[CronField.DayOfMonth];
        if (text is [.. var wanted, 'W'])
        {
            var day = CronValues.Read(field, wanted)[0];
            return date => day <= DaysOf(date) && date.Day == NearestWorkday(date, day);
        }

        var days = CronValues.Read(field, text);
        return date => days.Contains(date.Day);
    }

    private static Func<DateTime, bool> ReadWeekday(string text)
    {
        var field = CronField.All[CronField.DayOfWeek];
        if (text.Split('#') is [var counted, [var count]])
        {
            var weekday = CronValues.Read(field, counted)[0];
            return date => NumberOf(date.DayOfWeek) == weekday && (date.Day - 1) / DaysOfAWeek == count - '1';
        }

        // L alone is the last day of the week: Saturday.
        if (text is [_, .., 'L'])
        {
            var weekday = CronValues.Read(field, text[..^1])[0];
            return date => NumberOf(date.DayOfWeek) == weekday && date.Day + DaysOfAWeek > DaysOf(date);
        }

        var weekdays = text == "L" ? [DaysOfAWeek] : CronValues.Read(field, text);
        return date => weekdays.Contains(NumberOf(date.DayOfWeek));
    }

    /// <summary>Finds the day from Monday to Friday that is nearest to a day, within its month.</summary>
    private static int NearestWorkday(DateTime month, int day) => new DateTime(month.Year, month.Month, day).DayOfWeek switch
    {
        DayOfWeek.Saturday => day == 1 ? day + 2 : day - 1,
        DayOfWeek.Sunday => day == DaysOf(month) ? day - 2 : day + 1,
        _ => day,
    };

    private static int NumberOf(DayOfWeek weekday) => (int)weekday + 1;

    private static int DaysOf(DateTime month) => DateTime.DaysInMonth(month.Year, month.Month);
}

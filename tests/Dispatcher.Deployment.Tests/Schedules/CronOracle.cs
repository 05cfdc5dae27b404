namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>
/// A slow reading of AWS's description of cron expressions, by trying every day, hour and minute:
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html.
/// </summary>
/// <param name="expression">The expression, with its parentheses.</param>
internal sealed class CronOracle(string expression)
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly string[] _fields = expression["cron(".Length..^1].ToUpperInvariant().Split(' ');

    /// <summary>Lists the times of some days, on a clock that is never set.</summary>
    public IEnumerable<DateTime> Times(DateTime from, int days)
    {
        for (var day = from.Date; day < from.Date.AddDays(days); day = day.AddDays(1))
        {
            if (!Selects(5, day.Year, 1970, 2199) || !Selects(3, day.Month, 1, 12, Months) || !SelectsDay(day))
            {
                continue;
            }

            for (var minute = 0; minute < 24 * 60; minute++)
            {
                if (Selects(1, minute / 60, 0, 23) && Selects(0, minute % 60, 0, 59) && day.AddMinutes(minute) > from)
                {
                    yield return day.AddMinutes(minute);
                }
            }
        }
    }

    private bool SelectsDay(DateTime day)
    {
        var (ofMonth, ofWeek) = (_fields[2].TrimEnd(','), _fields[4].TrimEnd(','));
        var weekday = Weekdays[(int)day.DayOfWeek];
        var month = Enumerable.Range(1, DateTime.DaysInMonth(day.Year, day.Month))
            .Select(number => new DateTime(day.Year, day.Month, number)).ToList();
        if (ofMonth != "?")
        {
            return ofMonth switch
            {
                "L" => day == month[^1],
                "LW" => day == month.Last(IsWorkday),
                [.., 'W'] when int.Parse(ofMonth[..^1], null) is var wanted => wanted <= month.Count
                    && day == month.Where(IsWorkday).MinBy(candidate => Math.Abs(candidate.Day - wanted)),
                _ => Selects(2, day.Day, 1, 31),
            };
        }

        var same = month.Where(other => other.DayOfWeek == day.DayOfWeek).ToList();
        return ofWeek switch
        {
            "L" => weekday == "SAT",
            [.. var name, 'L'] => IsWeekday(name, weekday) && day == same[^1],
            [.. var name, '#', var count] => IsWeekday(name, weekday) && same.Count > count - '1' && day == same[count - '1'],
            _ => Selects(4, (int)day.DayOfWeek + 1, 1, 7, Weekdays),
        };
    }

    private static bool IsWorkday(DateTime day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static bool IsWeekday(string text, string weekday) => text == weekday || text == $"{Array.IndexOf(Weekdays, weekday) + 1}";

    private bool Selects(int field, int value, int least, int most, string[]? names = null)
    {
        return _fields[field].Split(',', StringSplitOptions.RemoveEmptyEntries).Any(item =>
        {
            var (range, step) = item.Split('/') is [var before, var after] ? (before, int.Parse(after, null)) : (item, 0);
            if (range is "*" or "?")
            {
                return step == 0 || (value - least) % step == 0;
            }

            var ends = range.Split('-');
            var first = Number(ends[0]);
            var last = ends.Length == 2 ? Number(ends[1]) : step > 0 ? most : first;
            var values = new List<int>();
            for (var next = first; ; next = next == most ? least : next + 1)
            {
                values.Add(next);
                if (next == last)
                {
                    break;
                }
            }

            return values.Where((_, index) => step == 0 || index % step == 0).Contains(value);
        });

        int Number(string text) =>
            names is not null && Array.IndexOf(names, text) is >= 0 and var index ? least + index : int.Parse(text, null);
    }
}

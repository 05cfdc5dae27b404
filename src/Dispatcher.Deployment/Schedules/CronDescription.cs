using System.Globalization;

namespace Dispatcher.Deployment.Schedules;

/// <summary>Descriptions of common cron expressions in words.</summary>
internal static class CronDescription
{
    /// <summary>Describes an expression.</summary>
    /// <param name="fields">Its six fields.</param>
    /// <returns><c>every day at 00:05</c>; <see langword="null"/> if the expression is not a common one.</returns>
    public static string? Describe(IReadOnlyList<string> fields)
    {
        if (fields is not [var minutes, var hours, var day, var month, var weekday, "*"] || month != "*" || DescribeTime(
            minutes, hours) is not { } time)
        {
            return null;
        }

        return (day, weekday) switch
        {
            ("*" or "?", "*" or "?") => time.StartsWith("at", StringComparison.Ordinal) ? $"every day {time}" : time,
            ("?", _) when DescribeWeekdays(weekday) is { } days => $"{time}, {days}",
            ("L", "?") => $"{time}, on the last day of the month",
            (_, "?") when int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                $"{time}, on day {number} of the month",
            _ => null,
        };
    }

    private static string? DescribeTime(string minutes, string hours)
    {
        if (int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minute))
        {
            return hours == "*"
                ? minute == 0 ? "every hour" : $"every hour at {minute} past"
                : int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) ? $"at {hour:00}:{minute:00}" : null;
        }

        return hours != "*" ? null : minutes switch
        {
            "*" or "*/1" or "0/1" => "every minute",
            ['*' or '0', '/', .. var step] when DividesTheHour(step) => $"every {step} minutes",
            _ => null,
        };
    }

    /// <summary>Determines whether the step continues across hours. A list such as <c>0/5,30</c> is not a step.</summary>
    private static bool DividesTheHour(string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 && 60 % minutes == 0;

    private static string? DescribeWeekdays(string weekday)
    {
        var field = CronField.All[CronField.DayOfWeek];
        var days = weekday.Split(',').Select(item => item.Split('-').Select(part => field.Read(part)).ToList()).ToList();
        return days.TrueForAll(range => range.TrueForAll(day => day is not null))
            ? string.Join(", ", days.Select(range => string.Join(" to ", range.Select(day => field.Format(day!.Value)))))
            : null;
    }
}

using System.Globalization;

namespace Dispatcher.Deployment.Schedules;

/// <summary>A reader of <c>cron(…)</c> by the AWS grammar.</summary>
/// <param name="resource">The resource with the expression.</param>
/// <param name="findings">Receives every problem.</param>
internal sealed class CronReader(string resource, FindingCollection findings)
{
    private const string Order = "minutes hours day-of-month month day-of-week year";

    /// <summary>Reads the content of the parentheses.</summary>
    public CronSchedule? Read(string content)
    {
        var fields = content.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronField.All.Count)
        {
            findings.Error(resource, $"cron({content}) has {fields.Length} fields, but AWS reads six: {Order}. {Suggest(fields)}");
            return null;
        }

        // AWS reads 'cron(0/5, 9-18, ?, *, MON-FRI, *)' as if the commas were not there.
        var written = fields;
        fields = [.. written.Select(field => field is [.. var text, ','] ? text : field)];
        var problems = new List<string>();
        foreach (var (field, text) in CronField.All.Zip(fields))
        {
            new CronFieldValidator(field, text, problems).Check();
        }

        CheckDays(fields[CronField.DayOfMonth], fields[CronField.DayOfWeek], problems);
        problems.ForEach(problem => findings.Error(resource, $"cron({content}) is not valid. {problem}"));
        if (problems.Count > 0)
        {
            return null;
        }

        if (!written.SequenceEqual(fields))
        {
            findings.Warning(resource, $"cron({content}) has a comma at the end of a field. AWS ignores it; remove it.");
        }

        WarnOfPitfalls(content, fields);
        return new CronSchedule([.. fields.Select(field => field.ToUpperInvariant())]);
    }

    private static void CheckDays(string day, string weekday, List<string> problems)
    {
        if (day != "?" && weekday != "?")
        {
            problems.Add((day, weekday) switch
            {
                ("*", _) => $"Both day fields are set. Write ? for the day of the month: ? * {weekday}.",
                (_, "*") => $"Both day fields are set. Write ? for the day of the week: {day} * ?.",
                _ => $"Both day fields are set ({day} and {weekday}), and AWS reads one. Write ? in the other, or create two schedules.",
            });
        }
        else if (day == "?" && weekday == "?")
        {
            problems.Add("Both day fields are ?. Write * in one of them for every day.");
        }
    }

    private static string Suggest(string[] fields) => fields switch
    {
        [_, _, _, _, _] => $"Write {FromUnix(fields)}.",
        [_, _, _, _, _, _, _] => "EventBridge cron has no seconds field; remove the first field.",
        _ => "For example cron(0 3 * * ? *): every day at 03:00.",
    };

    /// <summary>Translates the five fields of Unix, which has no year and sets both day fields.</summary>
    public static string FromUnix(string[] fields) => fields switch
    {
        [var minutes, var hours, var day, var month, "*" or "?"] => $"cron({minutes} {hours} {(day == "?" ? "*" : day)} {month} ? *)",
        [var minutes, var hours, _, var month, var weekday] => $"cron({minutes} {hours} ? {month} {FromUnix(weekday)} *)",
        _ => throw new ArgumentException("There are not five fields.", nameof(fields)),
    };

    /// <summary>Unix counts the days of the week from 0, AWS from 1.</summary>
    private static string FromUnix(string weekday) => string.Concat(weekday.Select(character =>
        character is >= '0' and <= '7' ? CronField.All[CronField.DayOfWeek].Names[(character - '0') % 7] : $"{character}"));

    private void WarnOfPitfalls(string content, string[] fields)
    {
        if (fields[CronField.DayOfWeek] == "1-5")
        {
            findings.Warning(
                resource, $"cron({content}) runs from Sunday to Thursday: AWS counts 1 as SUN. For Monday to Friday write MON-FRI.");
        }

        if (fields[0] == "*" && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var hour))
        {
            findings.Warning(resource,
                $"cron({content}) fires 60 times, from {hour:00}:00 to {hour:00}:59. For once at {hour:00}:00 write 0 for the minutes.");
        }
    }
}

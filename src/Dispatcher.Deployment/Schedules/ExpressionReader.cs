using System.Globalization;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Schedules;

/// <summary>Reads a schedule expression, or says what is wrong with it and what to write.</summary>
/// <param name="resource">Whose expression it is.</param>
/// <param name="findings">Takes everything that is wrong with it.</param>
internal sealed partial class ExpressionReader(string resource, Findings findings)
{
    private const string AtFormat = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Reads an expression.</summary>
    /// <param name="text">Such as <c>rate(1 hour)</c>.</param>
    /// <param name="host">Who is to understand it.</param>
    /// <returns>The expression, or <see langword="null"/> where AWS would refuse it.</returns>
    public ScheduleExpression? Read(string text, ExpressionHost host)
    {
        var match = Call().Match(text);
        switch (match.Success ? match.Groups["name"].Value : null)
        {
            case "rate":
                return ReadRate(match.Groups["content"].Value);
            case "cron":
                return new CronReader(resource, findings).Read(match.Groups["content"].Value.Trim());
            case "at" when host == ExpressionHost.Scheduler:
                return ReadAt(match.Groups["content"].Value);
            case "at":
                findings.Error(resource, $"'{JsonText.Shorten(text)}' fires once, which a rule cannot. Make it an AWS::Scheduler::Schedule.");
                return null;
            default:
                findings.Error(resource, $"'{JsonText.Shorten(text.Trim())}' is not a schedule expression. {ScheduleAdvice.For(text, host)}");
                return null;
        }
    }

    /// <summary>Determines whether a text has the form of an expression, whatever is between its parentheses.</summary>
    public static bool HasForm(string text) =>
        Call().Match(text) is { Success: true } match && match.Groups["name"].Value is "rate" or "cron" or "at";

    private RateExpression? ReadRate(string content)
    {
        string Name() => $"rate({JsonText.Shorten(content)})";
        if (content.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var number, var unit])
        {
            findings.Error(resource, $"{Name()} is not a value and a unit. Write rate(1 hour) or rate(5 minutes).");
            return null;
        }

        var singular = unit.EndsWith('s') ? unit[..^1] : unit;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
        {
            findings.Error(resource, $"{Name()} has the value '{number}'. Write a whole number from 1 on, such as rate(1 {singular}).");
            return null;
        }

        if (!RateExpression.Units.ContainsKey(singular))
        {
            findings.Error(resource, $"{Name()} has the unit '{unit}'. {ExplainUnit(value, singular)}");
            return null;
        }

        var right = value == 1 ? singular : $"{singular}s";
        if (unit != right)
        {
            findings.Error(resource, $"{Name()} has the wrong form of its unit. AWS takes the singular for 1 only: write rate({value} {right}).");
            return null;
        }

        // Further ahead than any calendar of .NET, and than anyone plans.
        if (RateExpression.Units[singular].TotalDays * value > 36_500)
        {
            findings.Error(resource, $"{Name()} is longer than a century. Write a shorter interval.");
            return null;
        }

        return new RateExpression(value, singular);
    }

    private static string ExplainUnit(int value, string unit) => unit switch
    {
        "second" => "Once a minute is the most often: write rate(1 minute).",
        "week" => $"There are minutes, hours and days: write rate({(long)value * 7} days).",
        "month" or "year" => "There are minutes, hours and days; for months write cron(0 3 1 * ? *): on the first of each, at 03:00.",
        _ => $"There are minutes, hours and days.{Nearest.Hint(unit, RateExpression.Units.Keys)}",
    };

    private OnceExpression? ReadAt(string content)
    {
        if (DateTime.TryParseExact(content.Trim(), AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new OnceExpression(time);
        }

        findings.Error(resource, $"at({JsonText.Shorten(content)}) is no time. Write at(2026-11-22T03:00:00), without an offset: the schedule's time zone counts.");
        return null;
    }

    [GeneratedRegex(@"^(?<name>[a-z]+)\((?<content>[^()]*)\)\z")]
    private static partial Regex Call();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Schedules;

/// <summary>A reader of schedule expressions, which reports what is wrong with an invalid one and what to write instead.</summary>
/// <param name="resource">The resource with the expression.</param>
/// <param name="findings">Receives every problem.</param>
internal sealed partial class ExpressionReader(string resource, FindingCollection findings)
{
    private const string AtFormat = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Reads an expression.</summary>
    /// <param name="text">Such as <c>rate(1 hour)</c>.</param>
    /// <param name="host">The service that evaluates it.</param>
    /// <returns>The expression, or <see langword="null"/> if AWS would reject it.</returns>
    public ScheduleExpression? Read(string text, ExpressionHost host)
    {
        var match = Call().Match(text);
        switch (match.Success ? match.Groups["name"].Value : null)
        {
            case "rate":
                return ReadRate(match.Groups["content"].Value, host);
            case "cron":
                return new CronReader(resource, findings).Read(match.Groups["content"].Value.Trim());
            case "at" when host == ExpressionHost.Scheduler:
                return ReadAt(match.Groups["content"].Value);
            case "at":
                findings.Error(
                    resource, $"'{PayloadText.Shorten(text)}' fires once, which a rule does not support. Use an AWS::Scheduler::Schedule.");
                return null;
            default:
                findings.Error(
                    resource, $"'{PayloadText.Shorten(text.Trim())}' is not a schedule expression. {ScheduleAdvice.For(text, host)}");
                return null;
        }
    }

    /// <summary>Determines whether a text has the form of an expression, whatever is between its parentheses.</summary>
    public static bool HasForm(string text) =>
        Call().Match(text) is { Success: true } match && match.Groups["name"].Value is "rate" or "cron" or "at";

    private RateExpression? ReadRate(string content, ExpressionHost host)
    {
        string Name() => $"rate({PayloadText.Shorten(content)})";
        if (content.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var number, var unit])
        {
            findings.Error(resource, $"{Name()} is not a value and a unit. Write rate(1 hour) or rate(5 minutes).");
            return null;
        }

        var singular = unit.EndsWith('s') ? unit[..^1] : unit;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
        {
            findings.Error(resource, $"{Name()} has the value '{number}'. Write a whole number of at least 1, such as rate(1 {singular}).");
            return null;
        }

        if (!RateExpression.Units.ContainsKey(singular))
        {
            findings.Error(resource, $"{Name()} has the unit '{unit}'. {ExplainUnit(value, singular)}");
            return null;
        }

        var right = value == 1 ? singular : $"{singular}s";
        if (host == ExpressionHost.Rule && unit != right)
        {
            findings.Error(
                resource, $"{Name()} has the wrong form of its unit. A rule accepts the singular only for 1: write rate({value} {right}).");
            return null;
        }

        // Further ahead than any calendar of .NET, and than anyone plans.
        if (RateExpression.Units[singular].TotalDays * value > 36_500)
        {
            findings.Error(resource, $"{Name()} is longer than a century. Write a shorter interval.");
            return null;
        }

        return new RateExpression(value, singular, host);
    }

    private static string ExplainUnit(int value, string unit) => unit switch
    {
        "second" => "The shortest interval is a minute: write rate(1 minute).",
        "week" => $"The units are minutes, hours and days: write rate({(long)value * 7} days).",
        "month" or "year" => "The units are minutes, hours and days; for months write cron(0 3 1 * ? *): on the first of each, at 03:00.",
        _ => $"The units are minutes, hours and days.{SpellingSuggester.DidYouMean(unit, RateExpression.Units.Keys)}",
    };

    private OnceExpression? ReadAt(string content)
    {
        if (DateTime.TryParseExact(content.Trim(), AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new OnceExpression(time);
        }

        findings.Error(resource, $"at({PayloadText.Shorten(content)}) is not a time. Write at(2026-11-22T03:00:00), without an offset: the "
            + $"schedule's time zone counts.");
        return null;
    }

    [GeneratedRegex(@"^(?<name>[a-z]+)\((?<content>[^()]*)\)\z")]
    private static partial Regex Call();
}

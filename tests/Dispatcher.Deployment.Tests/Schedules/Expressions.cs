using Dispatcher.Deployment.Schedules;

namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>Reads expressions for tests.</summary>
internal static class Expressions
{
    public static ScheduleExpression Read(string text, ExpressionHost host = ExpressionHost.Rule)
    {
        var findings = new FindingCollection();
        var expression = new ExpressionReader("Rule", findings).Read(text, host);
        Assert.That(findings.Where(finding => finding.Severity == Severity.Error), Is.Empty);
        return expression!;
    }

    public static string ReadProblems(string text, ExpressionHost host = ExpressionHost.Rule)
    {
        var findings = new FindingCollection();
        var expression = new ExpressionReader("Rule", findings).Read(text, host);
        Assert.That(expression, Is.Null, "AWS would refuse it");
        return string.Join('\n', findings.Select(finding => finding.Message));
    }

    public static IReadOnlyList<string> Warnings(string text)
    {
        var findings = new FindingCollection();
        new ExpressionReader("Rule", findings).Read(text, ExpressionHost.Rule);
        return [.. findings.Where(finding => finding.Severity == Severity.Warning).Select(finding => finding.Message)];
    }

    /// <summary>Lists times as the clock of a zone shows them, with its offset.</summary>
    public static string[] Next(string text, string after, int count, string zone = "UTC", ExpressionHost host = ExpressionHost.Rule) =>
    [
        .. Read(text, host)
            .After(DateTimeOffset.Parse(after, null), TimeZoneInfo.FindSystemTimeZoneById(zone), start: null)
            .Take(count)
            .Select(fire => $"{fire.At:yyyy-MM-dd HH:mm zzz}{(fire.Kind == FireTimeKind.Regular ? string.Empty : $" {fire.Kind}")}"),
    ];
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Holds <c>docs/deploying.md</c> to the template.</summary>
public sealed partial class DeployingDocumentTests
{
    private const string AnyJob = "JOB";

    private static readonly string Document = File.ReadAllText(Path.Combine(ServerlessTemplate.Root, "docs", "deploying.md"));

    private static JsonElement Parameters => ServerlessTemplate.RepositoryContent.GetProperty("Parameters");

    /// <summary>Gets the rows of the tables of parameters: the names, and the default.</summary>
    private static IEnumerable<(string Name, string Default)> Rows =>
        from row in ParameterRow().Matches(Document)
        from name in row.Groups["name"].Captures
        select (name.Value, row.Groups["default"].Value.Trim().Trim('`'));

    [Test]
    public void Parameters_OfTheTemplate_AreEachDocumentedOnce() =>
        Assert.That(Rows.Select(row => row.Name), Is.EquivalentTo(Parameters.EnumerateObject().Select(parameter => parameter.Name)));

    [Test]
    public void Parameters_Defaults_AreThoseOfTheTemplate() =>
        Assert.That(
            from row in Rows
            let actual = Parameters.GetProperty(row.Name).TryGetProperty("Default", out var value) ? value.ToString() : null
            where actual switch { null => row.Default.Length > 0, "" => row.Default != "empty", _ => row.Default != actual }
            select $"{row.Name} is '{actual}'",
            Is.Empty);

    [Test]
    public void Assignments_Each_NameAParameterAndAValueThatItTakes()
    {
        var assignments = Assignment().Matches(Document).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(assignments, Is.Not.Empty);
            Assert.That(
                from assignment in assignments
                let name = assignment.Groups["name"].Value
                where !Parameters.TryGetProperty(name, out _)
                    || !Takes(Parameters.GetProperty(name), assignment.Groups["value"].Value)
                select assignment.Value,
                Is.Empty);
        }
    }

    [Test]
    public void Alarms_OfTheTemplate_AreDocumented()
    {
        var alarms = ServerlessTemplate.RepositoryContent.GetProperty("Resources").EnumerateObject()
            .Where(static resource => resource.Value.GetProperty("Type").ValueEquals("AWS::CloudWatch::Alarm"))
            .Select(static alarm => alarm.Value.GetProperty("Properties").GetProperty("AlarmName").GetProperty("Fn::Sub").GetString()!
                .Replace("${AWS::StackName}", "maintenance", StringComparison.Ordinal));
        var jobs = Job().Matches(Between("JOB is ", "| Alarm |")).Select(match => match.Groups["name"].Value).ToList();
        var documented =
            from row in AlarmRow().Matches(Between("| Alarm |", "## Dashboard"))
            from name in row.Groups["name"].Captures
            from alarm in name.Value.StartsWith(AnyJob, StringComparison.Ordinal)
                ? jobs.Select(job => job + name.Value[AnyJob.Length..])
                : [name.Value]
            select $"maintenance-{alarm}";

        Assert.That(documented, Is.EquivalentTo(alarms));
    }

    [Test]
    public void Outputs_ThatAreNamed_AreThoseOfTheTemplate()
    {
        var outputs = ServerlessTemplate.Content.GetProperty("Outputs").EnumerateObject().Select(output => output.Name);

        Assert.That(Output().Matches(Document).Select(match => match.Groups["name"].Value), Is.Not.Empty.And.All.AnyOf([.. outputs]));
    }

    private static string Between(string start, string end) =>
        Document[Document.IndexOf(start, StringComparison.Ordinal)..Document.IndexOf(end, StringComparison.Ordinal)];

    private static bool Takes(JsonElement parameter, string value) =>
        (!parameter.TryGetProperty("AllowedValues", out var allowed) || allowed.EnumerateArray().Any(other => other.ToString() == value))
        && (!parameter.TryGetProperty("AllowedPattern", out var pattern)
            || value.StartsWith("YOUR-", StringComparison.Ordinal)
            || Regex.IsMatch(value, $"^({pattern.GetString()})$"));

    [GeneratedRegex(@"^\| `(?<name>[A-Z][A-Za-z]+)`(, `(?<name>[A-Z][A-Za-z]+)`)* \| (?<default>[^|]*)\|[^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex ParameterRow();

    [GeneratedRegex(@"(?<!-p:)(?<name>\b[A-Z][a-z]\w+)=(?<value>[\w-]+)")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"`(?<name>[a-z-]+)`")]
    private static partial Regex Job();

    [GeneratedRegex(@"^\| `(?<name>[\w-]+)`(, `(?<name>[\w-]+)`)* \|", RegexOptions.Multiline)]
    private static partial Regex AlarmRow();

    [GeneratedRegex(@"output `(?<name>\w+)`|`(?<name>\w+)` is an output")]
    private static partial Regex Output();
}

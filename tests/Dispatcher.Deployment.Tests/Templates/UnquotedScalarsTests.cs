using System.Text;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Tests.Templates;

/// <summary>Inspects YAML without quotes where text is needed: YAML 1.1 reads something else.</summary>
public sealed class UnquotedScalarsTests
{
    [TestCase("OFF", "the boolean false")]
    [TestCase("off", "the boolean false")]
    [TestCase("No", "the boolean false")]
    [TestCase("ON", "the boolean true")]
    [TestCase("yes", "the boolean true")]
    [TestCase("012345670123", "an octal number")]
    [TestCase("0123", "an octal number")]
    [TestCase("12:30", "a number to the base of 60")]
    [TestCase("1_000", "a number")]
    [TestCase("0x1F", "a number")]
    [TestCase("3.10", "the number 3.1")]
    public void Inspect_VariableThatIsReadDifferently_SaysToQuoteIt(string value, string reading)
    {
        var problem = Inspect.Problems(Of($"Environment: {{ Variables: {{ MODE: {value} }} }}")).Single();

        Assert.That(problem, Is.EqualTo(
            $"Warning F: Environment.Variables.MODE in line 5 is `{value}` without quotes, in which YAML reads {reading}. "
                + $"Quote it: '{value}'."));
    }

    [TestCase("'OFF'")]
    [TestCase("\"ON\"")]
    [TestCase("!!str OFF")]
    [TestCase("true")]
    [TestCase("FALSE")]
    [TestCase("2026-01-01")]
    [TestCase("2026-01-01T03:00:00Z")]
    [TestCase("012345678901")]
    [TestCase("123456789012")]
    [TestCase("7")]
    [TestCase("1.5")]
    [TestCase("10:99")]
    [TestCase("offline")]
    [TestCase("")]
    public void Inspect_VariableThatIsReadAsItLooks_HasNoProblem(string value) =>
        Assert.That(Inspect.Problems(Of($"Environment: {{ Variables: {{ MODE: {value} }} }}")), Is.Empty);

    [Test]
    public void Inspect_BooleanWhereOneIsWanted_HasNoProblem() =>
        Assert.That(
            Inspect.Problems(Of(
                "Events: { E: { Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: off, "
                + "Input: '{\"job\":\"$list\"}' } } }")),
            Is.Empty);

    [Test]
    public void Inspect_ModeOff_SaysToQuoteIt()
    {
        var inspection = Of(
            "Events: { E: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), FlexibleTimeWindow: { Mode: OFF }, "
                + "Input: '{\"job\":\"$list\"}' } } }");

        Assert.That(Inspect.Problems(inspection), Is.EqualTo(new[]
        {
            "Error F.E: FlexibleTimeWindow.Mode is the boolean false, which YAML reads in OFF without quotes. Quote it: 'OFF'.",
        }));
    }

    [TestCase("Pattern: { source: [a], detail: { state: [ON] } }", "F.E: Pattern.detail.state in line 5 is `ON` without quotes")]
    [TestCase("Pattern: { source: [a], account: [012345670123] }", "F.E: Pattern.account in line 5 is `012345670123` without quotes")]
    [TestCase(
        "Pattern: { source: [a], account: [123456789012] }",
        "F.E: Its event pattern compares account with 123456789012, but account")]
    public void Inspect_AlternativeOfAPattern_SaysToQuoteIt(string pattern, string problem)
    {
        var inspection = Of(
            $"Events: {{ E: {{ Type: EventBridgeRule, Properties: {{ {pattern}, Input: '{{\"job\":\"$list\"}}' }} }} }}");

        Assert.That(Inspect.Problems(inspection), Has.Some.StartsWith($"Warning {problem}"));
    }

    [Test]
    public void Inspect_KeyOfAMappingIsANumber_IsAnError()
    {
        var inspection = Of("Timeout: 3", "Mappings: { Accounts: { 123456789012: { Name: on }, '210987654321': { Name: b } } }\n");

        Assert.That(Inspect.Problems(inspection), Is.EqualTo(new[]
        {
            "Error Mappings.Accounts: The key 123456789012 in line 1 is a number, and CloudFormation refuses keys that are not text. "
                + "Quote it: '123456789012'.",
            "Warning Mappings.Accounts: 123456789012.Name in line 1 is `on` without quotes, in which YAML reads the boolean true. "
                + "Quote it: 'on'.",
        }));
    }

    [Test]
    public void Inspect_DefaultOfAParameter_SaysToQuoteIt()
    {
        var inspection = Of("Timeout: 3", "Parameters: { Text: { Type: String, Default: no }, Count: { Type: Number, Default: 1_0 } }\n");

        Assert.That(Inspect.Problems(inspection), Has.One.EqualTo(
            "Warning Parameters.Text: Default in line 1 is `no` without quotes, in which YAML reads the boolean false. Quote it: 'no'."));
    }

    [TestCase("{ job: video-upload-cleanup }")]
    [TestCase("[a]")]
    public void Inspect_InputIsNotText_SaysToQuoteIt(string input) =>
        Assert.That(
            Inspect.Problems(Of($"Events: {{ E: {{ Type: Schedule, Properties: {{ Schedule: rate(1 day), Input: {input} }} }} }}")),
            Has.Some.StartsWith("Error F.E: Its Input is an object or a list, but has to be text."));

    [Test]
    public void Inspect_InputIsAFunction_IsNotMistakenForAnObject() =>
        Assert.That(
            Inspect.Problems(Of(
                "Events: { E: { Type: Schedule, Properties: { Schedule: rate(1 day), Input: !ToJsonString { job: $list } } } }")),
            Is.Empty);

    private static TemplateInspection Of(string properties, string sections = "")
    {
        var yaml = $"{sections}Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {{ Handler: Dispatcher.Function,\n"
            + $"      {properties} }}\n";
        return TemplateInspection.Inspect(
            TemplateFile.Parse(Encoding.UTF8.GetBytes(yaml), "t.yaml"), "t.yaml", new InspectionOptions(), Inspect.Now, Inspect.AddJobs);
    }
}

namespace Dispatcher.Deployment.Tests.Templates;

/// <summary>Inspects templates to which the deployment adds something: a note says what was not looked at.</summary>
public sealed class UnexpandedPartsTests
{
    private const string Loop = """["Name",["a","b"],{"Rule${Name}":{"Type":"AWS::Events::Rule","Properties":{}}}]""";

    [TestCase(
        "\"Resources\":{\"Fn::ForEach::Rules\":" + Loop + "}",
        "Resources.Fn::ForEach::Rules", "The loop Fn::ForEach::Rules is not expanded")]
    [TestCase(
        "\"Conditions\":{\"Fn::ForEach::C\":" + Loop + "},\"Resources\":{}",
        "Conditions.Fn::ForEach::C", "The loop Fn::ForEach::C is not")]
    [TestCase(
        "\"Resources\":{\"Rule\":{\"Type\":\"AWS::Events::Rule\",\"Properties\":{\"ScheduleExpression\":\"rate(1 day)\",\"Targets\":[],"
            + "\"Fn::ForEach::Targets\":[\"A\",[\"a\"],{}]}}}",
        "Rule",
        "The loop Fn::ForEach::Targets is not expanded")]
    [TestCase(
        "\"Resources\":{\"Rule\":{\"Type\":\"AWS::Events::Rule\",\"Properties\":{\"Fn::ForEach::All\":[\"A\",[\"a\"],{}]}}}",
        "Rule",
        "The loop Fn::ForEach::All is not expanded")]
    [TestCase("\"Transform\":\"Company::Macro\",\"Resources\":{}", "Transform", "Company::Macro is not run")]
    [TestCase("\"Transform\":[{\"Name\":\"AWS::Include\"}],\"Resources\":{}", "Transform", "AWS::Include is not run")]
    [TestCase("\"Resources\":{\"Fn::Transform\":{\"Name\":\"AWS::Include\"}}", "Resources.Fn::Transform", "AWS::Include is not run")]
    [TestCase("\"Resources\":{\"N\":{\"Type\":\"AWS::CloudFormation::Stack\"}}", "N", "The nested template is not read")]
    [TestCase("\"Resources\":{\"N\":{\"Type\":\"AWS::Serverless::Application\"}}", "N", "The nested template is not read")]
    public void Inspect_PartThatIsNotExpanded_IsNamedInANote(string sections, string resource, string note) =>
        Assert.That(
            Inspect.Template($"{{{sections}}}").Findings.Select(
                static finding => $"{finding.Severity} {finding.Resource}: {finding.Message}"),
            Has.Some.StartsWith($"Note {resource}: {note}"));

    [TestCase("\"Transform\":\"AWS::Serverless-2016-10-31\",\"Resources\":{}")]
    [TestCase("\"Transform\":[\"AWS::LanguageExtensions\",\"AWS::Serverless-2016-10-31\"],\"Resources\":{}")]
    public void Inspect_TransformThatIsRead_HasNoNote(string sections) =>
        Assert.That(
            Inspect.Template($"{{{sections}}}").Findings.Select(static finding => finding.Resource), Has.None.EqualTo("Transform"));
}

using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Tests.Inspection;

/// <summary>Inspects templates with NoEcho parameters: their values are nowhere in what is found.</summary>
public sealed class SecretParameterTests
{
    private const string Secret = "hunter2-rate(1 hours)";
    private const string Hourly = "\"ScheduleExpression\":\"rate(1 hour)\"";
    private const string List = "\"Input\":\"{\\\"job\\\":\\\"$list\\\"}\"";

    [TestCase("""{"Ref":"Secret"}""")]
    [TestCase("""{"Fn::Sub":"{\"job\":\"daily-uptime\",\"id\":\"${Secret}\"}"}""")]
    [TestCase("""{"Fn::Sub":["{\"job\":\"${Own}\"}",{"Own":{"Ref":"Secret"}}]}""")]
    [TestCase("""{"Fn::Join":["",["{\"job\":\"",{"Ref":"Secret"},"\"}"]]}""")]
    [TestCase("""{"Fn::Select":[0,{"Fn::Split":["-",{"Ref":"Secret"}]}]}""")]
    [TestCase("""{"Fn::Base64":{"Ref":"Secret"}}""")]
    [TestCase("""{"Fn::ToJsonString":{"job":"daily-uptime","parameters":{"points":{"Ref":"Secret"}}}}""")]
    [TestCase("""{"Fn::FindInMap":["Map",{"Ref":"Secret"},"x"]}""")]
    [TestCase("""{"Fn::Select":[9,{"Ref":"SecretList"}]}""")]
    [TestCase("""{"Fn::If":[{"Ref":"Secret"},"a","b"]}""")]
    public void Inspect_InputOfASecret_IsNotShown(string input) => AssertHidden(Of(Rule(Hourly, $"\"Input\":{input}")));

    [TestCase("\"ScheduleExpression\":{\"Ref\":\"Secret\"}")]
    [TestCase("\"ScheduleExpression\":{\"Fn::Sub\":\"cron(${Secret})\"}")]
    [TestCase(Hourly + ",\"State\":{\"Ref\":\"Secret\"}")]
    [TestCase(Hourly + ",\"EventBusName\":{\"Ref\":\"Secret\"}")]
    [TestCase("\"EventPattern\":{\"source\":{\"Ref\":\"Secret\"}}")]
    [TestCase("\"EventPattern\":{\"source\":[{\"Ref\":\"Secret\"}]}")]
    [TestCase("\"EventPattern\":{\"Ref\":\"Secret\"}")]
    [TestCase("\"EventPattern\":{\"Fn::Sub\":\"{\\\"source\\\":\\\"${Secret}\\\"}\"}")]
    public void Inspect_PropertyOfASecret_IsNotShown(string property) => AssertHidden(Of(Rule(property, List)));

    [TestCase("ScheduleExpressionTimezone")]
    [TestCase("StartDate")]
    [TestCase("EndDate")]
    [TestCase("State")]
    [TestCase("FlexibleTimeWindow")]
    [TestCase("GroupName")]
    public void Inspect_PropertyOfAScheduleIsASecret_IsNotShown(string property) =>
        AssertHidden(Of(DailySchedule.Named("S", $$"""{"{{property}}":{"Ref":"Secret"} }""")));

    [Test]
    public void Inspect_ExpressionOfASecret_HasNoTimesAndNamesTheParameter()
    {
        var trigger = Of(Rule("\"ScheduleExpression\":{\"Ref\":\"Secret\"}", List), "rate(5 minutes)").Jobs.Single().Trigger;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trigger.ExpressionText, Is.EqualTo("<NoEcho parameter Secret>"));
            Assert.That(trigger.FiresAfter(Inspect.Now), Is.Empty);
            Assert.That(trigger.WhyTimesAreUnknown, Is.EqualTo("ScheduleExpression is <NoEcho parameter Secret>"));
        }
    }

    [Test]
    public void Inspect_InputOfASecret_NamesTheParameter()
    {
        var job = Of(Rule(Hourly, """
            "Input":{"Fn::Sub":"{\"job\":\"daily-uptime\",\"parameters\":{\"connection\":\"${Secret}\"}}"}
            """)).Jobs.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(job.Input, Does.Contain("\"connection\":\"<NoEcho parameter Secret>\""));
            Assert.That(job.Job, Is.EqualTo("daily-uptime"));
        }
    }

    [Test]
    public void Inspect_ConditionOfASecret_IsEvaluatedWithItsValue()
    {
        var rule = Rule(Hourly, List).Replace(
            "\"Type\":\"AWS::Events::Rule\",", "\"Type\":\"AWS::Events::Rule\",\"Condition\":\"HasSecret\",", StringComparison.Ordinal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(rule).Jobs.Single().Trigger.State, Is.EqualTo(TriggerState.Enabled));
            Assert.That(Of(rule, "none").Jobs.Single().Trigger.State, Is.EqualTo(TriggerState.NotDeployed));
        }
    }

    [TestCase(
        "\"AllowedValues\":[\"hunter3-rate(1 hours)\",\"b\"]",
        "Its value, which is not shown because of NoEcho, is refused: it must be one of")]
    [TestCase("\"AllowedPattern\":\"[0-9]+\"", "it must match [0-9]+.")]
    [TestCase("\"MinLength\":40", "it must have at least 40 characters.")]
    public void Inspect_ValueThatIsRefused_IsNotShown(string limit, string problem)
    {
        var inspection = Inspect.Template(Template(Rule(Hourly, List)).Replace(
            "\"NoEcho\":true", $"\"NoEcho\":\"true\",{limit}", StringComparison.Ordinal));

        Assert.That(Inspect.Problems(inspection), Has.Some.Contains(problem).And.None.Contains("Did you mean"));
        AssertHidden(inspection);
    }

    [Test]
    public void Inspect_SettingsOfASecret_AreNotShownAndNotComplainedOf()
    {
        var inspection = Inspect.Template(Template(Rule(Hourly, List)).Replace(
            "\"Handler\":\"Dispatcher.Function\"",
            """
            "Handler":"Dispatcher.Function","Environment":{"Variables":{"EventRoutes__0__Job":{"Ref":"Secret"},
              "EventRoutes__0__Pattern":{"Fn::Sub":"{\"source\":[\"${Secret}\"]}"},"CELERY_QUEUE_URL":{"Ref":"Secret"},
              "DATABASE_URL":{"Fn::Sub":"postgres://jobs:${Secret}@db:port/app"}}}
            """,
            StringComparison.Ordinal));

        Assert.That(Inspect.Problems(inspection), Is.Empty);
        AssertHidden(inspection);
        Assert.That(
            inspection.Functions.Single().Environment.Values, Has.None.Contains("hunter2").And.Some.EqualTo("<NoEcho parameter Secret>"));
    }

    private static void AssertHidden(TemplateInspection inspection)
    {
        var shown = inspection.Jobs.Select(static job => $"{job} {job.Trigger.Pattern?.ToJsonString()} "
                + $"{string.Join(' ', job.Trigger.Targets)} {string.Join(' ', job.Trigger.Unknown.Values)}")
            .Concat(inspection.Findings.Select(static finding => finding.Message))
            .Concat(inspection.Functions.SelectMany(static function => function.Environment.Values));
        Assert.That(shown, Has.None.Contains("hunter2").And.None.Contains("aHVudGVy"));
    }

    private static TemplateInspection Of(string resources, string secret = Secret) => Inspect.Template(Template(resources, secret));

    private static string Rule(string property, string target) => $$$$$$"""
        "Rule":{"Type":"AWS::Events::Rule","Properties":{ {{{{{{property}}}}}},
          "Targets":[{"Id":"d","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},{{{{{{target}}}}}} }]}}
        """;

    private static string Template(string resources, string secret = Secret) => $$$$$$"""
        {"Parameters":{"Secret":{"Type":"String","NoEcho":true,"Default":"{{{{{{secret}}}}}}"},
           "SecretList":{"Type":"CommaDelimitedList","NoEcho":"true","Default":"{{{{{{secret}}}}}},b"}},
         "Mappings":{"Map":{"a":{"x":"y"}}},
         "Conditions":{"HasSecret":{"Fn::Not":[{"Fn::Equals":[{"Fn::Join":["",[{"Ref":"Secret"},""]]},"none"]}]}},
         "Resources":{
           "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Timeout":60}},
           {{{{{{resources}}}}}} }}
        """;
}

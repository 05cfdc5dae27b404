using Dispatcher.Deployment.Durations;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Tests.Inspection;

/// <summary>Inspects schedules of which only a deployment knows when, or whether, they fire: nothing is said about their times.</summary>
public sealed class UnknownTimesTests
{
    private const string Zone = "ScheduleExpressionTimezone";

    [TestCase(Zone, """{"Ref":"Open"}""", "${Open}")]
    [TestCase(Zone, """{"Fn::ImportValue":"zone"}""", "${Fn::ImportValue.zone}")]
    [TestCase(Zone, """{"Fn::Sub":"Europe/${Open}"}""", "Europe/${Open}")]
    [TestCase(Zone, "\"{{resolve:ssm:/zone}}\"", "{{resolve:ssm:/zone}}")]
    [TestCase("StartDate", """{"Ref":"Open"}""", "${Open}")]
    [TestCase("EndDate", """{"Ref":"Open"}""", "${Open}")]
    [TestCase("ScheduleExpression", """{"Ref":"Open"}""", "${Open}")]
    public void Inspect_TimesDependOnUnknownValue_AreUnknownAndNotCompared(string property, string value, string shown)
    {
        var inspection = Inspect.Resources($"{DailySchedule.Named("A")},{DailySchedule.Named("B", $$"""{"{{property}}":{{value}} }""")}");

        var unknown = inspection.Jobs.Single(static job => job.Trigger.Resource == "B");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Inspect.Problems(inspection), Is.Empty);
            Assert.That(unknown.Trigger.FireTimesAfter(Inspect.Now), Is.Empty);
            Assert.That(unknown.Trigger.WhyTimesAreUnknown, Is.EqualTo($"{property} is {shown}"));
            Assert.That(unknown.Runs, Is.False);
        }
    }

    [Test]
    public void Inspect_SeveralValuesAreUnknown_AllAreNamed()
    {
        var inspection = Inspect.Resources(DailySchedule.Named(
            "A", """{"ScheduleExpressionTimezone":{"Ref":"Open"},"StartDate":{"Ref":"Open"},"EndDate":{"Ref":"Open"}}"""));

        Assert.That(
            inspection.Jobs.Single().Trigger.WhyTimesAreUnknown,
            Is.EqualTo("ScheduleExpressionTimezone is ${Open} and StartDate is ${Open} and EndDate is ${Open}"));
    }

    [Test]
    public void Inspect_ZoneOfARateIsUnknown_HasTimes()
    {
        var trigger = Inspect.Resources(DailySchedule.Named(
            "A", """{"ScheduleExpression":"rate(1 hour)","ScheduleExpressionTimezone":{"Ref":"Open"}}""")).Jobs.Single().Trigger;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trigger.WhyTimesAreUnknown, Is.Null);
            Assert.That(trigger.FiresAfter(Inspect.Now).Take(2), Has.Exactly(2).Items);
        }
    }

    [TestCase("""{"ScheduleExpression":"at(2027-01-01T03:00:00)","StartDate":{"Ref":"Open"}}""")]
    [TestCase("""{"ScheduleExpression":"at(2027-01-01T03:00:00)","EndDate":{"Ref":"Open"}}""")]
    [TestCase("""{"FlexibleTimeWindow":{"Ref":"Open"}}""")]
    [TestCase("""{"FlexibleTimeWindow":{"Mode":{"Ref":"Open"}}}""")]
    public void Inspect_ValueThatDoesNotDecideTheTimesIsUnknown_HasTimes(string properties) =>
        Assert.That(
            Inspect.Resources(DailySchedule.Named("A", properties)).Jobs.Single().Trigger.FiresAfter(Inspect.Now).Take(1), Is.Not.Empty);

    [TestCase("""{"State":{"Ref":"Open"}}""", "State")]
    [TestCase("""{"State":{"Fn::If":["Nobody","ENABLED","DISABLED"]}}""", "State")]
    public void Inspect_StateIsUnknown_IsNeitherEnabledNorCompared(string properties, string property)
    {
        var inspection = Of($"{DailySchedule.Named("A")},{DailySchedule.Named("B", properties)}");

        var trigger = inspection.Jobs[1].Trigger;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(trigger.State, Is.EqualTo(TriggerState.Unknown));
            Assert.That(trigger.Unknown.Keys, Is.EqualTo(new[] { property }));
            Assert.That(Inspect.Problems(inspection), Is.Empty);
        }
    }

    [TestCase("AWS::Serverless::Function", "Schedule", "\"Schedule\":\"rate(1 hour)\",\"Enabled\":{\"Ref\":\"Open\"}")]
    [TestCase("AWS::Serverless::Function", "ScheduleV2", "\"ScheduleExpression\":\"rate(1 hour)\",\"State\":{\"Ref\":\"Open\"}")]
    [TestCase("AWS::Serverless::Function", "SQS", "\"Queue\":{\"Ref\":\"Queue\"},\"Enabled\":{\"Ref\":\"Open\"}")]
    public void Inspect_StateOfAnEventIsUnknown_IsUnknown(string type, string kind, string properties)
    {
        var function = $$$$$$"""
            "Own":{"Type":"{{{{{{type}}}}}}","Properties":{"Handler":"Dispatcher.Function",
              "Events":{"E":{"Type":"{{{{{{kind}}}}}}","Properties":{ {{{{{{properties}}}}}} }}}}}
            """;

        // SAM's events of queues are switched as well.
        Assert.That(Of(function).Jobs.Single().Trigger.State, Is.EqualTo(TriggerState.Unknown));
    }

    [Test]
    public void Inspect_ConditionIsUnknown_IsNeitherDeployedNorNot()
    {
        var schedule = DailySchedule.Named("B").Replace(
            "\"Type\":", "\"Condition\":\"Nobody\",\"Type\":", StringComparison.Ordinal);

        var trigger = Of($"{DailySchedule.Named("A")},{schedule}").Jobs[1].Trigger;

        Assert.That((trigger.State, trigger.Condition), Is.EqualTo((TriggerState.Unknown, "Nobody")));
    }

    [Test]
    public void Inspect_ConditionIsUnknown_ProblemsAreWarnings()
    {
        var schedule = DailySchedule.Named(
            "B", """{"Target":{"Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"x\"}"}}""").Replace(
            "\"Type\":", "\"Condition\":\"Nobody\",\"Type\":", StringComparison.Ordinal);

        var problems = Inspect.Problems(Of(schedule));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems, Has.All.StartsWith("Warning B: ").And.All.EndsWith("Whether it is deployed is not known."));
            Assert.That(problems, Has.Some.Contains("No job named 'x'").And.Some.Contains("has no RoleArn"));
        }
    }

    [TestCase("""{"ScheduleExpressionTimezone":"Europe/Berln"}""")]
    [TestCase("""{"StartDate":"tomorrow"}""")]
    [TestCase("""{"EndDate":"tomorrow"}""")]
    public void Inspect_ValueIsWrong_HasNoTimes(string properties)
    {
        var inspection = Inspect.Resources($"{DailySchedule.Named("A")},{DailySchedule.Named("B", properties)}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inspection.Jobs[1].Trigger.FiresAfter(Inspect.Now), Is.Empty);
            Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(1).And.All.StartsWith("Error B: "));
        }
    }

    [Test]
    public void Check_WindowIsUnknown_OverlapIsNotClaimed()
    {
        var inspection = Inspect.Resources($"{DailySchedule.Named("A")},{DailySchedule.Named(
            "B", """{"ScheduleExpression":"cron(1 3 * * ? *)","FlexibleTimeWindow":{"Mode":{"Ref":"Open"}}}""")}");
        var findings = new FindingCollection();

        new DurationValidator(
            new JobDurations(new Dictionary<string, JobDuration> { ["video-upload-cleanup"] = new(1, TimeSpan.FromMinutes(3)) }),
            Inspect.Now,
            findings).Check(inspection.Jobs);

        Assert.That(findings.Where(static finding => finding.Severity == Severity.Warning), Is.Empty);
    }

    [Test]
    public void Inspect_ParameterInTheParameterStoreIsGiven_IsAKeyAndUnknown()
    {
        var template = $$$"""
            {"Parameters":{"Rate":{"Type":"AWS::SSM::Parameter::Value<String>"}},"Resources":{
              "Dispatcher":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function"}},
              {{{DailySchedule.Named("A", """{"ScheduleExpression":{"Ref":"Rate"}}""")}}} }}
            """;

        var inspection = Inspect.Template(template, "Rate=/jobs/rate");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inspection.Jobs.Single().Trigger.ExpressionText, Is.EqualTo("${Rate}"));
            Assert.That(inspection.Findings.Select(static finding => finding.Message), Has.Some.Contains("in the Parameter Store"));
        }
    }

    private static TemplateInspection Of(string resources) => Inspect.Template(
        $$$"""
        {"Parameters":{"Open":{"Type":"String"}},"Conditions":{"Nobody":{"Fn::Equals":[{"Ref":"Open"},"x"]}},
         "Resources":{ {{{Inspect.Function}}},"Queue":{"Type":"AWS::SQS::Queue"},{{{resources}}} }}
        """);
}

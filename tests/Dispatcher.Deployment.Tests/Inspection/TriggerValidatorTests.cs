using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Tests.Inspection;

/// <summary>Seeds one mistake at a time into a template that is right, and expects it to be named.</summary>
public sealed class TriggerValidatorTests
{
    private const string Hourly = "\"ScheduleExpression\":\"rate(1 hour)\"";
    private const string Paths = "\"InputPathsMap\":{\"id\":\"$.id\",\"time\":\"$.time\"}";

    private static IEnumerable<TestCaseData> Rules()
    {
        yield return Seed("UnknownJob", Hourly, Input("""{"job":"video-upload-clenup"}"""),
            "Error Rule: No job named 'video-upload-clenup' is registered. Did you mean 'video-upload-cleanup'?");
        yield return Seed("UnknownField", Hourly, Input(
            """{"job":"video-upload-cleanup","dry_run":true}"""), "Error Rule: Unknown field 'dry_run'. Did you mean 'dryRun'?");
        yield return Seed("Parameter", Hourly, Input(
            """{"job":"video-upload-cleanup","parameters":{"batchSize":0}}"""), "Error Rule: Parameter 'batchSize' is 0");
        yield return Seed("InputIsNotJson", Hourly, Input("""{"job":"""), "Error Rule: The payload is not JSON that can be read");
        yield return Seed(
            "ScheduledEventHasNoRoute", Hourly, string.Empty, "Error Rule: No route matches the event 'Scheduled Event' of 'aws.events'");
        yield return Seed("InputTooLong", Hourly, Input(
            $$"""{"job":"video-upload-cleanup"{{new string(' ', 9_000)}}}"""), "Error Rule: Its Input has 9,0");
        yield return Seed("TwoInputs", Hourly, $"{Input("""{"job":"video-upload-cleanup"}""")},\"InputPath\":\"$.detail\"",
            "Error Rule: Its target has more than one of Input, InputPath and InputTransformer.");
        yield return Seed("InputPathFindsNothing", Hourly, "\"InputPath\":\"$.detail.payload\"",
            "Error Rule: InputPath '$.detail.payload' does not exist");
        yield return Seed(
            "UndefinedVariable", Hourly, Transformer("""{"job":"video-upload-cleanup","id":<idd>}"""), "Error Rule: The InputTransformer "
                + "uses <idd>, which its InputPathsMap does not define. Did you mean 'id'? Defined: id, time.");
        yield return Seed("TransformerMakesNoJson", Hourly, Transformer(
            """{"job":"video-upload-cleanup","id":<id>"""), "Error Rule: Its InputTransformer does not produce JSON");
        yield return Seed("TransformerWithoutTemplate", Hourly, $"\"InputTransformer\":{{{Paths}}}",
            "Error Rule: The InputTransformer has no InputTemplate.");
        yield return Seed(
            "VariableIsMissing", Hourly,
            "\"InputTransformer\":{\"InputPathsMap\":{\"id\":\"$.detail.id\"},\"InputTemplate\":\"{\\\"job\\\":\\\"video-upload-cleanup\\\",\\\"id\\\":\\\"x<id>\\\"}\"}",
            "Warning Rule: The InputTransformer's variable 'id' is $.detail.id, which this event does not have");
        yield return Seed("CustomBus", $"{Hourly},\"EventBusName\":\"workflow\"", null,
            "Error Rule: A rule with a schedule must be on the default event bus, but this one is on 'workflow'.");
        yield return Seed("BusOfTheTemplate", $"{Hourly},\"EventBusName\":{{\"Ref\":\"Bus\"}}", null, "but this one is on '${Bus}'");
        yield return Seed(
            "Rate", "\"ScheduleExpression\":\"rate(30 seconds)\"", null, "Error Rule: rate(30 seconds) has the unit 'seconds'.");
        yield return Seed(
            "PastYear", "\"ScheduleExpression\":\"cron(0 0 1 1 ? 2020)\"", null, "Error Rule: cron(0 0 1 1 ? 2020) will never fire");
        yield return Seed(
            "NoSuchDay", "\"ScheduleExpression\":\"cron(0 0 30 2 ? *)\"", null, "Error Rule: cron(0 0 30 2 ? *) will never fire");
        yield return Seed("AtInARule", "\"ScheduleExpression\":\"at(2027-01-01T00:00:00)\"", null,
            "Error Rule: 'at(2027-01-01T00:00:00)' fires once, which a rule does not support.");
        yield return Seed(
            "NothingStartsIt", "\"Description\":\"x\"", null, "Error Rule: The rule has neither ScheduleExpression nor EventPattern");
        yield return Seed(
            "PatternWithoutRoute",
                """ "EventPattern":{"source":["dn.backend.channelbackfill"],"detail-type":["Channel Backfill Complete"]}""", string.Empty,
            "Error Rule: No route matches the event 'Channel Backfill Complete' of 'dn.backend.channelbackfill'");
        yield return Seed(
            "OneAlternativeWithoutRoute",
            """ "EventPattern":{"source":["dn.backend.channelbackfill"],"detail-type":["Channel Backfill Failed"],"detail":{"status":["failed","partial"]}}""",
            string.Empty, "with detail {\"status\":\"partial\"}");
        yield return Seed(
            "PatternIsNoObject", "\"EventPattern\":\"source\"", string.Empty, "Error Rule: The event pattern is not a JSON object.");
    }

    [TestCaseSource(nameof(Rules))]
    public void Check_SeededMistake_IsTheOneProblem(string properties, string? target, string expected)
    {
        var inspection = target is null ? Inspect.Rule(properties) : Inspect.Rule(properties, target);

        Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(1).And.Some.Contains(expected));
    }

    [Test]
    public void Check_NoTarget_IsReported() => Assert.That(
        Inspect.Problems(
            Inspect.Resources("\"Rule\":{\"Type\":\"AWS::Events::Rule\",\"Properties\":{\"ScheduleExpression\":\"rate(1 hour)\"}}")),
        Has.Length.EqualTo(1).And.Some.Contains("It has no target"));

    [Test]
    public void Check_OtherTarget_IsOnlyNoted()
    {
        var inspection = Inspect.Resources(
            "\"Rule\":{\"Type\":\"AWS::Events::Rule\",\"Properties\":{\"ScheduleExpression\":\"rate(1 "
                + "hour)\",\"Targets\":[{\"Id\":\"q\",\"Arn\":{\"Fn::GetAtt\":[\"Queue\",\"Arn\"]}}]}}");

        Assert.That(Inspect.Problems(inspection), Is.Empty);
        Assert.That(inspection.Findings.Select(finding => finding.Message), Has.Some.EqualTo(
            "Its target 'q' is ${Queue.Arn}, not the dispatcher: its input is not checked."));
    }

    [TestCase("\"id\":<id>,\"scheduledTime\":<time>",
        "\"id\":\"6a7e8feb-b491-4cf7-a9f1-bf3703467718\",\"scheduledTime\":\"2026-11-22T13:00:00Z\"")]
    [TestCase("\"id\":\"at <time>\"", "\"id\":\"at 2026-11-22T13:00:00Z\"")]
    [TestCase("\"id\":\"<aws.events.rule-name>\"", "\"id\":\"Rule\"")]
    public void Check_InputTransformer_MakesTheInput(string template, string expected)
    {
        var inspection = Inspect.Rule(Hourly, Transformer($$"""{"job":"video-upload-cleanup",{{template}}}"""));

        Assert.That(Inspect.Problems(inspection), Is.Empty);
        Assert.That(inspection.Jobs.Single().Input, Is.EqualTo($$"""{"job":"video-upload-cleanup",{{expected}}}"""));
    }

    [Test]
    public void Check_EventPatternWithRoute_FindsItsJob()
    {
        var inspection = Inspect.Rule(
            """ "EventPattern":{"source":["dn.backend.channelbackfill"],"detail-type":["Channel Backfill Failed"],"detail":{"status":[{"prefix":"failed"},"failed"]}}""",
            string.Empty);

        Assert.That(inspection.Jobs.Single().Trigger.Kind, Is.EqualTo(TriggerKind.EventRule));
        Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(1).And.Some.Contains(
            "failedexample"), "of the two alternatives only the exact one has a route");
    }

    [Test]
    public void Check_Scheduler_IsReadInItsZoneAndFilledIn()
    {
        var inspection = Inspect.Resources(Scheduler(
            """
            "ScheduleExpression":"cron(30 2 * * ? *)","ScheduleExpressionTimezone":"Europe/Berlin",
            "StartDate":"2026-12-24T00:00:00Z","EndDate":"2026-12-26T00:00:00Z",
            "FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":15}
            """,
            """{"job":"video-upload-cleanup","scheduledTime":"<aws.scheduler.scheduled-time>"}"""));

        Assert.That(Inspect.Problems(inspection), Is.Empty);
        var job = inspection.Jobs.Single();
        Assert.That(job.Trigger.FiresAfter(Inspect.Now).Select(fire => $"{fire.UtcDateTime:MM-dd HH:mm}"), Is.EqualTo(
            new[] { "12-24 01:30", "12-25 01:30" }));
        Assert.That(job.Input, Does.Contain("\"scheduledTime\":\"2026-12-24T01:30:00Z\""));
        Assert.That(job.Trigger.Window, Is.EqualTo(TimeSpan.FromMinutes(15)));
    }

    [TestCase("\"ScheduleExpression\":\"rate(1 hour)\",\"ScheduleExpressionTimezone\":\"Europe/Berln\"",
        "Unknown time zone 'Europe/Berln'. Did you mean 'Europe/Berlin'?")]
    [TestCase("\"ScheduleExpression\":\"rate(1 hour)\",\"ScheduleExpressionTimezone\":\"Berlin\"", "Did you mean 'Europe/Berlin'?")]
    [TestCase("\"ScheduleExpression\":\"at(2020-01-01T00:00:00)\"", "will never fire")]
    [TestCase("\"ScheduleExpression\":\"rate(1 hour)\",\"EndDate\":\"2026-01-01T00:00:00Z\"", "It ends at 2026-01-01T00:00:00Z.")]
    [TestCase("\"ScheduleExpression\":\"rate(1 hour)\",\"StartDate\":\"soon\"", "StartDate is 'soon', which is not a time.")]
    [TestCase("\"Description\":\"none\"", "is not a schedule expression")]
    public void Check_SchedulerIsWrong_SaysSo(string properties, string expected) => Assert.That(
        Inspect.Problems(Inspect.Resources(Scheduler(properties, """{"job":"video-upload-cleanup"}"""))),
        Has.Length.EqualTo(1).And.Some.Contains(expected));

    [TestCase("Schedule", "\"Schedule\":\"rate(5 minute)\"", "write rate(5 minutes)")]
    [TestCase("ScheduleV2", "\"ScheduleExpression\":\"at(soon)\"", "at(soon) is not a time")]
    [TestCase("EventBridgeRule", "\"Pattern\":{\"source\":[\"x\"]}", "Unknown field")]
    [TestCase("CloudWatchEvent", "\"Pattern\":{\"source\":[\"x\"]}", "Unknown field")]
    public void Check_EventOfAFunction_IsChecked(string type, string properties, string expected)
    {
        var resources = """
            "Other":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function",
              "Events":{"E":{"Type":"TYPE","Properties":{PROPERTIES,"Input":"{\"job\":\"channel-backfill-failed\",\"dry\":1}"}}}}}
            """
            .Replace("TYPE", type, StringComparison.Ordinal)
            .Replace("PROPERTIES", properties, StringComparison.Ordinal);

        Assert.That(Inspect.Problems(Inspect.Resources(resources)), Has.Some.StartsWith("Error Other.E: ").And.Some.Contains(expected));
    }

    [Test]
    public void Check_QueuesOfBothForms_AreTriggers()
    {
        var inspection = Inspect.Resources(
            """
            "Mapping":{"Type":"AWS::Lambda::EventSourceMapping","Properties":{"FunctionName":{"Ref":"Dispatcher"},
              "EventSourceArn":{"Fn::GetAtt":["Queue","Arn"]}}},
            "Other":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Events":{"E":{"Type":"SQS",
              "Properties":{"Queue":{"Fn::GetAtt":["Queue","Arn"]},"Enabled":false}}}}}
            """);

        Assert.That(
            inspection.Jobs.Select(job => (job.Trigger.Resource, job.Trigger.Kind, job.Trigger.State, job.Function?.Resource)),
            Is.EqualTo(new[]
            {
                ("Mapping", TriggerKind.Queue, TriggerState.Enabled, "Dispatcher"),
                ("Other.E", TriggerKind.Queue, TriggerState.Disabled, "Other"),
            }));
    }

    [Test]
    public void Check_NotDeployed_WarnsOfItsExpressionOnly()
    {
        const string rest =
            "\"Condition\":\"Never\",\"Type\":\"AWS::Events::Rule\",\"Properties\":{\"ScheduleExpression\":\"rate(1 minutes)\"}";

        var inspection =
            Inspect.Template(
                $$$"""{"Conditions":{"Never":{"Fn::Equals":["a","b"]}},"Resources":{ {{{Inspect.Function.Replace("{\"Ref\":\"Open\"}", "\"q\"")}}},"Rule":{ {{{rest}}} } }}""");

        Assert.That(inspection.Jobs.Single().Trigger.State, Is.EqualTo(TriggerState.NotDeployed));
        Assert.That(Inspect.Problems(inspection), Is.EqualTo(new[]
        {
            "Warning Rule: rate(1 minutes) has the wrong form of its unit. A rule accepts the singular only for 1: write rate(1 minute). "
                + "With the given parameters it is not deployed.",
        }));
    }

    [Test]
    public void Check_WhatOnlyTheDeploymentKnows_IsNoProblem()
    {
        var input = Input("""{"job":"celery-enqueue","parameters":{"task":"app.tasks.x"}}""");

        Assert.That(Inspect.Problems(Inspect.Rule(Hourly, input)), Is.Empty);
    }

    [Test]
    public void Check_RoutesOfTheEnvironmentAreWrong_IsReportedOfTheFunction()
    {
        var inspection = Inspect.Template(
            """{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Handler":"x","Environment":{"Variables":{"EventRoutes__0__Source":"s","EventRoutes__0__DetailType":"d","EventRoutes__0__Job":"nope"}}}}}}""");

        Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(1).And.Some.Contains(
            "Error F: EventRoutes:0:Job: No job named 'nope'"));
    }

    private static string Scheduler(string properties, string input) =>
        $$$$"""
        "Schedule":{"Type":"AWS::Scheduler::Schedule","Properties":{ {{{{properties}}}},
          {{{{(properties.Contains("FlexibleTimeWindow", StringComparison.Ordinal) ? "" : "\"FlexibleTimeWindow\":{\"Mode\":\"OFF\"},")}}}}
          "Target":{"Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"RoleArn":"arn:aws:iam::123456789012:role/r",{{{{Input(input)}}}} }}}
        """;

    private static string Input(string input) => $"\"Input\":{System.Text.Json.Nodes.JsonValue.Create(input).ToJsonString()}";

    private static string Transformer(string template) =>
        $"\"InputTransformer\":{{{Paths},\"InputTemplate\":{System.Text.Json.Nodes.JsonValue.Create(template).ToJsonString()}}}";

    private static TestCaseData Seed(string name, string properties, string? target, string expected) =>
        new TestCaseData(properties, target, expected).SetArgDisplayNames(name);

    [Test]
    public void Check_SeveralTargets_ProblemsNameTheirTarget()
    {
        var inspection = Inspect.Resources("""
            "Rule":{"Type":"AWS::Events::Rule","Properties":{"ScheduleExpression":"rate(1 hour)","Targets":[
              {"Id":"good","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"video-upload-cleanup\"}"},
              {"Id":"bad","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"video-upload-clenup\"}"},
              {"Id":"worse","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"$list\"}","InputPath":"$"},
              {"Id":"same","Arn":{"Fn::GetAtt":["Dispatcher","Arn"]},"Input":"{\"job\":\"video-upload-cleanup\"}"},
              {"Id":"other","Arn":"arn:aws:sns:us-east-1:123456789012:topic"}]}}
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                inspection.Findings.Where(static finding => finding.Resource == "Rule").Select(static finding => finding.Target),
                Is.EqualTo(new[] { "bad", "worse", "other", "same" }));
            Assert.That(Inspect.Problems(inspection), Has.Length.EqualTo(3)
                .And.Some.StartsWith("Error Rule: Target 'bad': No job named 'video-upload-clenup' is registered.")
                .And.Some.StartsWith("Error Rule: Target 'worse': Its target has more than one of")
                .And.Some.StartsWith("Warning Rule: Its target 'same' starts video-upload-cleanup with the same parameters as the target "
                    + "'good', and as often"));
            Assert.That(
                inspection.Jobs.Select(static job => job.Target), Is.EqualTo(new[] { "good", "bad", "worse", "same" }));
        }
    }
}

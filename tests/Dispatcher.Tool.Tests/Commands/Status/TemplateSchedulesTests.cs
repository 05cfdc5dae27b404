using System.Text.Json;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Tests.Foreign;

namespace Dispatcher.Tool.Tests.Commands.Status;

public sealed class TemplateSchedulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);

    [Test]
    public void Read_DailyCron_HasWeeksOfTimesAndTheNext()
    {
        var schedule = Read(Rule("cron(0 3 * * ? *)"));

        Assert.That(schedule.Expected, Has.Count.EqualTo(40));
        Assert.That(schedule.Expected, Is.Ordered.And.All.LessThanOrEqualTo(Now));
        Assert.That((schedule.Expected[^1], schedule.Next), Is.EqualTo((Now.AddHours(-3.5), Now.AddHours(20.5))));
        Assert.That((schedule.Interval, schedule.Applies), Is.EqualTo(((TimeSpan?)null, true)));
    }

    [TestCase("cron(* * * * ? *)", 36 * 60, TestName = "Every minute")]
    [TestCase("cron(0 * * * ? *)", 8 * 24, TestName = "Every hour")]
    [TestCase("cron(0 3 1 1 ? *)", 2, TestName = "Every year")]
    [TestCase("cron(0 3 1 1 ? 2030)", 0, TestName = "Not yet")]
    [TestCase("cron(0 3 1 1 ? 2020)", 0, TestName = "Long ago")]
    public void Read_Cron_HasAtLeastTheTimesThatTheRuleNeeds(string expression, int count) =>
        Assert.That(Read(Rule(expression)).Expected, Has.Count.EqualTo(count));

    [Test]
    public void Read_Rate_HasItsIntervalAlone()
    {
        var schedule = Read(Rule("rate(5 minutes)"));

        Assert.That(
            (schedule.Interval, schedule.Next, schedule.Expected.Count),
            Is.EqualTo((TimeSpan.FromMinutes(5), (DateTimeOffset?)null, 0)));
        Assert.That(schedule.Description, Does.Contain("every 5 minutes"));
    }

    [Test]
    public void Read_SeveralTriggers_ExpectsTheTimesOfAll()
    {
        var two = Read(Rule("cron(0 3 * * ? *)"), Rule("cron(0 15 * * ? *)"));
        Assert.That(two.Expected.TakeLast(2), Is.EqualTo(new[] { Now.AddHours(-15.5), Now.AddHours(-3.5) }));
        Assert.That(two.Next, Is.EqualTo(Now.AddHours(8.5)));

        Assert.That(Read(Rule("cron(0 3 * * ? *)"), Rule("rate(1 hour)")).Interval, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(Read(Rule("cron(0 * * * ? *)"), Rule("rate(1 day)")).Interval, Is.Null);
    }

    [Test]
    public void Read_SchedulerWithZoneAndWindow_HasBoth()
    {
        var schedule = Read("""
            {"Type":"AWS::Scheduler::Schedule","Properties":{"ScheduleExpression":"cron(0 3 * * ? *)",
             "ScheduleExpressionTimezone":"Europe/Berlin","FlexibleTimeWindow":{"Mode":"FLEXIBLE","MaximumWindowInMinutes":30},
             "Target":{"Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"rotate-logs\"}"}}}
            """);

        Assert.That((schedule.Expected[^1], schedule.Window), Is.EqualTo((Now.AddHours(-4.5), TimeSpan.FromMinutes(30))));
    }

    [Test]
    public void Read_EventRule_ExpectsNothingAtATime()
    {
        var schedule = Read("""
            {"Type":"AWS::Events::Rule","Properties":{"EventPattern":{"source":["acme"]},
             "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"rotate-logs\"}"}]}}
            """);

        Assert.That((schedule.HasTimes, schedule.Applies, schedule.Description), Is.EqualTo((false, true, "started by events")));
    }

    [Test]
    public void ReadPauses_AllTriggersOff_IsAPause()
    {
        Assert.That(Pauses(Rule("rate(1 hour)", "DISABLED"), Rule("rate(1 day)", "DISABLED")), Is.EqualTo(new[] { "rotate-logs" }));
        Assert.That(Pauses(Rule("rate(1 hour)", "DISABLED"), Rule("rate(1 day)")), Is.Empty);
        Assert.That(Pauses(Rule("rate(1 hour)")), Is.Empty);
        Assert.That(Pauses(Rule("rate(1 hour)", condition: "Never")), Is.Empty);
        Assert.That(Read(Rule("rate(1 hour)", condition: "Never")).Applies, Is.False);
        Assert.That(Read(Rule("rate(1 hour)", "DISABLED")).HasTimes, Is.False);

        static IEnumerable<string> Pauses(params string[] triggers) => TemplateSchedules.ReadPauses(Inspect(triggers)).Keys;
    }

    private static JobSchedule Read(params string[] triggers) =>
        TemplateSchedules.Read(Inspect(triggers), Now, apply: true)["rotate-logs"];

    private static TemplateInspection Inspect(string[] triggers) => TemplateInspection.Inspect(
        JsonElement.Parse($$$"""
            {"Conditions":{"Never":{"Fn::Equals":["a","b"]}},"Resources":{
             "Chores":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Acme.Chores"}},
             {{{string.Join(",\n", triggers.Select(static (trigger, index) => $"\"Trigger{index}\":{trigger}"))}}}}}
            """),
        "serverless.template",
        new Dictionary<string, string>(),
        Now,
        AcmeJobs.Add);

    private static string Rule(string expression, string state = "ENABLED", string? condition = null) => $$$"""
        {"Type":"AWS::Events::Rule",{{{(condition is null ? "" : $"\"Condition\":\"{condition}\",")}}}"Properties":{"State":"{{{state}}}",
         "ScheduleExpression":"{{{expression}}}",
         "Targets":[{"Id":"chores","Arn":{"Fn::GetAtt":["Chores","Arn"]},"Input":"{\"job\":\"rotate-logs\"}"}]}}
        """;
}

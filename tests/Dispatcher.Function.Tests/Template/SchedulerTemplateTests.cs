using System.Text.Json;
using Dispatcher.Deployment;
using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Deploys the template with schedules of EventBridge Scheduler.</summary>
public sealed class SchedulerTemplateTests
{
    private static readonly string[] Parameters =
        [.. Variants.Everything.Parameters, "ScheduleTimeZone=Europe/Berlin", "ScheduleWindowMinutes=10"];

    private GeneratedFile _file = null!;
    private Deployment _deployed = null!;

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        _file = new GeneratedFile(
            ServerlessTemplate.AddJobs, ServerlessTemplate.OptionsOfJobs with { UseScheduler = true });
        _deployed = await Deployment.OfAsync(_file.Path, Parameters);
    }

    [OneTimeTearDown]
    public void Delete() => _file.Dispose();

    [Test]
    public async Task Template_CfnLint_ReportsNothing() => Assert.That(await _file.LintAsync(), Is.Empty);

    [Test]
    public void Schedules_EachJob_AreInTheGivenZoneAndWindow()
    {
        List<JsonElement> schedules = [.. _deployed["schedules"].EnumerateArray()];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                schedules.Select(schedule => JsonElement.Parse(Input(schedule)).GetProperty("job").GetString()),
                Is.EquivalentTo(new[]
                {
                    "video-upload-cleanup", "celery-enqueue", "http-trigger", "ecs-run-task", "daily-uptime", "refresh-materialized-view",
                }));
            Assert.That(
                schedules.Select(schedule => schedule.GetProperty("ScheduleExpressionTimezone").GetString()),
                Is.All.EqualTo("Europe/Berlin"));
            Assert.That(
                schedules.Select(schedule => schedule.GetProperty("FlexibleTimeWindow").GetProperty("MaximumWindowInMinutes").GetInt32()),
                Is.All.EqualTo(10));
            Assert.That(
                schedules.Select(schedule => schedule.GetProperty("Target").GetProperty("RoleArn").GetString()),
                Is.All.EqualTo(_deployed["schedulerRole"].GetProperty("Arn").GetString()));
            Assert.That(
                schedules.Select(schedule => schedule.GetProperty("Target").GetProperty("DeadLetterConfig").GetProperty("Arn").GetString()),
                Is.All.EqualTo(_deployed.Queue("UndeliveredEventsQueue").GetProperty("QueueArn").GetString()));
            Assert.That(
                _deployed.Rules.Where(rule => rule.TryGetProperty("ScheduleExpression", out _))
                    .Select(rule => rule.GetProperty("Targets")[0].GetProperty("Input").GetString()),
                Is.EqualTo(new[] { """{"job":"$watch"}""" }));
        }
    }

    [Test]
    public void Inputs_Each_NameTheSameSlotInEveryAttempt() =>
        Assert.That(
            _deployed["schedules"].EnumerateArray().Select(Input),
            Is.All.Contains(
                "\"id\":\"<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>\","
                    + "\"scheduledTime\":\"<aws.scheduler.scheduled-time>\""));

    [Test]
    public void Role_OfTheSchedules_MayInvokeTheFunctionAndKeepEvents()
    {
        var role = _deployed["schedulerRole"];
        var trust = role.GetProperty("Trust").GetProperty("Statement")[0];
        var actions = role.GetProperty("Policies").GetProperty("schedules").EnumerateArray()
            .Select(statement => statement.GetProperty("Action").GetString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(actions, Is.EqualTo(new[] { "lambda:InvokeFunction", "sqs:SendMessage" }));
            Assert.That(trust.GetProperty("Principal").GetProperty("Service").GetString(), Is.EqualTo("scheduler.amazonaws.com"));
            Assert.That(
                trust.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:SourceAccount").GetString(),
                Is.EqualTo("123456789012"));
            Assert.That(
                trust.GetProperty("Condition").GetProperty("ArnEquals").GetProperty("aws:SourceArn").GetString(),
                Is.EqualTo("arn:aws:scheduler:eu-central-1:123456789012:schedule-group/maintenance"));
        }
    }

    [Test]
    public void Inspection_Schedules_AreUnderstood()
    {
        var inspection = _file.Inspect(Parameters.Select(parameter => parameter
            .Replace("=LAYER", "=arn:aws:lambda:eu-central-1:123456789012:layer:secrets:1", StringComparison.Ordinal)
            .Replace("=SUBNET", "=subnet-0614f6234c8532909", StringComparison.Ordinal)
            .Replace("=GROUP", "=sg-0614f6234c8532909", StringComparison.Ordinal)));

        using (Assert.EnterMultipleScope())
        {
            // The parameters enable both jobs of the uptime, which a rule of the project's own fragment refuses.
            Assert.That(
                inspection.Findings.Where(finding => finding.Severity == Severity.Error), Is.Empty);
            Assert.That(
                inspection.Jobs.Where(job => job.Trigger.Kind == TriggerKind.Scheduler).Select(job => job.Job),
                Is.EquivalentTo(new[]
                {
                    "video-upload-cleanup", "celery-enqueue", "http-trigger", "ecs-run-task", "daily-uptime", "refresh-materialized-view",
                }));
            Assert.That(
                inspection.Jobs.Where(job => job.Trigger.Kind == TriggerKind.Scheduler).Select(job => job.Trigger.Zone.Id),
                Is.All.EqualTo("Europe/Berlin"));
        }
    }

    private static string Input(JsonElement schedule) => schedule.GetProperty("Target").GetProperty("Input").GetString()!;
}

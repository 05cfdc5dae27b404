using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Testing;

namespace Dispatcher.Deployment.Tests.Inspection;

/// <summary>Looks through the project's own template, with every job on: it has to be without fault.</summary>
public sealed class ProjectTemplateTests
{
    private static readonly string File = DocumentExamples.PathOf("serverless.template");

    /// <summary>What a deployment of everything has to say.</summary>
    private static readonly Dictionary<string, string> Given = new()
    {
        ["DryRun"] = "false",
        ["VideoUploadBucketName"] = "uploads",
        ["RunUptimeUrl"] = "https://app.example.com/api/internal/run-uptime/",
        ["SecretsExtensionLayerArn"] = "arn:aws:lambda:eu-central-1:123456789012:layer:AWS-Parameters-and-Secrets-Lambda-Extension:12",
        ["ChannelBackfillEventBusName"] = "workflow",
        ["EcsSubnetIds"] = "subnet-0614f6234c8532909,subnet-07af64e6a2897f64c",
        ["EcsRoleArns"] = "arn:aws:iam::123456789012:role/task",
        ["UptimeCommandLine"] = "cd /srv/app && python manage.py run_daily_uptime",
        ["UptimeCommandTag"] = "web",
        ["DatabaseHost"] = "db.example.com",
        ["DatabaseName"] = "app",
        ["DatabaseSecretName"] = "maintenance/database",
    };

    [TestCase("RunUptimeEnabled")]
    [TestCase("DailyUptimeEnabled")]
    [TestCase("UptimeCommandEnabled")]
    public void Of_EverythingIsOnButOneUptimeJob_HasNoProblem(string uptime)
    {
        var parameters = AllOn();
        foreach (var other in (string[])["RunUptimeEnabled", "DailyUptimeEnabled", "UptimeCommandEnabled"])
        {
            parameters[other] = other == uptime ? "true" : "false";
        }

        Assert.That(Inspect.Problems(Look(parameters)), Is.Empty);
    }

    [Test]
    public void Of_AllUptimeJobsAreOn_IsRefused() =>
        Assert.That(Inspect.Problems(Look(AllOn())), Is.EqualTo(new[]
        {
            "Error Rules.OneUptime: RunUptimeEnabled and DailyUptimeEnabled do the same work twice. Set one of them to false.",
            "Error Rules.OneUptime: RunUptimeEnabled and UptimeCommandEnabled do the same work twice. Set one of them to false.",
            "Error Rules.OneUptime: DailyUptimeEnabled and UptimeCommandEnabled do the same work twice. Set one of them to false.",
        }));

    [Test]
    public void Of_EverythingIsOn_EveryTriggerIsDeployedAndHasAJob()
    {
        var jobs = Look(AllOn()).Jobs;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs, Has.Count.GreaterThanOrEqualTo(9));
            Assert.That(jobs.Select(job => job.Trigger.State), Is.All.EqualTo(TriggerState.Enabled));
            Assert.That(jobs.Where(job => job.Trigger.Kind != TriggerKind.Queue).Select(job => job.Job), Is.All.Not.Null);
            Assert.That(jobs.Select(job => job.Job), Is.SupersetOf(new[]
            {
                "video-upload-cleanup", "celery-enqueue", "http-trigger", "ecs-run-task", "channel-backfill-failed", "daily-uptime",
                "refresh-materialized-view",
            }));
        }
    }

    [Test]
    public void Of_Defaults_HasNoProblem() => Assert.That(Inspect.Problems(Look(new Dictionary<string, string>())), Is.Empty);

    [TestCase("DailyUptimeSchedule", "cron(5 0 * * *)", "DailyUptimeRule: cron(5 0 * * *) has 5 fields")]
    [TestCase("CeleryTask", "app<tasks>", "Parameters.CeleryTask: It is 'app<tasks>': it must match")]
    [TestCase(
        "RefreshMaterializedViewSchedule", "rate(30 seconds)", "RefreshMaterializedViewRule: rate(30 seconds) has the unit 'seconds'")]
    [TestCase("DatabaseHost", "", "Rules.DatabaseParameters: Set DatabaseHost")]
    [TestCase("ReservedConcurrency", "1", "Rules.JobQueueFindsFunctionFree: Set ReservedConcurrency to 2 or more")]
    [TestCase("ReservedConcurrency", "01", "Parameters.ReservedConcurrency: It is '01': it must match")]
    [TestCase("VideoUploadBatchSize", "many", "Parameters.VideoUploadBatchSize: It is 'many': it must be a number.")]
    public void Of_OneParameterIsWrong_NamesIt(string name, string value, string expected)
    {
        var parameters = AllOn();
        parameters[name] = value;

        Assert.That(Inspect.Problems(Look(parameters)), Has.Some.Contains(expected));
    }

    [TestCase("VideoUploadCleanupRule", "video-upload-cleanup", "video-upload-clenup", "Did you mean 'video-upload-cleanup'?")]
    [TestCase("RunUptimeRule", "endpoint", "endpiont", "Did you mean 'endpoint'?")]
    [TestCase("DailyUptimeRule", "<time>", "<tiem>", "uses <tiem>")]
    [TestCase("ChannelBackfillCompletedRule", "Channel Backfill Completed", "Channel Backfill Done",
        "No route matches the event 'Channel Backfill Done'")]
    public void Of_OneSlipInTheTemplate_NamesIt(string rule, string right, string wrong, string expected)
    {
        var template = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        var slipped = template["Resources"]![rule]!.ToJsonString(Dispatcher.Deployment.Templates.JsonNodeExtensions.Relaxed);
        Assert.That(slipped, Does.Contain(right), "what is to be misspelt");
        template["Resources"]![rule] = JsonNode.Parse(slipped.Replace(right, wrong, StringComparison.Ordinal));

        var inspection =
            TemplateInspection.Inspect(JsonElement.Parse(template.ToJsonString()), File, AllOn(), Inspect.Now, Inspect.AddJobs);

        Assert.That(Inspect.Problems(inspection), Has.Some.StartsWith($"Error {rule}: ").And.Some.Contains(expected));
    }

    private static TemplateInspection Look(IReadOnlyDictionary<string, string> parameters) =>
        TemplateInspection.Inspect(JsonElement.Parse(System.IO.File.ReadAllText(File)), File, parameters, Inspect.Now, Inspect.AddJobs);

    /// <summary>Every parameter that switches a job on is on, also one that comes later.</summary>
    private static Dictionary<string, string> AllOn()
    {
        var declared = JsonElement.Parse(System.IO.File.ReadAllText(File)).GetProperty("Parameters").EnumerateObject().Select(
            parameter => parameter.Name).ToList();
        var parameters = declared.Where(name => name.EndsWith("Enabled", StringComparison.Ordinal)).ToDictionary(name => name, _ => "true");
        foreach (var (name, value) in Given.Where(pair => declared.Contains(pair.Key)))
        {
            parameters[name] = value;
        }

        return parameters;
    }
}

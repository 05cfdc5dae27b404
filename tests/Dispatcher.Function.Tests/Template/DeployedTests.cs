using System.Text.Json;
using Amazon.ECS;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.Lambda.Tests;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Looks at the template with everything enabled, and runs the function in the environment that it makes.</summary>
public sealed class DeployedTests
{
    private const int MaxEnvironmentBytes = 4096;

    private Deployment _deployed = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => _deployed = await Deployment.OfAsync(Variants.Everything);

    /// <summary>
    /// Reads every input as the function does: the reader checks the job's parameters, too, and throws where one is wrong.
    /// </summary>
    [Test]
    public void Inputs_EachRule_AreTakenByTheFunction()
    {
        using var services = AllJobs.Build(given => given.AddSingleton(_deployed.Configuration()));
        var reader = services.GetRequiredService<JobRequestReader>();

        var jobs = _deployed.FunctionInputs.Select(input => JsonElement.Parse(input))
            .Where(static input => !JobCatalog.IsWatch(input)).Select(input => reader.Read(input).Request).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs, Has.Count.EqualTo(_deployed.Rules.Count - 1), "all but the watch");
            Assert.That(jobs.Select(request => request.Job), Is.EquivalentTo(new[]
            {
                "video-upload-cleanup", "celery-enqueue", "http-trigger", "ecs-run-task", "ecs-run-task", "channel-backfill-failed",
                "daily-uptime",
                "refresh-materialized-view",
            }));
            Assert.That(jobs.Select(request => request.Id), Is.All.Not.Null);
            Assert.That(jobs.Select(request => request.ScheduledTime), Is.All.Not.Null);
        }
    }

    [TestCase("ClaimsReportRule", "dn-task-claims-report-process")]
    [TestCase("ChannelBackfillCompletedRule", "cmscustomidcleanup-task")]
    public async Task Rule_OfAnEcsTask_FindsItsProfile(string resource, string definition)
    {
        var ecs = new Mock<IAmazonECS>();
        ecs.Setup(client => client.ListTasksAsync(It.IsAny<Amazon.ECS.Model.ListTasksRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Amazon.ECS.Model.ListTasksResponse());
        ecs.Setup(client => client.DescribeTaskDefinitionAsync(
                It.IsAny<Amazon.ECS.Model.DescribeTaskDefinitionRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Amazon.ECS.Model.DescribeTaskDefinitionResponse
            {
                TaskDefinition = new Amazon.ECS.Model.TaskDefinition
                {
                    Family = definition,
                    Status = Amazon.ECS.TaskDefinitionStatus.ACTIVE,
                    NetworkMode = Amazon.ECS.NetworkMode.Awsvpc,
                    Compatibilities = ["EC2", "FARGATE"],
                    Cpu = "256",
                    Memory = "512",
                    ContainerDefinitions = [new Amazon.ECS.Model.ContainerDefinition { Name = "main" }],
                },
            });

        var answer = await PlanAsync(resource, given => given.AddSingleton(ecs.Object));

        Assert.That(answer, Does.Contain("\"planned\"").And.Contain(definition));
    }

    [Test]
    public async Task Rule_OfTheEndpoint_FindsIt()
    {
        var answer = await PlanAsync("RunUptimeRule", _ => { });

        Assert.That(answer, Does.Contain("\"planned\"").And.Contain("https://app.example.com/api/internal/run-uptime/"));
    }

    /// <summary>The rules of others may send a constant: the targets that the documents show are taken as well.</summary>
    [TestCase("deploying.md", "video-upload-cleanup")]
    [TestCase("events.md", "ecs-run-task")]
    public void Target_WithTheConstantInputOfADocument_IsTakenByTheFunction(string document, string job)
    {
        using var services = AllJobs.Build(given => given.AddSingleton(_deployed.Configuration()));
        var target = JsonElement.Parse(DocumentExamples.Read($"docs/{document}", "json target").Single());

        var request = services.GetRequiredService<JobRequestReader>().Read(JsonElement.Parse(RuleTarget.Deliver(target, []))).Request;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Job, Is.EqualTo(job));
            Assert.That(request.Id, Is.Null, "a constant has no identity");
        }
    }

    [Test]
    public void Rules_EveryTarget_HasADeadLetterQueue() =>
        Assert.That(
            _deployed.Rules.SelectMany(rule => rule.GetProperty("Targets").EnumerateArray())
                .Select(target => target.GetProperty("DeadLetterConfig").GetRawText()),
            Is.All.Contains("UndeliveredEventsQueue"));

    [Test]
    public void Rules_WithAnEventPattern_StandOnTheGivenBusAndNoOtherDoes() =>
        Assert.That(
            _deployed.Rules.Select(rule => (rule.TryGetProperty("ScheduleExpression", out _), rule.GetProperty("EventBusName").GetString()))
                .Distinct(),
            Is.EquivalentTo(new[] { (true, "default"), (false, "workflow") }));

    [Test]
    public void FailureRule_Alert_ReachesTheTopicAsText()
    {
        var rule = _deployed.Rule("ChannelBackfillFailedRule");
        var alert = rule.GetProperty("Targets").EnumerateArray().Single(target => target.GetProperty("Id").GetString() == "alert");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alert.GetProperty("Arn").GetString(), Is.EqualTo(_deployed.Resources["ChannelBackfillAlerts"]));
            Assert.That(
                JsonElement.Parse(RuleTarget.Deliver(alert, RuleTarget.Sample(rule))).GetString(),
                Is.EqualTo(
                    "A channel backfill of dn.backend.channelbackfill failed at 2026-11-22T03:00:00Z. Event: "
                        + "6a7e8feb-b491-4cf7-a9f1-bf3703467718."));
        }
    }

    [Test]
    public void Environment_Everything_LeavesAThirdOfItsSpace() =>
        Assert.That(
            _deployed.Environment.Sum(variable => variable.Key.Length + variable.Value!.Length), Is.LessThan(MaxEnvironmentBytes * 2 / 3));

    // CloudFormation resolves these when it deploys; moto leaves them as they are. The place between the colons is the version's stage.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
    [TestCase("RDS_USERNAME", "username")]
    [TestCase("RDS_PASSWORD", "password")]
    public async Task Environment_Database_TakesItsCredentialsFromTheSecret(string variable, string field)
    {
        var rotated = await Deployment.OfAsync(Variants.Rotated);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                _deployed.Environment[variable],
                Is.EqualTo($$$"""{{resolve:secretsmanager:maintenance/database:SecretString:{{{field}}}::}}"""));
            Assert.That(
                rotated.Environment[variable],
                Is.EqualTo(
                    $$$"""{{resolve:secretsmanager:maintenance/database:SecretString:{{{field}}}::{{{Variants.SecretVersion}}}}}"""));
        }
    }

    [Test]
    public void Environment_WhatIsKept_IsNamed()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_deployed.Environment["RUNS_TABLE"], Is.EqualTo(_deployed.Resources["RunsTable"]));
            Assert.That(_deployed.Environment["RUNS_RETENTION_DAYS"], Is.EqualTo("90"));
            Assert.That(_deployed.Environment["AUDIT_BUCKET"], Is.EqualTo("audit-trail"));
            Assert.That(_deployed.Environment["PLAN_BUCKET"], Is.EqualTo("plans-of-runs"));
            Assert.That(_deployed.Environment["PLAN_ACCOUNT"], Is.EqualTo("123456789012"));
            Assert.That(_deployed.Environment["JOB_QUEUE_URL"], Is.EqualTo(_deployed.Resources["JobQueue"]));
        }
    }

    [Test]
    public async Task Environment_WhatIsNotWanted_IsNotNamed()
    {
        var unwatched = await Deployment.OfAsync(Variants.Unwatched);
        var nothing = await Deployment.OfAsync(Variants.EachAlone[0]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unwatched.Environment.Keys, Has.None.AnyOf("RUNS_TABLE", "RUNS_RETENTION_DAYS", "AUDIT_BUCKET", "PLAN_BUCKET"));
            Assert.That(nothing.Environment.Keys, Has.None.EqualTo("JOB_QUEUE_URL"));
        }
    }

    [Test]
    public async Task MetricsNamespace_Another_IsTheOneThatTheFunctionEmitsTo()
    {
        var unwatched = await Deployment.OfAsync(Variants.Unwatched);

        var runs = await FunctionRuns.OfAsync(unwatched);

        Assert.That(
            runs.All.Where(metric => metric.Name == "Failed").Select(metric => metric.Namespace).Distinct(),
            Is.EqualTo(new[] { "Staging" }));
    }

    [Test]
    public async Task Function_Parameters_SetIt()
    {
        var other = await Deployment.OfAsync(Variants.Unwatched);
        var function = _deployed["function"];
        var invocations = function.GetProperty("EventInvokeConfig");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(function.GetProperty("ReservedConcurrency").GetInt32(), Is.EqualTo(5));
            Assert.That(other["function"].GetProperty("ReservedConcurrency").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(invocations.GetProperty("MaximumRetryAttempts").GetInt32(), Is.EqualTo(2));
            Assert.That(invocations.GetProperty("MaximumEventAgeInSeconds").GetInt32(), Is.EqualTo(3600));
            Assert.That(
                invocations.GetProperty("DestinationConfig").GetProperty("OnFailure").GetProperty("Destination").GetString(),
                Is.EqualTo(_deployed.Queue("FailedRunsQueue").GetProperty("QueueArn").GetString()));
        }
    }

    [Test]
    public void RunsTable_Keys_AreJobAndRun()
    {
        var table = _deployed["tables"].GetProperty(_deployed.Resources["RunsTable"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                table.GetProperty("KeySchema")
                    .EnumerateArray().Select(key => $"{key.GetProperty("AttributeName")} {key.GetProperty("KeyType")}"),
                Is.EqualTo(new[] { "job HASH", "runId RANGE" }));
            Assert.That(
                table.GetProperty("AttributeDefinitions")
                    .EnumerateArray().Select(attribute => attribute.GetProperty("AttributeType").GetString()),
                Is.All.EqualTo("S"));
            Assert.That(table.GetProperty("BillingModeSummary").GetProperty("BillingMode").GetString(), Is.EqualTo("PAY_PER_REQUEST"));
        }
    }

    // moto's CloudFormation does not hand these on.
    [Test]
    public void Function_Translated_RunsOnTheGivenProcessor() =>
        Assert.That(
            Translated("DispatcherFunction").GetProperty("Properties").GetProperty("Architectures").GetRawText(),
            Is.EqualTo("""[{"Ref": "Architecture"}]"""));

    // moto's CloudFormation does not hand these on.
    [Test]
    public void Function_Translated_IsTracedAsGiven() =>
        Assert.That(
            Translated("DispatcherFunction").GetProperty("Properties").GetProperty("TracingConfig").GetRawText(),
            Is.EqualTo("""{"Mode": {"Ref": "TracingMode"}}"""));

    // moto's CloudFormation does not hand these on.
    [Test]
    public void RunsTable_Translated_IsEncryptedExpiresRecordsAndCanBeRestored()
    {
        var table = Translated("RunsTable");
        var properties = table.GetProperty("Properties");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                properties.GetProperty("TimeToLiveSpecification").GetRawText(),
                Is.EqualTo("""{"AttributeName": "expiresAt", "Enabled": true}"""));
            Assert.That(properties.GetProperty("SSESpecification").GetProperty("SSEEnabled").GetBoolean(), Is.True);
            Assert.That(
                properties.GetProperty("PointInTimeRecoverySpecification").GetProperty("PointInTimeRecoveryEnabled").GetBoolean(), Is.True);
            Assert.That(table.GetProperty("DeletionPolicy").GetString(), Is.EqualTo("RetainExceptOnCreate"));
            Assert.That(table.GetProperty("UpdateReplacePolicy").GetString(), Is.EqualTo("Retain"));
        }
    }

    private JsonElement Translated(string resource) => _deployed["translated"].GetProperty(resource);

    private async Task<string> PlanAsync(string resource, Action<IServiceCollection> configure)
    {
        var rule = _deployed.Rule(resource);
        await using var services = AllJobs.Build(given =>
        {
            given.AddSingleton(_deployed.Configuration([.. OutsideServices.Settings, ("DRY_RUN", "true")]))
                .AddSingleton(new LambdaOutput(Stream.Null));
            configure(given);
        });

        var payload = RuleTarget.Deliver(rule.GetProperty("Targets")[0], RuleTarget.Sample(rule));
        return (await services.InvokeAsync(payload)).GetRawText();
    }
}

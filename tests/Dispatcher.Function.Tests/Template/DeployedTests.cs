using System.Text.Json;
using Amazon.ECS;
using Amazon.Lambda.Core;
using Dispatcher.Lambda;
using Dispatcher.Payload;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Looks at the template with everything enabled, and runs the function in the environment that it makes.</summary>
public sealed class DeployedTests
{
    private const int MaxEnvironmentBytes = 4096;

    private Deployment _deployed = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => _deployed = await Deployment.DeployAsync(Deployment.Everything);

    [Test]
    public void Inputs_EachRule_AreTakenByTheFunction()
    {
        using var services = FunctionServices.Build(given => given.AddSingleton(Configuration()));
        var reader = services.GetRequiredService<JobRequestReader>();

        var jobs = _deployed.FunctionInputs.Select(input => reader.Read(JsonElement.Parse(input))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs.Select(request => request.Job), Is.EquivalentTo(new[]
            {
                "video-upload-cleanup", "celery-enqueue", "http-trigger", "ecs-run-task", "ecs-run-task", "channel-backfill-failed", "daily-uptime",
                "refresh-materialized-view",
            }));
            Assert.That(jobs.Where(request => request.Job != "video-upload-cleanup").Select(request => request.Id), Is.All.Not.Null);
            Assert.That(jobs.Where(request => request.Job != "video-upload-cleanup").Select(request => request.ScheduledTime), Is.All.Not.Null);
        }
    }

    [TestCase("ClaimsReportRule", "dn-task-claims-report-process")]
    [TestCase("ChannelBackfillCompletedRule", "cmscustomidcleanup-task")]
    public async Task Rule_OfAnEcsTask_FindsItsProfile(string resource, string definition)
    {
        var ecs = new Mock<IAmazonECS>();
        ecs.Setup(client => client.ListTasksAsync(It.IsAny<Amazon.ECS.Model.ListTasksRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(new Amazon.ECS.Model.ListTasksResponse());

        var answer = await RunAsync(resource, given => given.AddSingleton(ecs.Object));

        Assert.That(answer, Does.Contain("\"planned\"").And.Contain(definition));
    }

    [Test]
    public async Task Rule_OfTheEndpoint_FindsIt()
    {
        var answer = await RunAsync("RunUptimeRule", _ => { }, ("HttpEndpoints__run_uptime__Secret", "INTERNAL_KEY"), ("INTERNAL_KEY", "k"));

        Assert.That(answer, Does.Contain("\"planned\"").And.Contain("https://app.example.com/api/internal/run-uptime/"));
    }

    [Test]
    public void Rule_OfTheCleanup_HasAConstantInput() =>
        Assert.That(
            _deployed.Rule("VideoUploadCleanupRule").GetProperty("Targets")[0].GetProperty("Input").GetString(),
            Is.EqualTo("""{"job":"video-upload-cleanup"}"""));

    [Test]
    public void Rules_EveryTarget_HasADeadLetterQueue() =>
        Assert.That(
            _deployed.Rules.SelectMany(rule => rule.GetProperty("Targets").EnumerateArray()).Select(target => target.GetProperty("DeadLetterConfig").GetRawText()),
            Is.All.Contains("UndeliveredEventsQueue"));

    [Test]
    public void Rules_WithAnEventPattern_StandOnTheGivenBusAndNoOtherDoes() =>
        Assert.That(
            _deployed.Rules.Select(rule => (rule.TryGetProperty("ScheduleExpression", out _), rule.GetProperty("EventBusName").GetString())).Distinct(),
            Is.EquivalentTo(new[] { (true, "default"), (false, "workflow") }));

    [Test]
    public void FailureRule_Alert_ReachesTheTopicAsText()
    {
        var rule = _deployed.Rule("ChannelBackfillFailedRule");
        var alert = rule.GetProperty("Targets").EnumerateArray().Single(target => target.GetProperty("Id").GetString() == "alert");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alert.GetProperty("Arn").GetString(), Does.StartWith("arn:aws:sns:").And.Contain("ChannelBackfillAlerts"));
            Assert.That(
                JsonElement.Parse(RuleTarget.Deliver(alert, RuleTarget.Sample(rule))).GetString(),
                Is.EqualTo("A channel backfill of dn.backend.channelbackfill failed at 2026-11-22T03:00:00Z. Event: 6a7e8feb-b491-4cf7-a9f1-bf3703467718."));
        }
    }

    [Test]
    public void Environment_Everything_LeavesHalfOfItsSpace() =>
        Assert.That(_deployed.Environment.Sum(variable => variable.Key.Length + variable.Value!.Length), Is.LessThan(MaxEnvironmentBytes / 2));

    // CloudFormation resolves these when it deploys; moto leaves them as they are.
    [TestCase("RDS_USERNAME", "username")]
    [TestCase("RDS_PASSWORD", "password")]
    public void Environment_Database_TakesItsCredentialsFromTheSecret(string variable, string field) =>
        Assert.That(_deployed.Environment[variable], Is.EqualTo($$$"""{{resolve:secretsmanager:maintenance/database:SecretString:{{{field}}}}}"""));

    [TestCase("celery-enqueue", "arn:aws:sqs:eu-central-1:123456789012:celery")]
    [TestCase("run-uptime", "arn:aws:ssm:eu-central-1:123456789012:parameter/maintenance/internal-key")]
    [TestCase("claims-report", "arn:aws:ecs:eu-central-1:123456789012:task-definition/dn-task-claims-report-process:*")]
    [TestCase("claims-report", """["arn:aws:iam::123456789012:role/task","arn:aws:iam::123456789012:role/execution"]""")]
    [TestCase("claims-report", "\"iam:PassedToService\":\"ecs-tasks.amazonaws.com\"")]
    [TestCase("channel-backfill", "arn:aws:ecs:eu-central-1:123456789012:task-definition/cmscustomidcleanup-task:*")]
    public void Policy_OfAJob_IsForItsOwnThings(string policy, string part) =>
        Assert.That(_deployed.Policies[policy].Replace(" ", string.Empty, StringComparison.Ordinal), Does.Contain(part));

    [Test]
    public void Policies_OnEverything_AllowOnlyWhatHasNoResource() =>
        Assert.That(
            from policy in _deployed.Policies.Values
            from statement in JsonElement.Parse(policy).EnumerateArray()
            where statement.GetProperty("Resource").ToString() == "*"
            select statement.GetProperty("Action").ToString(),
            Is.All.EqualTo("ecs:ListTasks"));

    [Test]
    public void JobQueue_Mapping_ReportsEachMessage()
    {
        var queue = _deployed["queues"].EnumerateObject().Single(queue => queue.Name.Contains("-JobQueue-", StringComparison.Ordinal)).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_deployed["mappings"][0].GetProperty("EventSourceArn").GetString(), Is.EqualTo(queue.GetProperty("QueueArn").GetString()));
            Assert.That(Mapping("FunctionResponseTypes"), Is.EqualTo("""["ReportBatchItemFailures"]"""));
            Assert.That(queue.GetProperty("RedrivePolicy").GetString(), Does.Contain("FailedMessagesQueue"));
            Assert.That(queue.GetProperty("SqsManagedSseEnabled").GetString(), Is.EqualTo("true"));
            Assert.That(queue.GetProperty("VisibilityTimeout").GetString(), Is.EqualTo("5400"));
        }
    }

    private static string Mapping(string property) =>
        ServerlessTemplate.Content.GetProperty("Resources").GetProperty("JobQueueMapping").GetProperty("Properties").GetProperty(property).GetRawText();

    private async Task<string> RunAsync(string resource, Action<IServiceCollection> configure, params (string Name, string Value)[] variables)
    {
        var rule = _deployed.Rule(resource);
        await using var services = FunctionServices.Build(given =>
        {
            given.AddSingleton(Configuration(variables)).AddSingleton(new LambdaOutput(Stream.Null));
            configure(given);
        });

        var payload = RuleTarget.Deliver(rule.GetProperty("Targets")[0], RuleTarget.Sample(rule));
        return (await new Function(services).HandleAsync(JsonElement.Parse(payload), Mock.Of<ILambdaContext>())).GetRawText();
    }

    /// <summary>Makes the configuration as the environment variables make it.</summary>
    private IConfiguration Configuration(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string?>(_deployed.Environment);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value)))
            .Build();
    }
}

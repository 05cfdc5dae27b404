using System.Text.Json;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Looks at what everything together may do, statement by statement.</summary>
public sealed class PolicyTests
{
    /// <summary>Lists every resource with a wildcard: the policy, the statement, the resource, and why it cannot be narrower.</summary>
    private static readonly (string Policy, string Sid, string Resource, string Reason)[] Wildcards =
    [
        (
            "basis",
            "JoinNetwork",
            "*",
            "Lambda itself makes the network interfaces, and creating a function is refused where these actions are narrowed to "
                + "resources."),
        (
            "claims-report",
            "FindStartedTasks",
            "*",
            "ecs:ListTasks knows no resource but container instances, of which Fargate has none; the cluster is a condition."),
        (
            "channel-backfill",
            "FindStartedTasks",
            "*",
            "ecs:ListTasks knows no resource but container instances, of which Fargate has none; the cluster is a condition."),
        (
            "claims-report",
            "StartTask",
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/dn-task-claims-report-process:*",
            "The newest revision runs."),
        (
            "channel-backfill",
            "StartTask",
            "arn:aws:ecs:eu-central-1:123456789012:task-definition/cmscustomidcleanup-task:*",
            "The newest revision runs."),
        ("claims-report", "WaitForTasks", "arn:aws:ecs:eu-central-1:123456789012:task/default/*", "A task gets its id when it starts."),
        ("channel-backfill", "WaitForTasks", "arn:aws:ecs:eu-central-1:123456789012:task/default/*", "A task gets its id when it starts."),
        ("claims-report", "FindEssentialContainers", "*", "ecs:DescribeTaskDefinition knows no resource."),
        ("channel-backfill", "FindEssentialContainers", "*", "ecs:DescribeTaskDefinition knows no resource."),
        ("plans", "KeepPlans", "arn:aws:s3:::plans-of-runs/plans/*", "The objects under plans/: each plan has its own key."),
        ("video-upload-cleanup", "UploadObjects", "arn:aws:s3:::uploads/uploads/*", "The objects under the prefix that the job cleans."),
        ("tracing", "Trace", "*", "The actions of X-Ray know no resource."),
        ("audit", "KeepAudit", "arn:aws:s3:::audit-trail/audit/*", "One object per run, named by the run."),
    ];

    private Deployment _deployed = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => _deployed = await Deployment.OfAsync(Variants.Everything);

    [Test]
    public void Resources_WithAWildcard_AreTheExceptions() =>
        Assert.That(
            from policy in _deployed.Policies
            from statement in policy.Value
            from resource in Texts(statement, "Resource")
            where resource.AsSpan().ContainsAny('*', '?')
            select (policy.Key, statement.GetProperty("Sid").GetString(), resource),
            Is.EquivalentTo(Wildcards.Select(wildcard => (wildcard.Policy, wildcard.Sid, wildcard.Resource))));

    [Test]
    public void Actions_Each_AreNamedInFull() =>
        Assert.That(
            _deployed.Policies.Values.SelectMany(statements => statements).SelectMany(statement => Texts(statement, "Action")),
            Is.Not.Empty.And.All.Match("^[a-z0-9]+:[A-Za-z]+$"));

    [Test]
    public void Statements_Each_AllowSomething() =>
        Assert.That(
            _deployed.Policies.Values.SelectMany(statements => statements).Select(statement => statement.GetProperty("Effect").GetString()),
            Is.All.EqualTo("Allow"));

    // AWSLambdaBasicExecutionRole may write to every log group, AWSLambdaVPCAccessExecutionRole as well.
    [Test]
    public void Role_Managed_HasNoPolicyOfOthers() => Assert.That(_deployed["managedPolicies"].EnumerateArray(), Is.Empty);

    [Test]
    public void Policies_Everything_AreThese() =>
        Assert.That(_deployed.Policies.Keys, Is.EquivalentTo(new[]
        {
            "basis", "video-upload-cleanup", "celery-enqueue", "run-uptime", "claims-report", "channel-backfill", "job-queue", "runs",
            "audit", "plans", "tracing", "watch",
        }));

    [TestCase(
        "basis", "Log", "logs:CreateLogStream,logs:PutLogEvents", "arn:aws:logs:eu-central-1:123456789012:log-group:maintenance-LogGroup-")]
    [TestCase("basis", "KeepFailedRuns", "sqs:SendMessage", "arn:aws:sqs:eu-central-1:123456789012:maintenance-FailedRunsQueue-")]
    [TestCase(
        "video-upload-cleanup",
        "UploadSessions",
        "dynamodb:BatchGetItem,dynamodb:DeleteItem,dynamodb:DescribeTable,dynamodb:DescribeTimeToLive,dynamodb:Scan,dynamodb:UpdateItem",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/UploadSessions")]
    [TestCase(
        "celery-enqueue",
        "CeleryQueue",
        "sqs:GetQueueAttributes,sqs:GetQueueUrl,sqs:SendMessage",
        "arn:aws:sqs:eu-central-1:123456789012:celery")]
    [TestCase(
        "run-uptime", "EndpointSecret", "ssm:GetParameter", "arn:aws:ssm:eu-central-1:123456789012:parameter/maintenance/internal-key")]
    [TestCase("claims-report", "PassRoles", "iam:PassRole", "arn:aws:iam::123456789012:role/")]
    [TestCase(
        "job-queue",
        "JobQueue",
        "sqs:DeleteMessage,sqs:GetQueueAttributes,sqs:ReceiveMessage,sqs:SendMessage",
        "arn:aws:sqs:eu-central-1:123456789012:maintenance-JobQueue-")]
    [TestCase(
        "runs",
        "KeepRuns",
        "dynamodb:BatchGetItem,dynamodb:GetItem,dynamodb:PutItem,dynamodb:UpdateItem",
        "arn:aws:dynamodb:eu-central-1:123456789012:table/maintenance-RunsTable-")]
    [TestCase("watch", "WatchRuns", "dynamodb:Query", "arn:aws:dynamodb:eu-central-1:123456789012:table/maintenance-RunsTable-")]
    [TestCase("audit", "KeepAudit", "s3:PutObject", "arn:aws:s3:::audit-trail/audit/")]
    public void Statement_OfAPolicy_AllowsThis(string policy, string sid, string actions, string resource)
    {
        var statement = _deployed.Policies[policy].Single(statement => statement.GetProperty("Sid").GetString() == sid);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Texts(statement, "Action"), Is.EquivalentTo(actions.Split(',')));
            Assert.That(Texts(statement, "Resource"), Is.All.StartsWith(resource));
        }
    }

    [TestCase("claims-report")]
    [TestCase("channel-backfill")]
    public void Roles_OfAnEcsTask_ArePassedToEcsOnly(string policy) =>
        Assert.That(
            _deployed.Policies[policy]
                .Single(statement => Texts(statement, "Action").Contains("iam:PassRole")).GetProperty("Condition").GetRawText(),
            Is.EqualTo("""{"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}"""));

    [Test]
    public void Queues_Each_AreEncryptedAndTakeNothingWithoutTls()
    {
        var queues = _deployed["queues"].EnumerateObject().ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(queues, Has.Count.EqualTo(4));
            Assert.That(queues.Select(queue => queue.Value.GetProperty("SqsManagedSseEnabled").GetString()), Is.All.EqualTo("true"));
            Assert.That(
                queues.Select(queue => Denial(queue.Value)),
                Is.EqualTo(queues.Select(queue => queue.Value.GetProperty("QueueArn").GetString())));
        }

        static string? Denial(JsonElement queue) =>
            (from statement in Statements(queue)
             where statement.GetProperty("Effect").GetString() == "Deny"
             where statement.GetProperty("Principal").GetString() == "*"
             where statement.GetProperty("Action").GetString() == "sqs:*"
             where statement.GetProperty("Condition").GetProperty("Bool").GetProperty("aws:SecureTransport").GetString() == "false"
             select statement.GetProperty("Resource").GetString()).Single();
    }

    [Test]
    public void UndeliveredEvents_TheRulesOfTheStack_MaySend()
    {
        var statement = Statements(_deployed.Queue("UndeliveredEventsQueue"))
            .Single(statement => statement.GetProperty("Effect").GetString() == "Allow");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(statement.GetProperty("Principal").GetProperty("Service").GetString(), Is.EqualTo("events.amazonaws.com"));
            Assert.That(
                Texts(statement.GetProperty("Condition").GetProperty("ArnEquals"), "aws:SourceArn"),
                Is.EquivalentTo(_deployed.Rules.Select(rule => rule.GetProperty("Arn").GetString())));
        }
    }

    [Test]
    public async Task UndeliveredEvents_NoRule_NobodyMaySend()
    {
        var nothing = await Deployment.OfAsync(Variants.EachAlone[0]);

        Assert.That(
            Statements(nothing.Queue("UndeliveredEventsQueue")).Select(statement => statement.GetProperty("Effect").GetString()),
            Is.EqualTo(new[] { "Deny" }));
    }

    [Test]
    public void AlarmTopic_TheAlarmsOfTheStack_MayPublish()
    {
        var topic = Topic("AlarmTopic");
        var statement = Statements(topic).Single(statement => statement.GetProperty("Effect").GetString() == "Allow");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(statement.GetProperty("Principal").GetProperty("Service").GetString(), Is.EqualTo("cloudwatch.amazonaws.com"));
            Assert.That(
                statement.GetProperty("Condition").GetProperty("StringEquals").GetProperty("aws:SourceAccount").GetString(),
                Is.EqualTo("123456789012"));
            Assert.That(
                statement.GetProperty("Condition").GetProperty("ArnLike").GetProperty("aws:SourceArn").GetString(),
                Is.EqualTo("arn:aws:cloudwatch:eu-central-1:123456789012:alarm:maintenance-*"));
            Assert.That(_deployed.Alarms.Select(alarm => alarm.Name), Is.All.StartsWith("maintenance-"));
            Assert.That(Texts(topic, "Endpoints"), Is.EqualTo(new[] { "operators@example.com" }));
        }
    }

    [TestCase("AlarmTopic")]
    [TestCase("ChannelBackfillAlerts")]
    public void Topic_Each_TakesNothingWithoutTls(string resource) =>
        Assert.That(
            Statements(Topic(resource))
                .Single(statement => statement.GetProperty("Effect").GetString() == "Deny").GetProperty("Condition").GetRawText(),
            Does.Contain("\"aws:SecureTransport\":\"false\""));

    private static JsonElement[] Statements(JsonElement of) =>
        [.. JsonElement.Parse(of.GetProperty("Policy").GetString()!).GetProperty("Statement").EnumerateArray()];

    private static IEnumerable<string> Texts(JsonElement of, string member) =>
        of.GetProperty(member) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(text => text.GetString()!)
            : [of.GetProperty(member).GetString()!];

    private JsonElement Topic(string resource) =>
        _deployed["topics"].EnumerateArray().Single(topic => topic.GetProperty("TopicArn").GetString() == _deployed.Resources[resource]);
}

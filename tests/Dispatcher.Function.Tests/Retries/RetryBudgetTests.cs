using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Dispatcher.Function.Tests.Template;
using Dispatcher.Testing.Aws.Fakes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests.Retries;

/// <summary>
/// Counts the requests that one invocation sends to a server that fails each of them. The SDK's attempts and the run's do not multiply, and
/// what a run sends is repeated only by Lambda and by the queue, as often as the template says.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class RetryBudgetTests
{
    /// <summary>The attempts of a run: of what does not retry by itself, endpoints, the secrets extension and PostgreSQL.</summary>
    private const int OfTheRun = 3;

    /// <summary>The attempts of the SDK, for SQS, S3 and ECS.</summary>
    private const int OfTheSdk = 3;

    /// <summary>The attempts of the SDK, for DynamoDB.</summary>
    private const int OfDynamoDb = 4;

    /// <summary>
    /// What the SDK adds if connections break before the answer, in all and at once: pooled connections may have died while the execution
    /// environment was frozen.
    /// </summary>
    private const int OfDeadConnections = 3;

    /// <summary>How often .NET sends a request if connections break before anything of its body is sent.</summary>
    private const int OfTheConnection = 4;

    /// <summary>
    /// The rounds in which the cleanup waits for a service that is too busy: for 60 s, with pauses that grow to between 2.5 and 5 s.
    /// </summary>
    private const int OfPatience = 28;

    /// <summary>A listing is waited for three times as long.</summary>
    private const int OfTheListing = 3;

    /// <summary>Where a local server has no TLS, Npgsql connects a second time without it.</summary>
    private const int OfNpgsql = 2;

    private const string Cleanup = """{"job":"video-upload-cleanup","parameters":{"table":"sessions","bucket":"uploads"}}""";

    private const string Command = """SsmCommands:a={"commands":["b"],"instanceIds":["i-0a1b2c3d"]}""";

    private static IEnumerable<TestCaseData> Requests()
    {
        foreach (var fault in Enum.GetValues<ServerFault>())
        {
            var aws = Aws(fault, OfTheSdk);
            yield return Case("SQS SendMessage", fault, aws, """{"job":"celery-enqueue","parameters":{"task":"a.b","queueUrl":"§/1/q"}}""");
            yield return Case("SQS GetQueueUrl", fault, aws, """{"job":"celery-enqueue","parameters":{"task":"a.b","queueName":"q"}}""");
            yield return Case("ECS ListTasks", fault, aws, """{"job":"ecs-run-task","parameters":{"taskDefinition":"a"}}""");
            yield return Case(
                "ECS RunTask", fault, aws, """{"job":"ecs-run-task","parameters":{"taskDefinition":"a"}}""", spared: "ListTasks");
            yield return Case("SSM ListCommands", fault, aws, """{"job":"ssm-run-command","parameters":{"profile":"a"}}""", Command);
            yield return Case(
                "SSM SendCommand", fault, aws, """{"job":"ssm-run-command","parameters":{"profile":"a"}}""", Command, spared: "ListCommands");
            yield return Case("continuation", fault, aws, """{"job":"unfinished"}""", "JOB_QUEUE_URL=§/1/jobs");
            yield return Case(
                "audit trail",
                fault,
                S3(fault),
                """{"job":"http-trigger","parameters":{"url":"§/well"}}""",
                "AUDIT_BUCKET=audit-trail",
                spared: "POST /well");
            yield return Case("run record", fault, Aws(fault, OfDynamoDb), """{"job":"channel-backfill-failed"}""", "RUNS_TABLE=runs");
            yield return Case(
                "DynamoDB",
                fault,
                fault is ServerFault.Busy or ServerFault.BusyWithRetryAfter ? OfPatience * OfDynamoDb : Aws(fault, OfDynamoDb),
                Cleanup);
            yield return Case("endpoint POST", fault, OfTheRun, """{"job":"http-trigger","parameters":{"url":"§/x","timeoutSeconds":60}}""");
            yield return Case(
                "endpoint by a message",
                fault,
                OfTheRun,
                """
                {"Records":[{"messageId":"m","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:1:jobs",
                 "body":"{\"job\":\"http-trigger\",\"parameters\":{\"url\":\"§/x\",\"timeoutSeconds\":60}}"}]}
                """);
            yield return Case(
                "endpoint GET", fault, OfTheRun, """{"job":"http-trigger","parameters":{"url":"§/x","method":"GET","timeoutSeconds":60}}""");
            yield return Case(
                "secrets extension",
                fault,
                OfTheRun,
                """{"job":"http-trigger","parameters":{"url":"https://a.example/","secretHeader":"X-Key","secret":"ssm:/a"}}""");
        }
    }

    [TestCaseSource(nameof(Requests))]
    public async Task InvokeAsync_EveryRequestFails_SendsNoMoreThanTheBudget(
        ServerFault fault, int most, string payload, string setting, string spared)
    {
        await using var server = new FailingServer(fault, spared);
        await using var function = new FailingFunction(server.Url, Settings(server, setting));

        await function.InvokeAsync(Fill(payload, server));

        var counted = server.Requests.CountBy(static request => request).ToDictionary();
        await TestContext.Out.WriteLineAsync(string.Join(", ", counted.Select(static request => $"{request.Value} {request.Key}")));
        Assert.That(counted, Is.Not.Empty);
        Assert.That(counted.Values, Is.All.LessThanOrEqualTo(most));
    }

    [Test]
    public async Task InvokeAsync_S3FailsEveryRequest_SendsNoMoreThanTheBudget([Values] ServerFault fault)
    {
        var aws = new FakeAws(TimeProvider.System);
        var sessions = aws.DynamoDb.CreateTable("sessions", "uploadSessionId");
        sessions.Put(("uploadSessionId", "a"), ("status", "created"), ("uploadType", "single"));
        using var dynamoDb = aws.CreateDynamoDb(new FakeCaller("function", TimeProvider.System));
        await using var server = new FailingServer(fault);
        await using var function = new FailingFunction(
            server.Url, Settings(server, string.Empty), services => services.AddSingleton<IAmazonDynamoDB>(dynamoDb));

        await function.InvokeAsync(Cleanup);

        var counted = server.Requests.CountBy(static request => request).ToDictionary();
        await TestContext.Out.WriteLineAsync(string.Join(", ", counted.Select(static request => $"{request.Value} {request.Key}")));
        Assert.That(counted, Is.Not.Empty);
        Assert.That(
            counted.Values,
            Is.All.LessThanOrEqualTo(
                fault is ServerFault.Busy or ServerFault.BusyWithRetryAfter ? OfPatience * OfTheListing * OfTheSdk : S3(fault)));
    }

    [TestCase(ServerFault.Hangup)]
    [TestCase(ServerFault.Silence)]
    public async Task InvokeAsync_DatabaseIsNotThere_ConnectsNoMoreThanTheBudget(ServerFault fault)
    {
        foreach (var payload in new[] { """{"job":"daily-uptime"}""", """{"job":"refresh-materialized-view","parameters":{"view":"a"}}""" })
        {
            await using var server = new FailingServer(fault);
            await using var function = new FailingFunction(
                server.Url, Settings(server, "DATABASE_URL=postgres://me:secret@127.0.0.1:§§/db?connect_timeout=1"));

            await function.InvokeAsync(payload);

            Assert.That(server.Connections, Is.InRange(OfTheRun, OfTheRun * OfNpgsql), payload);
        }
    }

    [Test]
    public void Template_Deliveries_AreThoseOfTheBudget()
    {
        var template = JsonNode.Parse(File.ReadAllText(ServerlessTemplate.RepositoryFile))!;
        var function = template["Resources"]!["DispatcherFunction"]!["Properties"]!;
        var retries = template["Parameters"]!["RetryAttempts"]!;
        var queue = template["Resources"]!["JobQueue"]!["Properties"]!["RedrivePolicy"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(function["EventInvokeConfig"]!["MaximumRetryAttempts"]!["Ref"]!.GetValue<string>(), Is.EqualTo("RetryAttempts"));
            Assert.That(retries["Default"]!.GetValue<int>(), Is.EqualTo(2));
            Assert.That(retries["MaxValue"]!.GetValue<int>(), Is.EqualTo(2));
            Assert.That(queue["maxReceiveCount"]!.GetValue<int>(), Is.EqualTo(5));
        }
    }

    private static int Aws(ServerFault fault, int attempts) => fault switch
    {
        ServerFault.Silence => 1,
        ServerFault.Hangup => attempts + OfDeadConnections,
        _ => attempts,
    };

    private static int S3(ServerFault fault) => Aws(fault, OfTheSdk) * (fault == ServerFault.Hangup ? OfTheConnection : 1);

    private static TestCaseData Case(
        string name, ServerFault fault, int most, string payload, string setting = "", string spared = "") =>
        new TestCaseData(fault, most, payload, setting, spared).SetArgDisplayNames(name, fault.ToString());

    private static Dictionary<string, string?> Settings(FailingServer server, string setting)
    {
        var settings = new Dictionary<string, string?>
        {
            // As long as a call, because the clock is fast and the first run of a process slow.
            ["Telemetry:SinkTimeoutSeconds"] = "60",
            ["Telemetry:AuditTimeoutSeconds"] = "60",
            ["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] = server.Port.ToString(CultureInfo.InvariantCulture),
        };
        if (setting.Split('=', 2) is [var name, var value])
        {
            settings[name] = Fill(value, server);
        }

        return settings;
    }

    private static string Fill(string text, FailingServer server) => text
        .Replace("§§", server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("§", server.Url, StringComparison.Ordinal);
}

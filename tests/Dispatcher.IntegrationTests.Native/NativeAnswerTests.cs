using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.IntegrationTests.Native;

/// <summary>
/// Gives the native executable and the managed function the same payloads: answers, errors and lines are the same, except for what differs
/// from run to run. What reflection would find, and trimming removes, shows here.
/// </summary>
public sealed partial class NativeAnswerTests
{
    private static readonly string[] Jobs =
    [
        "video-upload-cleanup", "celery-enqueue", "http-trigger", "ecs-run-task", "ssm-run-command", "daily-uptime",
        "refresh-materialized-view", "channel-backfill-failed",
    ];

    private static readonly (string Name, string Value)[] Settings =
    [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"), ("AWS_MAX_ATTEMPTS", "1"), ("Retry__MaxAttempts", "1"),
        ("TABLE_NAME", "UploadSessions"), ("BUCKET", "uploads"), ("DATABASE_URL", "postgres://jobs:secret@127.0.0.1:1/app"),
        ("SSM_ALLOWED_DOCUMENTS", "*"), ("SSM_ALLOWED_TARGETS", "*"), ("HttpTrigger__AllowedHosts__0", "127.0.0.1"),
    ];

    private static IEnumerable<string> Payloads() =>
    [
        """{"job":"$list"}""",
        .. Jobs.Select(static job => $$$"""{"job":"$describe","parameters":{"name":"{{{job}}}"}}"""),
        """{"job":"$describe","parameters":{"name":"daily"}}""",
        """{"job":"$describe","parameters":{"name":1,"nam":2}}""",
        """{"job":"$watch"}""",
        """{"job":"$lst"}""",
        """{"job":"daily-uptme"}""",
        """{"job":"daily-uptime","dryrun":true,"parameters":{"points":"x","force":1,"until":"tomorrow","unknown":null}}""",
        """{"job":"celery-enqueue","parameters":{"task":3,"tasks":[{"task":"a","args":{},"kwargs":[]},null]}}""",
        """{"job":"ecs-run-task","parameters":{"count":0,"launchType":"fargat","subnets":"a","tags":{"a":1}}}""",
        """{"job":"ssm-run-command","parameters":{"commands":[1],"targets":[{"key":"a"}],"maxErrors":"x","timeoutSeconds":1}}""",
        """{"job":"http-trigger","parameters":{"url":"x","method":"GRAB","headers":[],"expectedStatus":"y"}}""",
        """{"job":"video-upload-cleanup","parameters":{"orphans":"shred","ageHours":-1,"batchSize":1e9}}""",
        """{"job":"refresh-materialized-view","parameters":{"view":"","views":[]}}""",
        """{"job":"daily-uptime","dryRun":true}""",
        """{"job":"refresh-materialized-view","parameters":{"view":"job_progress"}}""",
        """{"job":"video-upload-cleanup","dryRun":true}""",
        """{"job":"celery-enqueue","parameters":{"queueName":"celery","task":"app.tasks.run"}}""",
        """{"job":"ecs-run-task","parameters":{"taskDefinition":"report","launchType":"EC2"}}""",
        """{"job":"ssm-run-command","parameters":{"commands":["date"],"instanceIds":["i-0a1b2c3d4e5f60718"]}}""",
        """{"job":"http-trigger","parameters":{"url":"http://127.0.0.1:1/"}}""",
        """{"job":"video-upload-cleanup","maxChanges":-1,"maxChangesPercent":200,"plan":"s3://nowhere/plan"}""",
        """{"source":"dn.backend.channelbackfill","detail-type":"Channel Backfill Failed","detail":{"status":"failed"}}""",
        """{"source":"aws.s3","detail-type":"Object Created","detail":{}}""",
        """{"Records":[{"messageId":"m","eventSource":"aws:sqs","body":"{\"job\":\"no-such-job\"}"}]}""",
        """{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"a"}}]}""",
        "not json", "[]", string.Empty,
    ];

    [Test]
    public async Task Answer_AnyPayload_IsThatOfTheManagedFunction()
    {
        await using var managed = FunctionProcess.Start("Dispatcher.Function.dll", Settings);
        await using var native = NativeFunction.Start(Settings);

        using (Assert.EnterMultipleScope())
        {
            foreach (var payload in Payloads())
            {
                var expected = await managed.InvokeAsync(payload);
                var answer = await native.InvokeAsync(payload);

                Assert.That(answer.Path, Is.EqualTo(expected.Path), payload);
                Assert.That(Normalize(answer.Body), Is.EqualTo(Normalize(expected.Body)), payload);
            }

            // Sinks write at the same time: a run's record and its metrics come in either order.
            Assert.That((await native.StopAsync()).Select(Normalize), Is.EquivalentTo((await managed.StopAsync()).Select(Normalize)));
        }
    }

    [TestCase("METRICS_SINK", "graphite")]
    [TestCase("AWS_LAMBDA_LOG_LEVEL", "loud")]
    [TestCase("Deadline__StopMarginSeconds", "-1")]
    [TestCase("Telemetry__Namespace", "")]
    [TestCase("Watch__daily_uptime__MaxHours", "x")]
    [TestCase("RUNS_RETENTION_DAYS", "x")]
    public async Task Start_WrongConfiguration_FailsAsTheManagedFunctionDoes(string name, string value)
    {
        await using var managed = FunctionProcess.Start("Dispatcher.Function.dll", (name, value), ("RUNS_TABLE", "runs"));
        await using var native = NativeFunction.Start((name, value), ("RUNS_TABLE", "runs"));

        // A setting that is read later is reported to the first event.
        var expected = await managed.InvokeAsync("""{"job":"$watch"}""");
        var answer = await native.InvokeAsync("""{"job":"$watch"}""");

        Assert.That(answer.Path, Is.EqualTo(expected.Path));
        Assert.That(Normalize(answer.Body), Is.EqualTo(Normalize(expected.Body)));
    }

    private static string Normalize(JsonElement element) => Normalize(JsonSerializer.SerializeToNode(element))?.ToJsonString() ?? "null";

    private static JsonNode? Normalize(JsonNode? node) => node switch
    {
        JsonObject items => new JsonObject(items.Select(static item => KeyValuePair.Create(item.Key, Normalize(item.Key, item.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Normalize)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Varying().Replace(text, "…"),
        _ => node?.DeepClone(),
    };

    /// <summary>Stack traces have other frames, and times are measured.</summary>
    private static JsonNode? Normalize(string name, JsonNode? value) => name switch
    {
        "stackTrace" or "exception" => "…",
        "Timestamp" or "durationMs" => "…",
        _ when name.EndsWith("Duration", StringComparison.Ordinal) && value is JsonValue => "…",
        _ => Normalize(value),
    };

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+(\.\d+)? m?s\b")]
    private static partial Regex Varying();
}

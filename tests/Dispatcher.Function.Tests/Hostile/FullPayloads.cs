using System.Text.Json.Nodes;

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>Payloads that between them give each parameter of each job, and each field of its lists and objects, a value.</summary>
internal static class FullPayloads
{
    private static readonly (string Job, string Parameters)[] All =
    [
        (
            "video-upload-cleanup",
            """
            {"table":"sessions","bucket":"uploads","cleanupAgeHours":24,"batchSize":10,"orphans":"report","maxOrphanedPercent":50,
             "expiredObjects":"delete","quarantineDays":7,"completedUploadsKeepTheirSession":true,"finishedTag":"done",
             "partialRetentionDays":7,"concurrency":4,"prefix":"uploads/","auditSessions":true,
             "include":[{"attributes":{"userId":["u1",5],"type":{"prefix":"video/"}},"keyPrefix":"uploads/","minBytes":1,"maxBytes":9}],
             "exclude":[{"attributes":{"userId":"u2"},"keyPrefix":"uploads/x","minBytes":1,"maxBytes":9}],
             "keyPattern":"^uploads/(?<session>[^.]+)[.]mp4$","hashKey":"id","statusAttribute":"state","typeAttribute":"type",
             "keyAttribute":"key","ttlAttribute":"ttl","uploadIdAttribute":"upload","createdStatus":"created","partialStatus":"partial",
             "finishedStatuses":["uploaded","processed"]}
            """),
        (
            "celery-enqueue",
            """
            {"queueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/celery","routingKey":"celery","task":"app.tasks.run",
             "args":["a",{"b":["c"]}],"kwargs":{"d":{"e":1}},"countdown":5,"expiresIn":60,"priority":1,"taskId":"t-1","timeLimit":60,
             "softTimeLimit":30,"headers":{"tenant":{"f":"g"}},"messageGroupId":"m"}
            """),
        (
            "celery-enqueue",
            """
            {"queueName":"celery","tasks":[{"task":"app.tasks.run","args":["a"],"kwargs":{"d":1},"eta":"2026-11-22T03:00:00Z",
             "expires":"2026-11-23T03:00:00Z","priority":1,"taskId":"t-1","timeLimit":60,"softTimeLimit":30,"headers":{"tenant":"f"},
             "messageGroupId":"m"},{"task":"app.tasks.other","countdown":1,"expiresIn":5}]}
            """),
        (
            "celery-enqueue",
            """{"queueName":"celery","task":"app.tasks.run","eta":"2026-11-22T03:00:00Z","expires":"2026-11-23T03:00:00Z"}"""),
        (
            "http-trigger",
            """
            {"url":"https://127.0.0.1:1/hook/","method":"POST","headers":{"X-Tenant":"a"},"body":{"a":["b",{"c":1}]},"timeoutSeconds":5,
             "expectedStatus":[200,202],"expectedText":"ok","expectedJson":{"/status":"done"},"retry":"connect",
             "secretHeader":"X-Internal-Key","secretScheme":"Bearer","secret":"INTERNAL_KEY"}
            """),
        ("http-trigger", """{"url":"https://127.0.0.1:1/hook/","user":"jobs","password":"INTERNAL_KEY"}"""),
        (
            "http-trigger",
            """{"url":"https://abcdefghij0123456789abcdefghij01.lambda-url.eu-central-1.on.aws/","awsService":"lambda","awsRegion":"eu-central-1"}"""),
        ("http-trigger", """{"endpoint":"hook"}"""),
        (
            "ecs-run-task",
            """
            {"cluster":"jobs","taskDefinition":"report:3","capacityProviderStrategy":[{"capacityProvider":"FARGATE","weight":1,"base":0}],
             "platformVersion":"LATEST","count":2,"subnets":["subnet-0123456789abcdef0"],"securityGroups":["sg-0123456789abcdef0"],
             "assignPublicIp":true,"containerOverrides":[{"name":"main","command":["a","b"],"environment":{"A":"b"},"cpu":1,"memory":64}],
             "taskRoleArn":"arn:aws:iam::123456789012:role/task","executionRoleArn":"arn:aws:iam::123456789012:role/execution",
             "cpu":"1024","memory":"2048","ephemeralStorage":{"sizeInGiB":30},"enableExecuteCommand":true,"enableECSManagedTags":true,
             "propagateTags":"TASK_DEFINITION","tags":{"team":"media"},"waitForStop":true,"container":"main"}
            """),
        ("ecs-run-task", """{"taskDefinition":"report","launchType":"EC2"}"""),
        ("ecs-run-task", """{"task":"report"}"""),
        (
            "ssm-run-command",
            """
            {"document":"AWS-RunShellScript","documentVersion":"1","commands":["a","b"],"parameters":{"workingDirectory":["/tmp"]},
             "instanceIds":["i-0123456789abcdef0"],"timeoutSeconds":60,"executionTimeoutSeconds":60,"maxConcurrency":"10%","maxErrors":"1",
             "comment":"c","waitForOutcome":true}
            """),
        ("ssm-run-command", """{"commands":["a"],"targets":[{"key":"tag:Role","values":["db","web"]}]}"""),
        ("ssm-run-command", """{"profile":"uptime","outputS3BucketName":"logs","outputS3KeyPrefix":"p"}"""),
        (
            "daily-uptime",
            """
            {"points":1,"force":true,"until":"2026-11-22","verbose":true,"connection":"scanner","role":"jobs","lockTimeoutSeconds":5}
            """),
        (
            "refresh-materialized-view",
            """
            {"view":["reporting.a","reporting.b"],"cascade":true,"concurrently":true,"allowPlainRefresh":true,"lockTimeoutSeconds":5,
             "statisticsQuery":"SELECT 1","logTable":"maintenance.log","connection":"scanner","role":"jobs"}
            """),
        ("channel-backfill-failed", "{}"),
    ];

    /// <summary>Gets the payloads.</summary>
    public static IEnumerable<JsonObject> Payloads => All.Select(static sample =>
        new JsonObject { ["job"] = sample.Job, ["dryRun"] = true, ["parameters"] = JsonNode.Parse(sample.Parameters) });

    /// <summary>Gets each payload with null in each place of its parameters.</summary>
    public static IEnumerable<(string Payload, string Path)> WithNulls =>
        from payload in Payloads
        from path in PlacesIn(payload["parameters"]!, string.Empty)
        select (Replace(payload, path).ToJsonString(), path);

    /// <summary>Gets the paths of all places below a node, as the errors write them.</summary>
    private static IEnumerable<string> PlacesIn(JsonNode? node, string path) => node switch
    {
        JsonObject fields => fields.SelectMany(field => PlacesIn(field.Value, $"{path}.{field.Key}").Prepend($"{path}.{field.Key}")),
        JsonArray items => items.SelectMany((item, index) => PlacesIn(item, $"{path}[{index}]").Prepend($"{path}[{index}]")),
        _ => [],
    };

    private static JsonNode Replace(JsonObject payload, string path)
    {
        var copy = payload.DeepClone();
        copy["parameters"] = Copy(payload["parameters"], string.Empty, path);
        return copy;
    }

    private static JsonNode? Copy(JsonNode? node, string here, string replaced) => here == replaced ? null : node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field =>
            KeyValuePair.Create(field.Key, Copy(field.Value, $"{here}.{field.Key}", replaced)))),
        JsonArray items => new JsonArray([.. items.Select((item, index) => Copy(item, $"{here}[{index}]", replaced))]),
        _ => node?.DeepClone(),
    };
}

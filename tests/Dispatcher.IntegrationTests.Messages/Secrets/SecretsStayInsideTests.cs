using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.ECS.Model;
using Amazon.SQS.Model;
using Dispatcher.Lambda.Tests;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.LocalServers.Supervision;
using Npgsql;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.IntegrationTests.Messages.Secrets;

/// <summary>
/// Puts a secret into every place that can hold one, runs every job through the deployed program, and looks for the secrets in everything
/// that it emits: log lines, records, metrics and audit records on standard output, answers and errors on the Runtime API.
/// </summary>
/// <remarks>
/// What a Celery task, an ECS container, an HTTP body or a script is given is a payload, which a plan shows; it must not contain secrets.
/// What is recognized as one is masked all the same.
/// </remarks>
public sealed class SecretsStayInsideTests
{
    private const string Function = "Dispatcher.Function.dll";
    private const string Queue = "secrets";

    /// <summary>A password with every character that a URL has to escape.</summary>
    private const string Password = "correct horse: battery/staple";

    private readonly PlantedSecrets _secrets = new();
    private MotoServer _moto = null!;
    private string _subnet = null!;
    private TemporaryServer<PostgresServer> _temporary = null!;
    private PostgresServer _postgres = null!;

    [OneTimeSetUp]
    public async Task StartServersAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _subnet = await _moto.FindSubnetAsync();
        using var sqs = _moto.CreateSqs();
        using var ecs = _moto.CreateEcs();
        using var s3 = _moto.CreateS3();
        using var dynamoDb = _moto.CreateDynamoDb();
        await sqs.CreateQueueAsync(new CreateQueueRequest(Queue));
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "jobs" });
        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "report",
            RequiresCompatibilities = ["FARGATE"],
            Cpu = "256",
            Memory = "512",
            ContainerDefinitions = [new ContainerDefinition { Name = "main", Image = "report", Memory = 128 }],
        });
        await s3.PutBucketAsync("uploads");
        await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "UploadSessions",
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new AttributeDefinition("uploadSessionId", ScalarAttributeType.S)],
            KeySchema = [new KeySchemaElement("uploadSessionId", KeyType.HASH)],
        });

        var installation = PostgresInstallation.Find()
            ?? throw new InvalidOperationException($"PostgreSQL is not installed. {PostgresInstallation.Remedy}");
        _temporary = await installation.StartTemporaryAsync(Password, CancellationToken.None);
        _postgres = _temporary.Server;
        await using var database = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={_postgres.Port};Username={PostgresServer.SuperUser};Password={Password};Database=postgres;Pooling=false");
        await database.OpenAsync();
        foreach (var file in (string[])["sample.sql", "001_job_progress.sql"])
        {
            var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data", file));

            // A text of several statements is a transaction, in which no index can be made concurrently.
            await using var command = new NpgsqlCommand(sql.Replace("INDEX CONCURRENTLY", "INDEX", StringComparison.Ordinal), database);
            await command.ExecuteNonQueryAsync();
        }
    }

    [OneTimeTearDown]
    public void StopServers() => _temporary?.Dispose();

    [Test]
    public async Task Function_EveryJobSucceedingPlanningAndFailing_EmitsNoSecret()
    {
        var internalKey = _secrets.Plant("the environment variable of http-trigger's secret");
        var parameter = _secrets.Plant("a parameter of Parameter Store");
        var queryKey = _secrets.Plant("the query of a configured URL");
        var payloadKey = _secrets.Plant("the query of a payload's URL");
        await using var extension = new MisbehavingServer(
            MisbehavingServer.Answer(200, JsonSerializer.Serialize(new { Parameter = new { Value = parameter } })));
        await using var endpoint = new MisbehavingServer(MisbehavingServer.Answer(204));
        await using var echo = new MisbehavingServer(
            MisbehavingServer.Answer(400, $"You sent {internalKey} and "
                + $"{payloadKey}.", $"Location: /?key={payloadKey}&secret={internalKey}"),
            MisbehavingServer.Answer(400, $"You sent {parameter} and {queryKey}.", $"Location: /?token={queryKey}&secret={parameter}"));
        await using var function = FunctionProcess.Start(Function, Settings(internalKey, queryKey, extension, endpoint, echo));

        var emitted = await EmitAsync(function, Payloads(payloadKey, endpoint, echo));

        Assert.That(endpoint.Requests.Select(
            request => request.Header("X-Internal-Key")), Is.EqualTo(new[] { internalKey, parameter }), "the secrets did their work");
        AssertThatEveryJobDid(emitted, ["http-trigger", "daily-uptime", "refresh-materialized-view", "celery-enqueue", "ecs-run-task",
            "video-upload-cleanup"]);
        Assert.That(emitted, Has.Some.Contains("\"job\":\"ssm-run-command\"").And.Some.Contains("Sent command "));
        AssertNoSecret(emitted);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Function_RdsVariables_EmitNoSecret(bool isRight)
    {
        await using var function = FunctionProcess.Start(
            Function,
            [
                .. Common(),
                ("RDS_PROXY_ENDPOINT", "127.0.0.1"),
                ("RDS_PORT", _postgres.Port.ToString(CultureInfo.InvariantCulture)),
                ("RDS_DBNAME", "postgres"),
                ("RDS_USERNAME", PostgresServer.SuperUser),
                ("RDS_PASSWORD", isRight ? Password : _secrets.Plant("RDS_PASSWORD")),
            ]);

        var emitted = await EmitAsync(function, """{"job":"refresh-materialized-view","parameters":{"view":"job_progress"}}""");

        Assert.That(emitted, Has.Some.Contains(isRight ? "\"status\":\"succeeded\"" : "\"status\":\"failed\""));
        AssertNoSecret(emitted);
    }

    [Test]
    public async Task Function_EndpointOfAwsWithUserInformation_EmitsNoSecret()
    {
        await using var function = FunctionProcess.Start(
            Function, [.. Common(
                ), ("AWS_ENDPOINT_URL", $"http://jobs:{_secrets.Plant("AWS_ENDPOINT_URL")}@127.0.0.1:1"), ("AWS_MAX_ATTEMPTS", "1")]);

        var emitted = await EmitAsync(
            function,
            """
            {"job":"celery-enqueue","parameters":{"queueName":"secrets","task":"app.tasks.run"}}
            {"job":"ecs-run-task","parameters":{"taskDefinition":"report","launchType":"EC2"}}
            """);

        Assert.That(emitted.Count(text => text.Contains("127.0.0.1:1 cannot be reached", StringComparison.Ordinal)), Is.GreaterThan(1));
        AssertNoSecret(emitted);
    }

    private (string Name, string Value)[] Settings(
        string internalKey, string queryKey, MisbehavingServer extension, MisbehavingServer endpoint, MisbehavingServer echo) =>
        [
            .. Common(),
            ("INTERNAL_KEY", internalKey),
            ("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", extension.Port.ToString(CultureInfo.InvariantCulture)),
            ("HttpEndpoints__hook__Url", $"{endpoint.Url}?token={queryKey}"),
            ("HttpEndpoints__hook__SecretHeader", "X-Internal-Key"), ("HttpEndpoints__hook__Secret", "ssm:/internal/key"),
            ("HttpEndpoints__echo__Url", $"{echo.Url}?token={queryKey}"),
            ("HttpEndpoints__echo__SecretHeader", "X-Internal-Key"), ("HttpEndpoints__echo__Secret", "ssm:/internal/key"),
            ("HttpEndpoints__user__Url", $"https://jobs:{_secrets.Plant("the user information of a configured URL")}@example.com/"),
            ("HttpEndpoints__headers__Url", endpoint.Url),
            ("HttpEndpoints__headers__Headers__Authorization", $"Bearer {_secrets.Plant("a header of a configured endpoint")}"),
            ("DATABASE_URL", _postgres.Url("postgres")),
            ("DATABASE_URL_WRONG", _postgres.Url("postgres", password: _secrets.Plant("a wrong password"))),
            ("DATABASE_URL_GONE", $"postgres://jobs:{_secrets.Plant("the password for a server that is gone")}@127.0.0.1:1/app"),
            ("DATABASE_URL_PORT", $"postgres://jobs:{_secrets.Plant("a URL that cannot be read")}@host:port/app"),
            ("DATABASE_URL_OPTION", $"{_postgres.Url("postgres")}?pasword={_secrets.Plant("a misspelt option of a URL")}"),
            ("DATABASE_URL_KEYWORD", $"Host=127.0.0.1;Pasword={_secrets.Plant("a misspelt keyword")}"),
        ];

    private string Payloads(string payloadKey, MisbehavingServer endpoint, MisbehavingServer echo) =>
        $$$$"""
        {"job":"http-trigger","parameters":{"url":"{{{{endpoint.Url}}}}?key={{{{payloadKey}}}}","secretHeader":"X-Internal-Key","secret":"INTERNAL_KEY"}}
        {"job":"http-trigger","parameters":{"endpoint":"hook"}}
        {"job":"http-trigger","dryRun":true,"parameters":{"endpoint":"hook"}}
        {"job":"http-trigger","parameters":{"url":"{{{{echo.Url}}}}?key={{{{payloadKey}}}}","secretHeader":"Authorization","secretScheme":"Bearer","secret":"INTERNAL_KEY"}}
        {"job":"http-trigger","parameters":{"endpoint":"echo"}}
        {"job":"http-trigger","parameters":{"url":"http://127.0.0.1:1/?key={{{{payloadKey}}}}","secretHeader":"X-Internal-Key","secret":"INTERNAL_KEY"}}
        {"job":"http-trigger","parameters":{"endpoint":"user"}}
        {"job":"http-trigger","parameters":{"endpoint":"headers"}}
        {"job":"http-trigger","parameters":{"url":"https://jobs:{{{{_secrets.Plant("the user information of a payload's URL")}}}}@example.com/"}}
        {"job":"http-trigger","parameters":{"url":"https:/jobs:{{{{_secrets.Plant("the user information of a URL with one slash")}}}}@example.com/"}}
        {"job":"http-trigger","parameters":{"url":"jobs:{{{{_secrets.Plant("the user information of a URL without a scheme")}}}}@example.com"}}
        {"job":"http-trigger","parameters":{"url":"https://jobs:p@{{{{_secrets.Plant("a password with an at sign")}}}}@example.com/"}}
        {"job":"http-trigger","parameters":{"url":"example.com/?key={{{{_secrets.Plant("the query of a URL without a scheme")}}}}"}}
        {"job":"http-trigger","parameters":{"url":"{{{{endpoint.Url}}}}","headers":"Authorization: Bearer {{{{_secrets.Plant("headers in one string")}}}}"}}
        {"job":"http-trigger","parameters":{"url":"{{{{endpoint.Url}}}}","secretHeader":"X-Internal-Key: {{{{_secrets.Plant("a header with its value instead of its name")}}}}","secret":"INTERNAL_KEY"}}
        {"job":"http-trigger","parameters":{"endpoint":"https://jobs:{{{{_secrets.Plant("a URL instead of an endpoint's name")}}}}@example.com/"}}
        {"job":"http-trigger","parameters":{"connectionString":"Server=db;Password={{{{_secrets.Plant("an unknown parameter")}}}}"}}
        {"job":"celery-enqueue","parameters":{"queueUrl":"jobs:{{{{_secrets.Plant("a queue's URL without a scheme")}}}}@sqs/1/q","task":"app.tasks.run"}}
        {"job":"celery-enqueue","parameters":{"queueName":"{{{{Queue}}}}","task":"postgres://jobs:{{{{_secrets.Plant("a URL instead of a task's name")}}}}@db/app"}}
        {"job":"ecs-run-task","parameters":{"taskDefinition":"report","launchType":"password={{{{_secrets.Plant("a launch type")}}}}"}}
        {"job":"http-trigger","parameters":{"url":"http://example.com/?key={{{{payloadKey}}}}"}}
        {"job":"http-trigger","parameters":{"url":"{{{{endpoint.Url}}}}","headers":{"Authorization":"Bearer {{{{_secrets.Plant("a header of a payload")}}}}"}}}
        {"job":"http-trigger","parameters":{"url":"{{{{endpoint.Url}}}}","secretHeader":"X-Internal-Key","secret":"{{{{_secrets.Plant("the secret instead of its name")}}}}"}}
        {"job":"http-trigger","parameters":{"url":"{{{{endpoint.Url}}}}","secretHeader":"X-Internal-Key","secret":"AWS_SECRET_ACCESS_KEY"}}
        {"job":"daily-uptime","dryRun":true}
        {"job":"daily-uptime"}
        {"job":"daily-uptime","parameters":{"connection":"wrong"}}
        {"job":"daily-uptime","parameters":{"connection":"gone"}}
        {"job":"daily-uptime","parameters":{"connection":"port"}}
        {"job":"daily-uptime","parameters":{"connection":"postgres://jobs:{{{{_secrets.Plant("a URL instead of a connection's name")}}}}@db/app"}}
        {"job":"refresh-materialized-view","parameters":{"view":"job_progress"}}
        {"job":"refresh-materialized-view","dryRun":true,"parameters":{"view":"job_progress"}}
        {"job":"refresh-materialized-view","parameters":{"view":"job_progress","connection":"option"}}
        {"job":"refresh-materialized-view","parameters":{"view":"job_progress","connection":"keyword"}}
        {"job":"refresh-materialized-view","parameters":{"view":"job_progress","connection":"Password={{{{_secrets.Plant("keywords instead of a connection's name")}}}}"}}
        {"job":"celery-enqueue","parameters":{"queueName":"{{{{Queue}}}}","task":"app.tasks.run"}}
        {"job":"celery-enqueue","dryRun":true,"parameters":{"queueName":"{{{{Queue}}}}","task":"app.tasks.run"}}
        {"job":"celery-enqueue","parameters":{"queueName":"no-such-queue","task":"app.tasks.run"}}
        {"job":"celery-enqueue","parameters":{"queueUrl":"https://jobs:{{{{_secrets.Plant("the user information of a queue's URL")}}}}@sqs/1/q","task":"app.tasks.run"}}
        {"job":"celery-enqueue","parameters":{"queueUrl":"https://sqs/1/q?key={{{{_secrets.Plant("the query of a queue's URL")}}}}","task":"app.tasks.run"}}
        {"job":"ecs-run-task","parameters":{{{{RunTask("report")}}}}}
        {"job":"ecs-run-task","dryRun":true,"parameters":{{{{RunTask("report")}}}}}
        {"job":"ecs-run-task","parameters":{{{{RunTask("no-such-task")}}}}}
        {"job":"ecs-run-task","dryRun":true,"parameters":{"taskDefinition":"report","launchType":"EC2","containerOverrides":[{"name":"main","command":["backup","--token","{{{{_secrets.Plant("an option of a container's command")}}}}"],"environment":{"API_TOKEN":"{{{{_secrets.Plant("a container's environment")}}}}"}}]}}
        {"job":"ecs-run-task","parameters":{"taskDefinition":"report","launchType":"EC2","containerOverrides":[{"name":"main","command":["backup","--password={{{{_secrets.Plant("an option with its value")}}}}"]}]}}
        {"job":"celery-enqueue","dryRun":true,"parameters":{"queueName":"{{{{Queue}}}}","task":"app.tasks.run","args":["--api-key","{{{{_secrets.Plant("an argument of a task")}}}}"],"kwargs":{"password":"{{{{_secrets.Plant("a keyword argument of a task")}}}}"}}}
        {"job":"celery-enqueue","parameters":{"queueName":"{{{{Queue}}}}","tasks":[{"task":"app.tasks.run","kwargs":{"db":{"password":"{{{{_secrets.Plant("a keyword argument in a list of tasks")}}}}"}}}]}}
        {"job":"http-trigger","dryRun":true,"parameters":{"url":"{{{{endpoint.Url}}}}","body":{"login":{"password":"{{{{_secrets.Plant("a field of a body")}}}}"} } } }
        {"job":"ssm-run-command","parameters":{"commands":["backup --password {{{{_secrets.Plant("a command line")}}}}"],"instanceIds":["i-0a1b2c3d4e5f60718"]}}
        {"job":"ssm-run-command","dryRun":true,"parameters":{"commands":["docker run -e TOKEN={{{{_secrets.Plant("a variable of a command line")}}}} app"],"instanceIds":["i-0a1b2c3d4e5f60718"]}}
        {"job":"ssm-run-command","parameters":{"commands":["curl https://jobs:{{{{_secrets.Plant("a URL of a command line")}}}}@example.com/"],"instanceIds":["web-1"]}}
        {"job":"ssm-run-command","parameters":{"document":"AWS-Any","parameters":{"token":["{{{{_secrets.Plant("a parameter of a document")}}}}"]},"targets":[{"key":"tag:Role","values":[null]}]}}
        {"job":"ssm-run-command","parameters":{"document":"Forbidden","commands":["x"],"instanceIds":["i-0a1b2c3d4e5f60718"]}}
        {"job":"video-upload-cleanup"}
        {"job":"video-upload-cleanup","dryRun":true}
        {"job":"video-upload-cleanup","parameters":{"bucket":"no-such-bucket"}}
        {"source":"dn.backend.channelbackfill","detail-type":"Channel Backfill Failed","detail":{"status":"failed"}}
        {"job":"$list"}
        """;

    private IEnumerable<(string Name, string Value)> Common()
    {
        _secrets.Add("the database's password", Password, Uri.EscapeDataString(Password));
        return
        [
            ("AWS_ENDPOINT_URL", _moto.Url),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", _secrets.Plant($"AWS_SECRET_ACCESS_KEY {Guid.NewGuid()}")),
            ("AWS_SESSION_TOKEN", _secrets.Plant($"AWS_SESSION_TOKEN {Guid.NewGuid()}")),
            ("AWS_LAMBDA_LOG_LEVEL", "TRACE"),
            ("TABLE_NAME", "UploadSessions"),
            ("BUCKET", "uploads"),
            ("SSM_ALLOWED_DOCUMENTS", "AWS-*"),
            ("SSM_ALLOWED_TARGETS", "*"),
            ("Retry__MaxAttempts", "2"),
            ("Retry__BaseDelaySeconds", "0.01"),
        ];
    }

    private string RunTask(string definition) =>
        $$"""{"cluster":"jobs","taskDefinition":"{{definition}}","launchType":"FARGATE","subnets":["{{_subnet}}"],"securityGroups":["sg-0a1b2c3d"]}""";

    /// <summary>Runs payloads, one a line, and takes everything that comes out of the program.</summary>
    private static async Task<IReadOnlyList<string>> EmitAsync(FunctionProcess function, string payloads)
    {
        var emitted = new List<string>();
        foreach (var payload in payloads.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            emitted.Add((await function.InvokeAsync(payload)).Body.GetRawText());
        }

        emitted.AddRange((await function.StopAsync()).Select(line => line.GetRawText()));
        return emitted;
    }

    /// <summary>Without runs of each kind the search would prove nothing.</summary>
    private static void AssertThatEveryJobDid(IReadOnlyList<string> emitted, string[] jobs)
    {
        foreach (var job in jobs)
        {
            foreach (var status in (string[])["succeeded", "planned", "failed"])
            {
                Assert.That(
                    emitted.Any(text => text.StartsWith($"{{\"job\":\"{job}\"", StringComparison.Ordinal)
                                        && text.Contains($"\"status\":\"{status}\"", StringComparison.Ordinal)),
                    $"{job} {status}");
            }
        }
    }

    private void AssertNoSecret(IReadOnlyList<string> emitted)
    {
        var leaks = emitted.SelectMany(text => _secrets.FindIn(text).Select(place => $"{place}: {text}")).ToList();
        Assert.That(leaks, Is.Empty, string.Join(Environment.NewLine, leaks));
    }
}

using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.ECS.Model;
using Amazon.SQS.Model;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.LocalServers.Supervision;
using Npgsql;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.IntegrationTests.Native;

/// <summary>Everything that the jobs work on, on moto and PostgreSQL, and the settings that lead the function there.</summary>
internal sealed class NativeWorld : IAsyncDisposable
{
    public const string Bucket = "native-uploads";
    public const string Table = "native-sessions";
    public const string Runs = "native-runs";
    public const string Audit = "native-audit";
    public const string Plans = "native-plans";
    public const string Instance = "i-0a1b2c3d4e5f60718";

    private const string Instances =
        $$"""{"InstanceInformationList":[{"InstanceId":"{{Instance}}","PingStatus":"Online","ComputerName":"web","PlatformName":"Linux"}]}""";

    private readonly TemporaryServer<PostgresServer> _postgres;
    private readonly string _subnet;
    private readonly string _queue;

    private NativeWorld(MotoServer moto, TemporaryServer<PostgresServer> postgres, string subnet, string queue) =>
        (Moto, _postgres, _subnet, _queue) = (moto, postgres, subnet, queue);

    public MotoServer Moto { get; }

    /// <summary>Gets the endpoint that http-trigger calls.</summary>
    public MisbehavingServer Endpoint { get; } = new(MisbehavingServer.Answer(204));

    /// <summary>Gets the Parameters and Secrets extension.</summary>
    public MisbehavingServer Extension { get; } = new(MisbehavingServer.Answer(200, """{"Parameter":{"Value":"the internal key"}}"""));

    /// <summary>Gets Systems Manager with one managed instance, for a dry run: moto has none.</summary>
    public MisbehavingServer SystemsManager { get; } = new(
        MisbehavingServer.Answer(200, Instances, "Content-Type: application/x-amz-json-1.1"));

    public static async Task<NativeWorld> StartAsync()
    {
        var moto = await SharedMoto.ResetAsync();
        var installation = PostgresInstallation.Find()
            ?? throw new InvalidOperationException($"PostgreSQL is not installed. {PostgresInstallation.Remedy}");
        var postgres = await installation.StartTemporaryAsync("secret", CancellationToken.None);
        await PrepareDatabaseAsync(postgres.Server);
        return new NativeWorld(moto, postgres, await moto.FindSubnetAsync(), await PrepareAwsAsync(moto));
    }

    public (string Name, string Value)[] Settings(params (string Name, string Value)[] more) =>
    [
        ("AWS_ENDPOINT_URL", Moto.Url),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "testing"),
        ("AWS_SECRET_ACCESS_KEY", "testing"),
        ("TABLE_NAME", Table),
        ("BUCKET", Bucket),
        ("CLEANUP_AGE_HOURS", "0"),
        ("RUNS_TABLE", Runs),
        ("AUDIT_BUCKET", Audit),
        ("PLAN_BUCKET", Plans),
        ("CELERY_QUEUE_URL", _queue),
        ("CELERY_ALLOWED_TASKS", "app.tasks.*"),
        ("HttpEndpoints__hook__Url", Endpoint.Url),
        ("HttpEndpoints__hook__SecretHeader", "X-Internal-Key"),
        ("HttpEndpoints__hook__Secret", "ssm:/internal/key"),
        ("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", Extension.Port.ToString(CultureInfo.InvariantCulture)),
        ("EcsTasks__report__Cluster", "jobs"),
        ("EcsTasks__report__TaskDefinition", "report"),
        ("EcsTasks__report__LaunchType", "FARGATE"),
        ("EcsTasks__report__Subnets", _subnet),
        ("EcsTasks__report__SecurityGroups", "sg-0a1b2c3d"),
        ("SsmCommands__uptime__Commands", "echo uptime"),
        ("SsmCommands__uptime__InstanceIds", Instance),
        ("DATABASE_URL", _postgres.Server.Url("postgres")),
        .. more,
    ];

    /// <summary>Adds an expired session with its object, and an open upload that no session names.</summary>
    public async Task SeedUploadsAsync()
    {
        using var s3 = Moto.CreateS3();
        using var dynamoDb = Moto.CreateDynamoDb();
        var id = Guid.NewGuid().ToString();
        var key = $"uploads/2023-11-13/{id}.mp4";
        await s3.PutObjectAsync(new() { BucketName = Bucket, Key = key, ContentBody = "0123456789" });
        await s3.InitiateMultipartUploadAsync(Bucket, $"uploads/2023-11-13/{Guid.NewGuid()}.mp4");
        await dynamoDb.PutItemAsync(Table, new()
        {
            ["uploadSessionId"] = new() { S = id },
            ["uploadType"] = new() { S = "single" },
            ["status"] = new() { S = "created" },
            ["key"] = new() { S = key },
            ["ttl"] = new() { N = "1700000000" },
        });
    }

    public async Task<long> ReadAsync(string sql)
    {
        await using var connection = await OpenAsync(_postgres.Server);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync(string table)
    {
        using var dynamoDb = Moto.CreateDynamoDb();
        return (await dynamoDb.ScanAsync(new ScanRequest { TableName = table, ConsistentRead = true })).Items ?? [];
    }

    public async Task<IReadOnlyList<string>> KeysAsync(string bucket)
    {
        using var s3 = Moto.CreateS3();
        return [.. ((await s3.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects ?? []).Select(static item => item.Key)];
    }

    public async Task<IReadOnlyList<string>> MessagesAsync()
    {
        using var sqs = Moto.CreateSqs();
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_queue) { MaxNumberOfMessages = 10 });
        return [.. (received.Messages ?? []).Select(static message => message.Body)];
    }

    public async Task<IReadOnlyList<string>> TasksAsync()
    {
        using var ecs = Moto.CreateEcs();
        return (await ecs.ListTasksAsync(new ListTasksRequest { Cluster = "jobs" })).TaskArns ?? [];
    }

    public async ValueTask DisposeAsync()
    {
        _postgres.Dispose();
        await Endpoint.DisposeAsync();
        await Extension.DisposeAsync();
        await SystemsManager.DisposeAsync();
    }

    private static async Task<string> PrepareAwsAsync(MotoServer moto)
    {
        using var sqs = moto.CreateSqs();
        using var ecs = moto.CreateEcs();
        using var s3 = moto.CreateS3();
        using var dynamoDb = moto.CreateDynamoDb();
        foreach (var bucket in (string[])[Bucket, Audit, Plans])
        {
            await s3.PutBucketAsync(bucket);
        }

        await CreateTableAsync(dynamoDb, Table, "uploadSessionId");
        await CreateTableAsync(dynamoDb, Runs, "job", "runId");
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "jobs" });
        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "report",
            RequiresCompatibilities = ["FARGATE"],
            Cpu = "256",
            Memory = "512",
            ContainerDefinitions = [new ContainerDefinition { Name = "main", Image = "report", Memory = 128 }],
        });
        return (await sqs.CreateQueueAsync(new CreateQueueRequest("native"))).QueueUrl;
    }

    private static Task<CreateTableResponse> CreateTableAsync(AmazonDynamoDBClient dynamoDb, string name, params string[] keys) =>
        dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [.. keys.Select(static key => new AttributeDefinition(key, ScalarAttributeType.S))],
            KeySchema = [.. keys.Select(static (key, index) => new KeySchemaElement(key, index == 0 ? KeyType.HASH : KeyType.RANGE))],
        });

    private static async Task PrepareDatabaseAsync(PostgresServer server)
    {
        await using var connection = await OpenAsync(server);
        foreach (var file in (string[])["sample.sql", "001_job_progress.sql"])
        {
            var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data", file));

            // A text of several statements is a transaction, in which no index can be made concurrently.
            await using var command = new NpgsqlCommand(sql.Replace("INDEX CONCURRENTLY", "INDEX", StringComparison.Ordinal), connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresServer server)
    {
        var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={server.Port};Username={PostgresServer.SuperUser};Password=secret;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}

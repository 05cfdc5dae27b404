using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

/// <summary>A bucket and a table of their own on moto, with uploads of every kind.</summary>
internal sealed class UploadWorld : IAsyncDisposable
{
    private const int SeedConcurrency = 8;

    private readonly MotoServer _server;
    private readonly List<Dictionary<string, AttributeValue>> _sessions = [];
    private readonly List<string> _objects = [];
    private readonly string _name = $"uploads-{Guid.NewGuid():N}";

    private UploadWorld(MotoServer server)
    {
        _server = server;
        S3 = server.CreateS3();
        DynamoDb = server.CreateDynamoDb();
    }

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public string Name => _name;

    /// <summary>Creates a world on a server, by default on the one that all tests share.</summary>
    public static async Task<UploadWorld> CreateAsync(MotoServer? server = null)
    {
        var world = new UploadWorld(server ?? await SharedMoto.GetAsync());
        await world.S3.PutBucketAsync(world._name);
        await world.DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = world._name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("uploadSessionId", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("uploadSessionId", ScalarAttributeType.S)],
        });
        return world;
    }

    public static string KeyOf(string id, string extension = "mp4") => $"uploads/2025-11-01/{id}.{extension}";

    /// <summary>Adds a session to those that <see cref="SeedAsync"/> writes.</summary>
    public string Session(
        string? status, string type = "single", TimeSpan? expiresIn = null, string? uploadId = null, string? id = null,
            Action<Dictionary<string, AttributeValue>>? change = null)
    {
        id ??= Guid.NewGuid().ToString();
        var ttl = DateTimeOffset.UtcNow.Add(expiresIn ?? TimeSpan.FromDays(-2)).ToUnixTimeSeconds();
        var item = new Dictionary<string, AttributeValue>
        {
            ["uploadSessionId"] = new() { S = id },
            ["uploadType"] = new() { S = type },
            ["key"] = new() { S = KeyOf(id) },
            ["ttl"] = new() { N = ttl.ToString(CultureInfo.InvariantCulture) },
        };
        if (status is not null)
        {
            item["status"] = new() { S = status };
        }

        if (uploadId is not null)
        {
            item["s3UploadId"] = new() { S = uploadId };
        }

        change?.Invoke(item);
        _sessions.Add(item);
        return id;
    }

    /// <summary>Adds an object to those that <see cref="SeedAsync"/> writes.</summary>
    public string Object(string key)
    {
        _objects.Add(key);
        return key;
    }

    public async Task<string> BeginUploadAsync(string id, bool withPart = false)
    {
        var upload = await S3.InitiateMultipartUploadAsync(_name, KeyOf(id));
        if (withPart)
        {
            using var body = new MemoryStream(new byte[10]);
            await S3.UploadPartAsync(new UploadPartRequest
            {
                BucketName = _name, Key = KeyOf(id), UploadId = upload.UploadId, PartNumber = 1, InputStream = body,
            });
        }

        return upload.UploadId;
    }

    /// <summary>Adds a multipart session with an open upload.</summary>
    public async Task<string> MultipartAsync(string status = "created", bool withPart = false, TimeSpan? expiresIn = null)
    {
        var id = Guid.NewGuid().ToString();
        return Session(status, "multipart", expiresIn, await BeginUploadAsync(id, withPart), id);
    }

    public Task MultipartsAsync(int count, bool withPart = false) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = SeedConcurrency }, async (_, _) =>
        {
            var id = Guid.NewGuid().ToString();
            var uploadId = await BeginUploadAsync(id, withPart);
            lock (_sessions)
            {
                Session("created", "multipart", uploadId: uploadId, id: id);
            }
        });

    public async Task SeedAsync()
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = SeedConcurrency };
        await Parallel.ForEachAsync(_sessions.Chunk(25), options, async (chunk, token) =>
            await DynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest
                {
                    RequestItems = new() { [_name] = [.. chunk.Select(item => new WriteRequest(new PutRequest(item)))] },
                },
                token));
        await Parallel.ForEachAsync(_objects, options, async (key, token) =>
            await S3.PutObjectAsync(new PutObjectRequest { BucketName = _name, Key = key, ContentBody = "0123456789" }, token));
    }

    /// <summary>Makes a dispatcher with the job, whose clients report each request before it is sent.</summary>
    public JobHarness CreateHarness(
        Action<string>? onRequest = null,
        TimeProvider? timeProvider = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        Action<IDispatcherBuilder>? configure = null,
        HttpClientFactory? network = null,
        AWSCredentials? credentials = null)
    {
        var s3 = _server.CreateS3(network, credentials);
        var dynamoDb = _server.CreateDynamoDb(network, credentials);
        s3.BeforeRequestEvent += (_, call) => onRequest?.Invoke(OperationOf(call));
        dynamoDb.BeforeRequestEvent += (_, call) => onRequest?.Invoke(OperationOf(call));
        var settings = new Dictionary<string, string?> { ["TABLE_NAME"] = _name, ["BUCKET"] = _name, ["CLEANUP_AGE_HOURS"] = "0" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            settings[name] = value;
        }

        return new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonS3>(_ => s3);
                builder.Services.AddSingleton<IAmazonDynamoDB>(_ => dynamoDb);
                builder.AddVideoUploadCleanup();
                configure?.Invoke(builder);
            },
            settings,
            timeProvider);
    }

    public async Task<IReadOnlyList<string>> ObjectKeysAsync()
    {
        var keys = new List<string>();
        await foreach (var item in S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = _name }).S3Objects)
        {
            keys.Add(item.Key);
        }

        return keys;
    }

    public async Task<IReadOnlyDictionary<string, Dictionary<string, AttributeValue>>> SessionsAsync()
    {
        var sessions = new Dictionary<string, Dictionary<string, AttributeValue>>(StringComparer.Ordinal);
        await foreach (var page in DynamoDb.Paginators.Scan(new ScanRequest { TableName = _name, ConsistentRead = true }).Responses)
        {
            page.Items?.ForEach(item => sessions.Add(item["uploadSessionId"].S, item));
        }

        return sessions;
    }

    public async Task<IReadOnlyList<string>> UploadKeysAsync()
    {
        var uploads = await S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _name });
        return [.. (uploads.MultipartUploads ?? []).Select(static upload => upload.Key)];
    }

    /// <summary>Writes down everything that the server holds, for comparing before with after.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync()
    {
        var lines = new List<string>();
        foreach (var (id, item) in await SessionsAsync())
        {
            var fields = item.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key}={pair.Value.S ?? pair.Value.N}");
            lines.Add($"session {id} {string.Join(' ', fields)}");
        }

        await foreach (var item in S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = _name }).S3Objects)
        {
            var tags = await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = _name, Key = item.Key });
            lines.Add($"object {item.Key} {item.ETag} {item.LastModified:O} "
                + $"{string.Join(' ', (tags.Tagging ?? []).Select(static tag => $"{tag.Key}={tag.Value}"))}");
        }

        lines.AddRange((await UploadKeysAsync()).Select(static key => $"upload {key}"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await DynamoDb.DeleteTableAsync(_name);
        S3.Dispose();
        DynamoDb.Dispose();
    }

    private static string OperationOf(RequestEventArgs call) =>
        ((WebServiceRequestEventArgs)call).Request.GetType().Name.Replace("Request", string.Empty, StringComparison.Ordinal);
}

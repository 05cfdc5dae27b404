using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Benchmarks.VideoUploadCleanup;

/// <summary>
/// Measures the memory that listing many sessions and objects takes: half of the objects have a session, the others are orphans to report.
/// </summary>
internal static class CleanupBenchmark
{
    private const string Table = "UploadSessions";
    private const string Bucket = "media";
    private const int SeedConcurrency = 32;

    private static readonly BasicAWSCredentials Credentials = new("testing", "testing");

    public static async Task<int> SeedAsync(int count)
    {
        using var s3 = CreateS3();
        using var dynamoDb = CreateDynamoDb();
        await s3.PutBucketAsync(Bucket);
        await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new KeySchemaElement("uploadSessionId", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("uploadSessionId", ScalarAttributeType.S)],
        });

        while ((await dynamoDb.DescribeTableAsync(Table)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(100);
        }

        string[] ids = [.. Enumerable.Range(0, count).Select(static _ => Guid.NewGuid().ToString())];
        var options = new ParallelOptions { MaxDegreeOfParallelism = SeedConcurrency };
        await Parallel.ForEachAsync(ids.Chunk(25), options, async (chunk, token) => await dynamoDb.BatchWriteItemAsync(
            new BatchWriteItemRequest
            {
                RequestItems = new() { [Table] = [.. chunk.Select(static id => new WriteRequest(new PutRequest(Session(id))))] },
            },
            token));
        await Parallel.ForAsync(0, count, options, async (index, token) => await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = KeyOf(index % 2 == 0 ? ids[index] : Guid.NewGuid().ToString()),
                ContentBody = "0123456789",
            },
            token));
        return 0;
    }

    public static async Task<int> RunAsync()
    {
        using var s3 = CreateS3();
        using var dynamoDb = CreateDynamoDb();
        var requests = 0;
        s3.BeforeRequestEvent += (_, _) => Interlocked.Increment(ref requests);
        dynamoDb.BeforeRequestEvent += (_, _) => Interlocked.Increment(ref requests);
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonS3>(s3).AddSingleton<IAmazonDynamoDB>(dynamoDb);
                builder.AddVideoUploadCleanup();
            },
            new Dictionary<string, string?> { ["TABLE_NAME"] = Table, ["BUCKET"] = Bucket, ["CLEANUP_AGE_HOURS"] = "0" });

        var summary = await harness.RunAsync("""{"job":"video-upload-cleanup"}""");

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{summary.Status}: {summary.Summary} {requests} requests, {summary.DurationMs} ms, peak memory "
                + $"{process.PeakWorkingSet64 / (1024 * 1024)} MB");
        return summary.Status == JobStatus.Succeeded ? 0 : 1;
    }

    private static string KeyOf(string id) => $"uploads/2026-11-01/{id}.mp4";

    private static Dictionary<string, AttributeValue> Session(string id) => new()
    {
        ["uploadSessionId"] = new() { S = id },
        ["uploadType"] = new() { S = "single" },
        ["status"] = new() { S = "uploaded" },
        ["key"] = new() { S = KeyOf(id) },
        ["ttl"] = new() { N = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
    };

    private static ListingS3Client CreateS3() =>
        new(Credentials, new AmazonS3Config { ServiceURL = Url("S3_URL"), AuthenticationRegion = "us-east-1", ForcePathStyle = true });

    private static AmazonDynamoDBClient CreateDynamoDb() =>
        new(Credentials, new AmazonDynamoDBConfig { ServiceURL = Url("DYNAMODB_URL"), AuthenticationRegion = "us-east-1" });

    private static string Url(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(
            $"{name} is not set. Set it to the server's address.");
}

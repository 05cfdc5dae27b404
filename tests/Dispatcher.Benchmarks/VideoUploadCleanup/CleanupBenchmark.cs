using System.Diagnostics;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Benchmarks.VideoUploadCleanup;

/// <summary>Measures the memory that a run of the cleanup takes, against a server in another process.</summary>
internal static class CleanupBenchmark
{
    private static readonly BasicAWSCredentials Credentials = new("testing", "testing");

    public static async Task<int> RunAsync(string url, bool dryRun)
    {
        using var s3 = new AmazonS3Client(
            Credentials, new AmazonS3Config { ServiceURL = url, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        using var dynamoDb = new AmazonDynamoDBClient(
            Credentials, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = "us-east-1" });
        var requests = 0;
        s3.BeforeRequestEvent += (_, _) => Interlocked.Increment(ref requests);
        dynamoDb.BeforeRequestEvent += (_, _) => Interlocked.Increment(ref requests);
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonS3>(s3).AddSingleton<IAmazonDynamoDB>(dynamoDb);
                builder.AddVideoUploadCleanup();
            },
            new Dictionary<string, string?> { ["TABLE_NAME"] = "sessions", ["BUCKET"] = "uploads", ["CLEANUP_AGE_HOURS"] = "0" });

        var summary = await harness.RunAsync(
            $$"""{"job":"video-upload-cleanup","dryRun":{{(dryRun ? "true" : "false")}}}""");

        using var process = Process.GetCurrentProcess();
        var live = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(
            $"{summary.Status}: {summary.Summary} {requests} requests, {summary.DurationMs} ms, live heap {live / 1048576.0:0.0} MB, "
                + $"peak working set {process.PeakWorkingSet64 / 1048576} MB");
        return summary.Status is JobStatus.Succeeded or JobStatus.Planned ? 0 : 1;
    }
}

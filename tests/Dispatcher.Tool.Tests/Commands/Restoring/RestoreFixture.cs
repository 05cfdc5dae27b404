using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;
using Tag = Amazon.S3.Model.Tag;

namespace Dispatcher.Tool.Tests.Commands.Restoring;

/// <summary>A bucket and a table in moto, and a folder for the history and the trails.</summary>
public abstract class RestoreFixture
{
    protected const string Cleanup = "video-upload-cleanup";
    protected const string Orphans = "completedUploadsKeepTheirSession=true";

    protected static readonly string[] Delete = ["-p", "orphans=delete", "-p", Orphans, "-p", "maxOrphanedPercent=100"];
    protected static readonly string[] Quarantine = ["-p", "orphans=quarantine", "-p", Orphans, "-p", "maxOrphanedPercent=100"];

    private TemporaryFolder _folder = null!;
    protected MotoServer Server { get; private set; } = null!;

    protected AmazonS3Client S3 { get; private set; } = null!;

    protected AmazonDynamoDBClient DynamoDb { get; private set; } = null!;

    protected string AuditFolder => Path.Combine(_folder.Path, ".local", "audit");

    protected string HistoryFile => Path.Combine(_folder.Path, ".local", "runs.db");

    [SetUp]
    public async Task PrepareAsync()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        Server = await LocalAws.ResetAsync();
        (S3, DynamoDb) = (Server.CreateS3(), Server.CreateDynamoDb());
    }

    [TearDown]
    public void DisposeClients()
    {
        S3.Dispose();
        DynamoDb.Dispose();
        _folder.Dispose();
    }

    protected static long Count(JsonElement record, string name) =>
        record.GetProperty("counts").TryGetProperty(name, out var count) ? count.GetInt64() : 0;

    protected async Task AssertRefusedAsync(int exitCode, string reason, params string[] words)
    {
        var result = await RunAsync(["restore", .. words]);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Error + result.Output);
        Assert.That(result.Error + result.Output, Does.Contain(reason));
    }

    protected async Task<string> CleanAsync(string[] words)
    {
        var result = await RunAsync(["run", Cleanup, "--json", "-p", "cleanupAgeHours=0", .. words]);
        Assert.That(result.ExitCode, Is.Zero, result.Error + result.Output);
        return JsonElement.Parse(result.Output).GetProperty("runId").GetString()!;
    }

    private protected Task<ProcessResult> RunAsync(params string[] words) => Dispatch.RunAsync(
        words,
        environment: new LocalEnvironment(Server, LocalResources.Variables).Variables,
        directory: _folder.Path);

    protected async Task KeepVersionsAsync() => await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
    {
        BucketName = LocalResources.Bucket, VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
    });

    protected async Task<string> PutAsync(string content)
    {
        var key = DemoKinds.VideoKey(Guid.NewGuid());
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = LocalResources.Bucket, Key = key, ContentBody = content });
        return key;
    }

    protected async Task TagAsync(string key, Tag tag) => await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest
    {
        BucketName = LocalResources.Bucket, Key = key, Tagging = new Tagging { TagSet = [tag] },
    });

    protected async Task<int> TagsAsync(string key) => (await S3.GetObjectTaggingAsync(
        new GetObjectTaggingRequest { BucketName = LocalResources.Bucket, Key = key })).Tagging?.Count ?? 0;

    protected async Task<string> ReadAsync(string key)
    {
        using var answer = await S3.GetObjectAsync(LocalResources.Bucket, key);
        using var reader = new StreamReader(answer.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    protected async Task<string[]> ListAsync()
    {
        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = LocalResources.Bucket });
        return [.. (page.S3Objects ?? []).Select(static item => item.Key).Order(StringComparer.Ordinal)];
    }

    protected async Task<IReadOnlyList<string>> SessionsAsync()
    {
        var page = await DynamoDb.ScanAsync(new ScanRequest { TableName = LocalResources.Table, ConsistentRead = true });
        return [.. (page.Items ?? []).Select(Describe).Order(StringComparer.Ordinal)];
    }

    private static string Describe(Dictionary<string, AttributeValue> item) => string.Join(' ', item
        .OrderByDescending(static pair => pair.Key == "uploadSessionId").ThenBy(static pair => pair.Key, StringComparer.Ordinal)
        .Select(static pair => pair.Key == "uploadSessionId" ? pair.Value.S : $"{pair.Key}={pair.Value.S ?? pair.Value.N}"));
}

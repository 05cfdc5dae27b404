using Amazon.DynamoDBv2.Model;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>A cleanup job over a table and a bucket in memory.</summary>
public abstract class CleanupJobFixture
{
    protected const string Delete = """{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}""";

    protected IReadOnlyList<string> Logs { get; private set; } = [];
    protected double CleanupErrors { get; private set; }
    protected TestClock Time { get; private set; } = null!;
    private protected FakeTable Table { get; private set; } = null!;
    private protected FakeBucket Bucket { get; private set; } = null!;

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected DateTimeOffset Expired => Now.AddHours(-2);

    [SetUp]
    public void SetUp()
    {
        Time = new TestClock();
        Table = new FakeTable();
        Bucket = new FakeBucket(Now.AddDays(-2));
    }

    protected string Orphan(DateTimeOffset? lastModified = null) => Bucket.Add(FakeBucket.KeyOf(Guid.NewGuid().ToString()), lastModified);

    protected void KeptSession() => Table.Add(Now.AddHours(1), "created");

    protected string Multipart(bool withParts)
    {
        var id = Table.Add(Expired, "created", "multipart");
        Table.Items[id]["s3UploadId"] = new AttributeValue { S = Bucket.AddUpload(FakeBucket.KeyOf(id), withParts) };
        return id;
    }

    protected void AssertMarked(string id)
    {
        Assert.That(Table.Items[id]["status"].S, Is.EqualTo("partial"));
        Assert.That(Table.Items[id], Does.Not.ContainKey("ttl").And.Not.ContainKey("cleanupClaim"));
    }

    protected void AssertInReview(string id)
    {
        AssertMarked(id);
        Assert.That(Bucket.Objects, Has.Count.EqualTo(1));
    }

    protected async Task<RunRecord> RunAsync(
        string parameters = "{}", Dictionary<string, string?>? environment = null, DateTimeOffset? deadline = null)
    {
        var settings = new Dictionary<string, string?>(environment ?? []) { ["TABLE_NAME"] = "UploadSessions", ["BUCKET"] = "media" };
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(Table.Mock.Object).AddSingleton(Bucket.Mock.Object);
                builder.AddVideoUploadCleanup();
            },
            settings,
            Time);
        var summary = await harness.RunAsync($$"""{"job":"video-upload-cleanup","parameters":{{parameters}}}""", deadline);
        Logs = harness.Logs.Lines;
        CleanupErrors = harness.Metrics.Value("CleanupErrors");
        return summary;
    }
}

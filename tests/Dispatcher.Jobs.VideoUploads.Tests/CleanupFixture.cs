using Amazon.DynamoDBv2.Model;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>A table, a bucket and a clock in memory, and the job that runs on them.</summary>
public abstract class CleanupFixture
{
    protected const string Delete = """{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}""";

    protected IReadOnlyList<string> Logs { get; private set; } = [];

    protected double CleanupErrors { get; private set; }

    private protected TestClock Time { get; private set; } = null!;

    private protected FakeTable Table { get; private set; } = null!;

    private protected FakeBucket Bucket { get; private set; } = null!;

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected DateTimeOffset Expired => Now.AddHours(-2);

    [SetUp]
    public void MakeWorld()
    {
        Time = new TestClock();
        Table = new FakeTable();
        Bucket = new FakeBucket(Now.AddDays(-2));
    }

    protected static string KeyOf(string id) => FakeBucket.KeyOf(id);

    protected string Orphan(DateTimeOffset? lastModified = null) => Bucket.Add(KeyOf(Guid.NewGuid().ToString()), lastModified);

    protected string KeptSession() => Table.Add(Now.AddHours(1), "created");

    protected string ExpiredSingle()
    {
        var id = Table.Add(Expired, "created");
        Bucket.Add(KeyOf(id));
        return id;
    }

    protected string ExpiredMultipart(bool withParts = false, string status = "created")
    {
        var id = Table.Add(Expired, status, "multipart");
        Set(id, "s3UploadId", text: Bucket.AddUpload(KeyOf(id), withParts));
        return id;
    }

    protected void Set(string id, string attribute, string? text = null, DateTimeOffset? time = null) =>
        Table.Items[id][attribute] = text is not null
            ? new AttributeValue { S = text }
            : new AttributeValue { N = $"{time!.Value.ToUnixTimeSeconds()}" };

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

    /// <summary>Advances the clock while a run waits for it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="otherTimers">How many timers wait that the run does not wait for.</param>
    private protected async Task<RunRecord> DriveAsync(Task<RunRecord> run, int otherTimers = 0)
    {
        for (var turn = 1; !run.IsCompleted; turn++)
        {
            // Far more turns than the run needs between two pauses.
            if (turn % 100 == 0 && Time.WaitingTimers > otherTimers)
            {
                Time.Advance(TimeSpan.FromMilliseconds(50));
            }

            await Task.Yield();
        }

        return await run;
    }

    private protected async Task<RunRecord> RunAsync(
        string parameters = "{}",
        bool dryRun = false,
        Dictionary<string, string?>? environment = null,
        DateTimeOffset? deadline = null,
        string limits = "{}")
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
        var record = await harness.RunAsync(
            $$"""{"job":"video-upload-cleanup","dryRun":{{(dryRun ? "true" : "false")}},"parameters":{{parameters}},"limits":{{limits}}}""",
            deadline);
        Logs = harness.Logs.Lines;
        CleanupErrors = harness.Metrics.Value("CleanupErrors");
        return record;
    }
}

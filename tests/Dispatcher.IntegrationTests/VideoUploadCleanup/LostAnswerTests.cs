using System.Collections.Concurrent;
using Amazon.S3.Model;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

/// <summary>A change is executed, and its answer is lost: the trail holds it all the same, once, as what it is.</summary>
public sealed class LostAnswerTests
{
    // With moto, every upload without a session is years old.
    private const int Changes = 6;
    private const int Attempts = 12;

    private const string Run =
        """
        {"job":"video-upload-cleanup","parameters":
         {"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100,"concurrency":1}}
        """;

    private const string Quarantine =
        """
        {"job":"video-upload-cleanup","parameters":
         {"orphans":"quarantine","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100,"expiredObjects":"quarantine","concurrency":1}}
        """;

    [Test]
    public async Task RunAsync_ConnectionIsCutAfterAChange_TrailHoldsEachChangeOnce(
        [Range(0, Changes)] int cut, [Values(1, Attempts)] int times)
    {
        await using var world = await SeedAsync();

        var (summary, trail) = await RunAsync(world, Run, new CuttingNetwork(cut, times));

        Assert.Multiple(() =>
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), string.Join('\n', summary.Errors.Select(static error =>
                error.Error)));
            Assert.That(trail.Select(static entry => entry.Outcome), Is.All.EqualTo(AuditOutcome.Applied));
            Assert.That(trail.Select(static entry => $"{entry.Action} {entry.Target}"), Is.Unique);
            Assert.That(trail.GroupBy(static entry => entry.Action).Select(static group => $"{group.Key} "
                + $"{group.Count()}"), Is.EquivalentTo(new[]
            {
                "dynamodb:UpdateItem 2", "dynamodb:DeleteItem 2", "s3:DeleteObject 2", "s3:AbortMultipartUpload 2",
            }));
            Assert.That(summary.Changes.Applied, Is.EqualTo(8));
        });
        Assert.That(await world.ObjectKeysAsync(), Is.Empty);
        Assert.That(await world.UploadKeysAsync(), Is.Empty);
        Assert.That(await world.SessionsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_ConnectionIsCutAfterATag_TrailHoldsEachChangeOnce([Range(1, 3)] int cut, [Values(1, Attempts)] int times)
    {
        await using var world = await SeedAsync();

        var (summary, trail) = await RunAsync(world, Quarantine, new CuttingNetwork(cut, times));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), string.Join('\n', summary.Errors.Select(static error => error.Error)));
        Assert.That(trail.Select(static entry => $"{entry.Action} {entry.Outcome}"), Is.EquivalentTo(new[]
        {
            "dynamodb:UpdateItem Applied", "dynamodb:UpdateItem Applied", "s3:PutObjectTagging Applied", "s3:PutObjectTagging Applied",
            "s3:AbortMultipartUpload Applied",
        }));
        var tags = await world.S3.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = world.Name, Key = (await world.ObjectKeysAsync())[0] });
        Assert.That(tags.Tagging.Single().Key, Is.EqualTo("maintenance-delete-after"));
    }

    /// <summary>Seeds what takes six changing calls: claim, deletion, abort, removal, an orphan's deletion, a stray's abort.</summary>
    private static async Task<UploadWorld> SeedAsync()
    {
        var world = await UploadWorld.CreateAsync();
        world.Session("created", expiresIn: TimeSpan.FromHours(1));
        world.Object(UploadWorld.KeyOf(world.Session("created")));
        world.Object(UploadWorld.KeyOf(Guid.NewGuid().ToString()));
        await world.MultipartAsync();
        await world.BeginUploadAsync(Guid.NewGuid().ToString());
        await world.SeedAsync();
        return world;
    }

    private static async Task<(RunRecord Summary, IReadOnlyList<AuditEntry> Trail)> RunAsync(
        UploadWorld world, string payload, CuttingNetwork network)
    {
        var trail = new Trail();
        await using var harness = world.CreateHarness(
            configure: builder => builder.Services.AddSingleton<IAuditSink>(trail), network: network);
        var summary = await harness.RunAsync(payload);
        return (summary, [.. trail.Entries.Where(static entry => entry.Outcome != AuditOutcome.Intended)]);
    }

    private sealed class Trail : IAuditSink
    {
        public ConcurrentQueue<AuditEntry> Entries { get; } = [];

        public void Write(AuditEntry entry) => Entries.Enqueue(entry);

        public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

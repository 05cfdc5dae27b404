using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Races.Tests;

/// <summary>Takes back cleanups while clients write.</summary>
internal sealed class VideoUploadUndoTests
{
    private const string Quarantine =
        """{"expiredObjects":"quarantine","orphans":"quarantine","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}""";

    [Test]
    public async Task Undo_Quarantine_IsAsIfTheRunHadNotBeen()
    {
        var world = CleanupWorld.WithEveryKind();
        var before = world.Describe();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync(Quarantine);
        Assert.That(world.Describe(), Is.Not.EqualTo(before));

        var undone = await UndoAsync(world, runner.Trail.Made());

        Assert.That(undone.Errors, Is.Empty);
        Assert.That(world.Describe(), Is.EqualTo(before));
    }

    [Test]
    public async Task Undo_RemovedSessions_AreBackAndDryRunsChangeNothing()
    {
        var world = CleanupWorld.WithEveryKind();
        var sessions = SessionsOf(world);
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync("{}");
        var cleaned = world.Describe();

        // The bucket has no versions.
        IReadOnlyList<MadeChange> made = [.. runner.Trail.Made().Where(static change => change.Action != "s3:DeleteObject")];
        var planned = await UndoAsync(world, made, dryRun: true);
        var afterPlan = world.Describe();
        var undone = await UndoAsync(world, made);
        var again = await UndoAsync(world, made);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(afterPlan, Is.EqualTo(cleaned));
            Assert.That(planned.Changes.Proposed, Is.EqualTo(undone.Changes.Applied).And.GreaterThan(0));
            Assert.That(SessionsOf(world), Is.EqualTo(sessions));
            Assert.That(again.Changes.Proposed, Is.Zero);
            Assert.That(again.Count("alreadyRestored"), Is.EqualTo(undone.Changes.Applied));
            Assert.That(undone.Errors.Select(static error => error.Error), Is.Not.Empty.And.All.Contains("S3 has deleted the parts"));
        }
    }

    [Test]
    public async Task Undo_AnswersAreLost_CountsWhatWasMade()
    {
        var world = CleanupWorld.WithEveryKind();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync("{}");
        IReadOnlyList<MadeChange> made = [.. runner.Trail.Made().Where(static change => change.Action.StartsWith("dynamodb:"))];
        world.Aws.Faults.On("dynamodb:PutItem").AtCall(1).LoseAnswer();
        world.Aws.Faults.On("dynamodb:UpdateItem").AtCall(1).LoseAnswer();

        var undone = await UndoAsync(world, made);

        Assert.That(undone.Changes.Applied, Is.EqualTo(undone.Changes.Proposed).And.GreaterThan(1));
        Assert.That(undone.Errors, Is.Empty);
    }

    [Test]
    public async Task Undo_SomethingIsWrittenBetweenPlanAndChange_IsLeftAlone()
    {
        var world = CleanupWorld.WithEveryKind();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync(Quarantine);
        var read = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        var undone = await UndoAsync(world, runner.Trail.Made(), interfere: request =>
        {
            switch (request)
            {
                case UpdateItemRequest update:
                    world.Table.Put(("uploadSessionId", update.Key["uploadSessionId"].S), ("status", "uploaded"));
                    break;
                case GetObjectTaggingRequest tagging when !read.TryAdd(tagging.Key, true):
                    // The plan has read the tags, and the change reads them again.
                    world.Bucket.Put(tagging.Key, CleanupWorld.BytesOf("newer"));
                    break;
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(undone.Changes.Applied, Is.Zero);
            Assert.That(undone.Changes.Proposed, Is.GreaterThan(0));
            Assert.That(world.Table.Items.Where(static item => item["status"] == "uploaded"), Is.Not.Empty);
        }
    }

    private static IReadOnlyList<string> SessionsOf(CleanupWorld world) =>
        [.. world.Describe().Where(static line => line.StartsWith("session ", StringComparison.Ordinal)).Select(Sort).Order()];

    /// <summary>The order of attributes is not kept.</summary>
    private static string Sort(string line) => string.Join(' ', line.Split(' ').Order(StringComparer.Ordinal));

    private static async Task<RunRecord> UndoAsync(
        CleanupWorld world, IReadOnlyList<MadeChange> made, bool dryRun = false, Action<AmazonWebServiceRequest>? interfere = null)
    {
        var caller = new FakeCaller("undo");
        using var s3 = world.Aws.CreateS3(caller);
        using var dynamoDb = world.Aws.CreateDynamoDb(caller);
        s3.BeforeRequestEvent += (_, call) => interfere?.Invoke(((WebServiceRequestEventArgs)call).Request);
        dynamoDb.BeforeRequestEvent += (_, call) => interfere?.Invoke(((WebServiceRequestEventArgs)call).Request);
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonS3>(s3).AddSingleton<IAmazonDynamoDB>(dynamoDb).AddSingleton(made);
                builder.AddVideoUploadCleanup();
                builder.AddJob<UndoJob>("undo");
            },
            timeProvider: world.Clock);
        return await harness.RunAsync($$"""{"job":"undo","dryRun":{{(dryRun ? "true" : "false")}}}""");
    }

    private sealed class UndoJob(IServiceProvider services, IReadOnlyList<MadeChange> made) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            await services.GetRequiredKeyedService<IChangeUndo>(VideoUploadCleanupBuilderExtensions.DefaultName)
                .UndoAsync(made, context, cancellationToken);
            return JobResult.Succeeded("Undone.");
        }
    }
}

using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Races.Tests.World;

/// <summary>A process that takes back changes of a cleanup.</summary>
internal static class UndoRunner
{
    /// <summary>Takes changes back.</summary>
    /// <param name="world">The world.</param>
    /// <param name="made">The changes, the last one first.</param>
    /// <param name="dryRun">Whether it only plans.</param>
    /// <param name="interfere">Called before each request.</param>
    /// <returns>The record of the run.</returns>
    public static async Task<RunRecord> RunAsync(
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
            var advice = await services.GetRequiredKeyedService<IChangeUndo>(VideoUploadCleanupBuilderExtensions.DefaultName)
                .UndoAsync(made, context, cancellationToken);
            return JobResult.Succeeded(advice ?? "Undone.");
        }
    }
}

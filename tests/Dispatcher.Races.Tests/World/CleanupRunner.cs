using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Hosting;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Races.Tests.World;

/// <summary>A process that runs the cleanup.</summary>
internal sealed class CleanupRunner : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> Settings = new() { ["TABLE_NAME"] = "sessions", ["BUCKET"] = "uploads" };

    private readonly JobHarness _harness;
    private readonly AmazonS3Client _s3;
    private readonly AmazonDynamoDBClient _dynamoDb;

    public CleanupRunner(CleanupWorld world, string name = "runner", TimeProvider? clock = null, IRunStore? store = null)
    {
        Caller = new FakeCaller(name, clock);
        Trail = new RecordedTrail(Caller);
        _s3 = world.Aws.CreateS3(Caller);
        _dynamoDb = world.Aws.CreateDynamoDb(Caller);
        _harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonS3>(_s3);
                builder.Services.AddSingleton<IAmazonDynamoDB>(_dynamoDb);
                builder.Services.AddSingleton<IAuditSink>(Trail);
                if (store is not null)
                {
                    builder.Services.AddSingleton<IRunStore>(new MortalRunStore(store, Caller));
                }

                builder.AddVideoUploadCleanup();
            },
            Settings,
            clock ?? world.Clock);
    }

    public FakeCaller Caller { get; }

    public RecordedTrail Trail { get; }

    /// <summary>Runs the cleanup.</summary>
    /// <param name="parameters">Its parameters, JSON.</param>
    /// <param name="slot">The id of the delivery; several may have the same.</param>
    /// <param name="dryRun">Whether it only plans.</param>
    /// <param name="deadline">When the host ends the invocation.</param>
    /// <param name="shard">The part of the work.</param>
    /// <returns>The record of the run, or <see langword="null"/> if the process was killed.</returns>
    public async Task<RunRecord?> RunAsync(
        string parameters, string? slot = null, bool dryRun = false, DateTimeOffset? deadline = null, JobShard? shard = null)
    {
        var request = new JobRequest("video-upload-cleanup")
        {
            Parameters = JsonElement.Parse(parameters), Id = slot, Shard = shard, DryRun = dryRun,
        };
        var run = _harness.RunAsync(JobRequestJson.Write(request), deadline);
        await Task.WhenAny(run, Caller.Killed);
        return Caller.IsKilled ? null : await run;
    }

    /// <summary>Plans the cleanup.</summary>
    /// <returns>The changes of the plan, in the words of the log of changes.</returns>
    public async Task<IReadOnlyList<string>> PlanAsync(string parameters, string location = "memory:plan")
    {
        await _harness.RunAsync(
            $$"""{"job":"video-upload-cleanup","dryRun":true,"plan":"{{location}}","parameters":{{parameters}}}""");
        using var plan = await PlanFile.ReadAsync(location, await _harness.Plans.OpenAsync(location));
        return [.. plan.ReadChanges().Select(static planned => $"{planned.Change.Action} {planned.Change.Target.Split('#')[0]}")];
    }

    /// <summary>Applies the plan.</summary>
    public Task<RunRecord> ApplyAsync(string location = "memory:plan") =>
        _harness.RunAsync($$"""{"job":"video-upload-cleanup","plan":"{{location}}"}""");

    public async ValueTask DisposeAsync()
    {
        await _harness.DisposeAsync();
        _s3.Dispose();
        _dynamoDb.Dispose();
    }
}

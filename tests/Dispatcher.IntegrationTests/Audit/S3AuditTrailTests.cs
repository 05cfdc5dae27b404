using System.Text;
using System.Text.Json;
using Amazon.S3;
using Dispatcher.Aws.Audit;
using Dispatcher.IntegrationTests.History;
using Dispatcher.IntegrationTests.VideoUploadCleanup;
using Dispatcher.Lambda;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Audit;

/// <summary>Runs jobs with both audit sinks of the function on, and compares the trails with what happened.</summary>
public sealed class S3AuditTrailTests
{
    private const string Cleanup =
        """{"job":"video-upload-cleanup","parameters":{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":100}}""";

    private const string Scripted = """{"job":"scripted"}""";

    private string _bucket = null!;
    private MemoryStream _output = null!;

    [SetUp]
    public async Task CreateBucketAsync()
    {
        _bucket = $"audit-{Guid.NewGuid():N}";
        _output = new MemoryStream();
        using var s3 = (await SharedMoto.GetAsync()).CreateS3();
        await s3.PutBucketAsync(_bucket);
    }

    [TearDown]
    public void DisposeOutput() => _output.Dispose();

    [Test]
    public async Task RunAsync_CleanupOfAThousand_EveryChangeIsInBothTrailsOnce()
    {
        await using var world = await UploadWorld.CreateAsync();
        var keys = await SeedOrphansAsync(world, 1_000);
        await using var harness = world.CreateHarness(configure: AddAudit);

        var summary = await harness.RunAsync(Cleanup);

        var trail = await TrailAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Changes.Applied, Is.EqualTo(1_000), summary.Summary);
            Assert.That(trail.Select(Target), Is.EquivalentTo(keys.Select(key => $"s3://{world.Name}/{key}")));
            Assert.That(trail.Select(Word("outcome")), Is.All.EqualTo("applied"));
            Assert.That(trail.Select(Word("evidence")), Is.All.Matches("^etag=[0-9a-f]{32} size=10 lastModified=.*Z$"));
            Assert.That(trail.Select(Word("runId")), Is.All.EqualTo(summary.RunId));
            Assert.That(LinesOfOutput(), Is.EqualTo(trail.Select(entry => entry.GetRawText())));
        }
    }

    [TestCase("DeleteObjects", 6)]
    [TestCase("ListObjectsV2", 6)]
    public async Task RunAsync_FailsHalfWay_TheTrailHoldsWhatIsGone(string operation, int requests)
    {
        await using var world = await UploadWorld.CreateAsync();
        var keys = await SeedOrphansAsync(world, 1_100);
        var sent = 0;
        await using var harness = world.CreateHarness(
            called =>
            {
                if (called == operation && Interlocked.Increment(ref sent) > requests)
                {
                    throw new PermanentJobException("The server is on fire.");
                }
            },
            configure: AddAudit);

        var summary = await harness.RunAsync(Cleanup);

        var left = (await world.ObjectKeysAsync()).ToHashSet();
        var gone = keys.Where(key => !left.Contains(key)).Select(key => $"s3://{world.Name}/{key}").ToList();
        var trail = await TrailAsync();
        var applied = trail.Where(entry => Word("outcome")(entry) == "applied").Select(Target).ToList();
        var interrupted = trail.Where(entry => Word("outcome")(entry) == "interrupted").Select(Target).ToList();
        TestContext.Out.WriteLine($"{gone.Count} gone, {applied.Count} applied, {interrupted.Count} interrupted");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(trail, Has.Length.EqualTo(applied.Count + interrupted.Count));
            Assert.That(trail.Select(Target), Is.Unique);
            Assert.That(applied, Is.Not.Empty.And.SubsetOf(gone).And.Count.EqualTo(summary.Changes.Applied));

            // Of one call to the gate some requests succeeded before another failed: the trail says that these may have happened.
            Assert.That(gone.Except(applied), Is.SubsetOf(interrupted));
            Assert.That(LinesOfOutput(), Is.EqualTo(trail.Select(entry => entry.GetRawText())));
        }
    }

    [Test]
    public async Task RunAsync_FailedChanges_AreInTheTrailWithTheirErrors()
    {
        await using var harness = await ScriptedAsync(async (context, token) =>
        {
            await context.Changes.TryApplyAsync(new Change("test:Delete", "good"), _ => Task.CompletedTask, token);
            await context.Changes.TryApplyAsync(
                new Change("test:Delete", "bad"), _ => throw new InvalidOperationException("broken"), token);
            await context.Changes.TryApplyAsync(
                new Change("test:Delete", "late"), _ => Task.FromResult(ChangeOutcome.Skipped("gone")), token);
            return JobResult.Succeeded("done");
        });

        await harness.RunAsync(Scripted);

        var trail = await TrailAsync();
        Assert.That(trail.Select(entry => $"{Target(entry)} "
            + $"{Word("outcome")(entry)}"), Is.EqualTo(new[] { "good applied", "bad failed", "late skipped" }));
        Assert.That(trail[1].GetProperty("error").GetString(), Does.Contain("broken"));
    }

    [Test]
    public async Task RunAsync_JobIsLeftBehindAtTheDeadline_TheTrailIsUploaded()
    {
        var (hanging, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var harness = await ScriptedAsync(
            async (context, _) =>
            {
                await context.Changes.TryApplyAsync(new Change("test:Delete", "done"), _ => Task.CompletedTask, CancellationToken.None);
                await context.Changes.TryApplyAsync(
                    new Change("test:Delete", "hanging"),
                    _ =>
                    {
                        hanging.SetResult();
                        return never.Task;
                    },
                    CancellationToken.None);
                return JobResult.Succeeded("done");
            },
            clock);
        var run = harness.RunAsync(Scripted, clock.GetUtcNow().AddMinutes(15));
        await hanging.Task;
        await clock.WhenTimersWaitAsync(2);

        // Between the report's margin and the deadline. The time that the upload may take stands still.
        clock.Advance(TimeSpan.FromSeconds((15 * 60) - 2));
        await run;

        var trail = await TrailAsync();
        Assert.That(trail.Select(entry => $"{Target(entry)} "
            + $"{Word("outcome")(entry)}"), Is.EqualTo(new[] { "done applied", "hanging interrupted" }));
        never.SetResult();
    }

    [Test]
    public async Task RunAsync_SeveralAtOnce_EachHasAnObjectOfItsOwn()
    {
        await using var harness = await ScriptedAsync(async (context, token) =>
        {
            for (var change = 0; change < 50; change++)
            {
                await Task.Yield();
                await context.Changes.TryApplyAsync(new Change("test:Delete", context.RunId), _ => Task.CompletedTask, token);
            }

            return JobResult.Succeeded("done");
        });

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => harness.RunAsync(Scripted)));

        foreach (var run in runs)
        {
            var trail = await ReadAsync($"audit/scripted/{run.StartedAt.UtcDateTime:yyyy/MM/dd}/{run.RunId}.jsonl");
            Assert.That(trail, Has.Length.EqualTo(50));
            Assert.That(trail.Select(Target), Is.All.EqualTo(run.RunId));
        }
    }

    [TestCase("""{"job":"scripted","dryRun":true}""", true)]
    [TestCase(Scripted, false)]
    public async Task RunAsync_DryRunOrNothingChanged_LeavesNoTrail(string payload, bool changes)
    {
        await using var harness = await ScriptedAsync(async (context, token) =>
        {
            if (changes)
            {
                await context.Changes.TryApplyAsync(new Change("test:Delete", "item"), _ => Task.CompletedTask, token);
            }

            return JobResult.Succeeded("done");
        });

        await harness.RunAsync(payload);

        using var s3 = (await SharedMoto.GetAsync()).CreateS3();
        Assert.That((await s3.ListObjectsAsync(_bucket)).S3Objects ?? [], Is.Empty);
        Assert.That(LinesOfOutput(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_NoSuchBucket_LogsWhereItShouldBeAndKeepsTheLines()
    {
        _bucket = "no-such-bucket";
        await using var harness = await ScriptedAsync(async (context, token) =>
        {
            await context.Changes.TryApplyAsync(new Change("test:Delete", "item"), _ => Task.CompletedTask, token);
            return JobResult.Succeeded("done");
        });

        var summary = await harness.RunAsync(Scripted);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(LinesOfOutput(), Has.Count.EqualTo(1));
        Assert.That(
            harness.Logs.Lines,
            Has.One.Contains($"The audit trail of 1 lines is missing at "
                + "s3://no-such-bucket/audit/scripted/").And.One.Contains("NoSuchBucket"));
    }

    [Test]
    public async Task CompleteAsync_TrailIsThereAlready_IsNotOverwritten()
    {
        using var s3 = (await SharedMoto.GetAsync()).CreateS3();
        var key = string.Empty;
        await using var harness = await ScriptedAsync(async (context, token) =>
        {
            key = $"audit/scripted/{context.StartedAt.UtcDateTime:yyyy/MM/dd}/{context.RunId}.jsonl";
            await s3.PutObjectAsync(new() { BucketName = _bucket, Key = key, ContentBody = "kept" }, token);
            await context.Changes.TryApplyAsync(new Change("test:Delete", "item"), _ => Task.CompletedTask, token);
            return JobResult.Succeeded("done");
        });

        var summary = await harness.RunAsync(Scripted);

        using var found = await s3.GetObjectAsync(_bucket, key);
        using var reader = new StreamReader(found.ResponseStream);
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo("kept"));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(harness.Logs.Lines, Has.One.Contains($"s3://{_bucket}/{key}").And.One.Contains("An object is there already and was "
            + "left as it is"));
    }

    [Test]
    public async Task CompleteAsync_HundredThousandLines_AreUploadedInTimeAndTheFileIsGone()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "audit-*.jsonl");
        await using var harness = await ScriptedAsync(async (context, token) =>
        {
            var reason = new string('r', 150);
            for (var batch = 0; batch < 100; batch++)
            {
                await context.Changes.TryApplyEachAsync(
                    [.. Enumerable.Range(0, 1_000).Select(index => new Change("test:Delete", $"item {batch}/{index}") { Reason = reason })],
                    (changes, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. changes.Select(_ => ChangeOutcome.Applied)]),
                    token);
            }

            return JobResult.Succeeded("done");
        });

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var summary = await harness.RunAsync(Scripted);

        using var s3 = (await SharedMoto.GetAsync()).CreateS3();
        var uploaded = (await s3.ListObjectsAsync(_bucket)).S3Objects.Single();
        TestContext.Out.WriteLine($"{uploaded.Size / 1e6:0.0} MB: run {summary.DurationMs} ms, with upload {watch.ElapsedMilliseconds} ms");
        Assert.That(uploaded.Size, Is.GreaterThan(30_000_000));

        // Other processes may have files there for a while.
        Assert.That(
            () => Directory.GetFiles(Path.GetTempPath(), "audit-*.jsonl").Except(before), Is.Empty.After(60_000, 500));
    }

    private static string Target(JsonElement entry) => entry.GetProperty("target").GetString()!;

    private static Func<JsonElement, string> Word(string name) => entry => entry.GetProperty(name).GetString()!;

    private static async Task<List<string>> SeedOrphansAsync(UploadWorld world, int count)
    {
        var keys = Enumerable.Range(0, count).Select(_ => world.Object(UploadWorld.KeyOf(Guid.NewGuid().ToString()))).ToList();

        // A table without any session would be taken for the wrong one.
        world.Session("uploaded");
        await world.SeedAsync();
        return keys;
    }

    private void AddAudit(IDispatcherBuilder builder)
    {
        builder.Services.AddSingleton(new LambdaOutput(_output));
        builder.AddAuditLines().AddS3AuditTrail(new AuditBucketSettings(_bucket));
    }

    private async Task<JobHarness> ScriptedAsync(
        Func<JobContext, CancellationToken, Task<JobResult>> script, TimeProvider? timeProvider = null)
    {
        var server = await SharedMoto.GetAsync();
        return new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(script).AddSingleton<IAmazonS3>(_ => server.CreateS3());
                builder.AddJob<ScriptedJob>("scripted");
                AddAudit(builder);
            },
            timeProvider: timeProvider);
    }

    /// <summary>Takes the outcomes from the log; the object holds no intents.</summary>
    private List<string> LinesOfOutput() =>
        [.. Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("\"outcome\":\"intended\"", StringComparison.Ordinal))];

    private async Task<JsonElement[]> TrailAsync()
    {
        using var s3 = (await SharedMoto.GetAsync()).CreateS3();
        return await ReadAsync((await s3.ListObjectsAsync(_bucket)).S3Objects.Single().Key);
    }

    private async Task<JsonElement[]> ReadAsync(string key)
    {
        using var s3 = (await SharedMoto.GetAsync()).CreateS3();
        using var response = await s3.GetObjectAsync(_bucket, key);
        Assert.That(response.Headers.ContentType, Is.EqualTo("application/x-ndjson"));
        using var reader = new StreamReader(response.ResponseStream);
        return [.. (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            JsonDocument.Parse(line).RootElement)];
    }
}

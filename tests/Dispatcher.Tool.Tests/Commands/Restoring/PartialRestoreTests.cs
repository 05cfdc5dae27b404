using System.Text.Json;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.Tool.Terminal;
using Tag = Amazon.S3.Model.Tag;

namespace Dispatcher.Tool.Tests.Commands.Restoring;

/// <summary>Takes back parts of runs, and runs whose uploads have gone on since: the next cleanup deletes nothing newer.</summary>
[NonParallelizable]
public sealed class PartialRestoreTests : RestoreFixture
{
    [Test]
    public async Task Restore_SessionOnly_ItsObjectIsWrittenAgain_IsLeftRemoved([Values] bool versions, [Values] bool hadObject)
    {
        var (key, session, run) = await CleanUploadAsync(versions, hadObject);
        await WriteAsync(key, "newer");

        var refused = await RunAsync("restore", run, "--key", session);
        await RunAsync("run", Cleanup, "--yes");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Partial), refused.Error + refused.Output);
            Assert.That(await SessionsAsync(), Is.Empty);
            Assert.That(await ReadAsync(key), Is.EqualTo("newer"));
        }
    }

    [Test]
    public async Task Restore_SessionAndObjectOneAfterTheOther_AreAsBefore([Values] bool objectFirst)
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "created");
        var (objects, sessions) = (await ListAsync(), await SessionsAsync());
        var run = await CleanAsync(Delete);
        string[] parts = [objects.Single(), sessions.Single().Split(' ')[0]];

        var first = await RunAsync("restore", run, "--json", "--key", parts[objectFirst ? 0 : 1]);
        var second = await RunAsync("restore", run, "--json", "--key", parts[objectFirst ? 1 : 0]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Output + second.Output);
            Assert.That(first.Output.Contains("counts as an orphan", StringComparison.Ordinal), Is.EqualTo(objectFirst));
            Assert.That((await ListAsync(), await SessionsAsync()), Is.EqualTo((objects, sessions)));
        }
    }

    [Test]
    public async Task Restore_ObjectWhoseSessionExistsAgain_IsBackAndTheSessionIsLeftAlone()
    {
        var (key, session, run) = await CleanUploadAsync(versions: true, hadObject: true);
        await DynamoDb.PutItemAsync(LocalResources.Table, new() { ["uploadSessionId"] = new(session), ["status"] = new("uploaded") });

        var all = await RunAsync("restore", run);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.ExitCode, Is.EqualTo(ExitCode.Partial), all.Error + all.Output);
            Assert.That(await ListAsync(), Is.EqualTo(new[] { key }));
            Assert.That((await SessionsAsync()).Single(), Does.Contain("status=uploaded"));
        }
    }

    [Test]
    public async Task Restore_MarkedForReview_ItsObjectIsReplaced_StaysInReview()
    {
        await LocalAws.AddUploadAsync(Server, "created");
        var key = (await ListAsync()).Single();
        await TagAsync(key, new Tag { Key = "finished", Value = "yes" });
        var run = await CleanAsync(["-p", "finishedTag=finished"]);
        await WriteAsync(key, "newer");

        var refused = await RunAsync("restore", run);
        await RunAsync("run", Cleanup, "--yes");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Partial), refused.Error + refused.Output);
            Assert.That((await SessionsAsync()).Single(), Does.Contain("status=partial"));
            Assert.That(await ReadAsync(key), Is.EqualTo("newer"));
        }
    }

    [Test]
    public async Task Restore_VersioningIsSuspended_LeavesTheDeleteMarker()
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "created");
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = LocalResources.Bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = Amazon.S3.VersionStatus.Suspended },
        });
        var run = await CleanAsync(Delete);

        var restored = await RunAsync("restore", run);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(restored.ExitCode, Is.EqualTo(ExitCode.Partial), restored.Error + restored.Output);
            Assert.That(restored.Output + restored.Error, Does.Not.Contain("version null"));
            Assert.That(await ListAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Restore_AppliedPlan_IsAsBefore()
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "created");
        var before = (await ListAsync(), await SessionsAsync());
        var plan = await RunAsync("run", Cleanup, "--dry-run", "--plan", "plan.jsonl", "-p", "cleanupAgeHours=0");
        var applied = await RunAsync("apply", "plan.jsonl", "--yes", "--json");
        var gone = (await ListAsync(), await SessionsAsync());

        var restored = await RunAsync("restore", JsonElement.Parse(applied.Output).GetProperty("runId").GetString()!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((plan.ExitCode, applied.ExitCode, restored.ExitCode), Is.EqualTo((0, 0, 0)), applied.Error + restored.Error);
            Assert.That(gone, Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
            Assert.That((await ListAsync(), await SessionsAsync()), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Restore_CleanupWithoutRecord_IsRestoredByItsTrail()
    {
        var (key, _, run) = await CleanUploadAsync(versions: true, hadObject: true);
        File.Delete(HistoryFile);

        var shown = await RunAsync("show", run[..20]);
        var restored = await RunAsync("restore", run[..20]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(restored.ExitCode, Is.Zero, restored.Error + restored.Output);
            Assert.That(shown.Error, Does.Contain($"Run {run} has no record").And.Contain($"'dispatch audit {run}' lists"));
            Assert.That(restored.Error, Does.Contain($"Run {run} has no record"));
            Assert.That(await ListAsync(), Is.EqualTo(new[] { key }));
        }
    }

    [Test]
    public async Task Restore_IsPartial_NeedsNoPersonInTheStatus()
    {
        var (key, _, run) = await CleanUploadAsync(versions: true, hadObject: true);
        await WriteAsync(key, "newer");
        var refused = await RunAsync("restore", run);

        var status = await RunAsync("status", $"{Cleanup}-restore", "--json");

        var job = JsonElement.Parse(status.Output).GetProperty("jobs").EnumerateArray().Single();
        Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Partial), refused.Error);
        Assert.That(status.ExitCode, Is.Zero, status.Output + status.Error);
        Assert.That(job.GetProperty("verdict").GetString(), Is.EqualTo("well"));
        Assert.That(job.GetProperty("reason").GetString(), Does.StartWith("nothing repeats a restore; the last one was partial: 2 items"));
    }

    /// <summary>Adds an upload, and cleans it up.</summary>
    /// <returns>The key of its object, the id of its session, and the run.</returns>
    private async Task<(string Key, string Session, string Run)> CleanUploadAsync(bool versions, bool hadObject)
    {
        if (versions)
        {
            await KeepVersionsAsync();
        }

        await LocalAws.AddUploadAsync(Server, "created");
        var (key, session) = ((await ListAsync()).Single(), (await SessionsAsync()).Single().Split(' ')[0]);
        if (!hadObject)
        {
            await S3.DeleteObjectAsync(LocalResources.Bucket, key);
        }

        var run = await CleanAsync(Delete);
        Assert.That((await ListAsync(), (await SessionsAsync()).Count), Is.EqualTo((Array.Empty<string>(), 0)));
        return (key, session, run);
    }

    private async Task WriteAsync(string key, string content) =>
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = LocalResources.Bucket, Key = key, ContentBody = content });
}

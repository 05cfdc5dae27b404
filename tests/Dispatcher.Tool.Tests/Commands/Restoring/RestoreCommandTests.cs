using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using Dispatcher.Cli.Samples;
using Dispatcher.Tool.Terminal;
using Tag = Amazon.S3.Model.Tag;

namespace Dispatcher.Tool.Tests.Commands.Restoring;

/// <summary>Takes back runs of the cleanup against moto, by their trails on this machine.</summary>
[NonParallelizable]
public sealed class RestoreCommandTests : RestoreFixture
{
    [Test]
    public async Task Restore_VersionedBucket_PutsBackObjectsAndSessions()
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "created");
        var orphan = await PutAsync("content");
        var (objects, sessions) = (await ListAsync(), await SessionsAsync());
        var run = await CleanAsync(Delete);
        Assert.That((await ListAsync(), (await SessionsAsync()).Count), Is.EqualTo((Array.Empty<string>(), 0)));

        var planned = await RunAsync("restore", run, "--dry-run");
        var stillGone = await ListAsync();
        var restored = await RunAsync("restore", run, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned.ExitCode, Is.Zero, planned.Error);
            Assert.That(planned.Output, Does.Contain("3 changes planned, none made").And.Contain($"  dispatch restore {run}"));
            Assert.That(stillGone, Is.Empty);
            Assert.That(restored.ExitCode, Is.Zero, restored.Error + restored.Output);
            Assert.That(await ListAsync(), Is.EqualTo(objects));
            Assert.That(await SessionsAsync(), Is.EqualTo(sessions));
            Assert.That(await ReadAsync(orphan), Is.EqualTo("content"));
            var record = JsonElement.Parse(restored.Output);
            Assert.That(record.GetProperty("job").GetString(), Is.EqualTo("video-upload-cleanup-restore"));
            Assert.That(Count(record, "objectsRestored"), Is.EqualTo(2));
            Assert.That(Count(record, "sessionsRestored"), Is.EqualTo(1));
            Assert.That(record.GetProperty("summary").GetString(), Does.Contain("as due as before"));
        }
    }

    [Test]
    public async Task Restore_Twice_ChangesNothingAndIsInTheHistory()
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "created");
        var run = await CleanAsync(Delete);
        await RunAsync("restore", run);
        var (objects, sessions) = (await ListAsync(), await SessionsAsync());

        var second = await RunAsync("restore", run, "--json");
        var history = await RunAsync("history", "video-upload-cleanup-restore", "--json");

        using (Assert.EnterMultipleScope())
        {
            var record = JsonElement.Parse(second.Output);
            Assert.That(second.ExitCode, Is.Zero, second.Error);
            Assert.That(record.GetProperty("changes").GetProperty("proposed").GetInt64(), Is.Zero);
            Assert.That(Count(record, "alreadyRestored"), Is.EqualTo(2));
            Assert.That((await ListAsync(), await SessionsAsync()), Is.EqualTo((objects, sessions)));
            Assert.That(JsonElement.Parse(history.Output).GetArrayLength(), Is.EqualTo(2), history.Error);
            Assert.That((await RunAsync("audit", "--target", "*", "--job", "video-upload-cleanup-restore", "--json")).Output,
                Does.Contain("s3:DeleteObjectVersion").And.Contain("dynamodb:PutItem"));
        }
    }

    [Test]
    public async Task Restore_NewerObjectAndSession_AreNotOverwritten()
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "created");
        var (key, id) = ((await ListAsync()).Single(), (await SessionsAsync()).Single().Split(' ')[0]);
        var run = await CleanAsync(Delete);
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = LocalResources.Bucket, Key = key, ContentBody = "newer" });
        await DynamoDb.PutItemAsync(LocalResources.Table, new() { ["uploadSessionId"] = new(id), ["status"] = new("uploaded") });

        var refused = await RunAsync("restore", run);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.ExitCode, Is.EqualTo(ExitCode.Partial), refused.Error);
            Assert.That(refused.Output, Does.Contain("another object was written since").And.Contain("exists again"));
            Assert.That(await ReadAsync(key), Is.EqualTo("newer"));
            Assert.That((await SessionsAsync()).Single(), Does.Contain("status=uploaded"));
        }
    }

    [Test]
    public async Task Restore_ObjectOfARemovedSessionIsWrittenAgain_KeepsItFromTheNextCleanup([Values] bool versions)
    {
        if (versions)
        {
            await KeepVersionsAsync();
        }

        await LocalAws.AddUploadAsync(Server, "created");
        var key = (await ListAsync()).Single();
        var run = await CleanAsync(Delete);
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = LocalResources.Bucket, Key = key, ContentBody = "newer" });

        var refused = await RunAsync("restore", run, "--json");
        await RunAsync("run", Cleanup, "--yes");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                refused.Output,
                Does.Contain($"an object was written at s3://{LocalResources.Bucket}/{key} since, which the next cleanup could remove"));
            Assert.That(await ReadAsync(key), Is.EqualTo("newer"));
        }
    }

    [Test]
    public async Task Restore_BucketWithoutVersions_SaysWhatIsLostAndPutsBackTheSession()
    {
        await LocalAws.AddUploadAsync(Server, "created");
        var sessions = await SessionsAsync();
        var run = await CleanAsync(Delete);

        var restored = await RunAsync("restore", run);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(restored.ExitCode, Is.EqualTo(ExitCode.Partial), restored.Error);
            Assert.That(restored.Output, Does.Contain("the bucket has kept no version of the object"));
            Assert.That(await SessionsAsync(), Is.EqualTo(sessions));
        }
    }

    [Test]
    public async Task Restore_Quarantine_TakesTagsOffAndKeepsOthers()
    {
        await LocalAws.AddUploadAsync(Server, "uploaded");
        var (plain, tagged, written) = (await PutAsync("a"), await PutAsync("b"), await PutAsync("c"));
        await TagAsync(tagged, new Tag { Key = "team", Value = "video" });
        var run = await CleanAsync(Quarantine);
        Assert.That((await TagsAsync(plain), await TagsAsync(tagged)), Is.EqualTo((1, 2)));
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = LocalResources.Bucket, Key = written, ContentBody = "again" });

        var restored = await RunAsync("restore", run);
        var again = await RunAsync("restore", run, "--key", plain, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(restored.ExitCode, Is.EqualTo(ExitCode.Partial), restored.Error);
            Assert.That(restored.Output, Does.Contain("the object was written since"));
            Assert.That((await TagsAsync(plain), await TagsAsync(tagged)), Is.EqualTo((0, 1)));
            Assert.That(Count(JsonElement.Parse(again.Output), "alreadyRestored"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Restore_ExpiredQuarantine_RestoresTheSessionsAttributes()
    {
        await LocalAws.AddUploadAsync(Server, "created");
        var sessions = await SessionsAsync();
        var run = await CleanAsync(["-p", "expiredObjects=quarantine"]);
        Assert.That(await SessionsAsync(), Is.Not.EqualTo(sessions));

        var restored = await RunAsync("restore", run);

        Assert.That(restored.ExitCode, Is.Zero, restored.Error + restored.Output);
        Assert.That(await SessionsAsync(), Is.EqualTo(sessions));
    }

    [Test]
    public async Task Restore_MarkedForReview_RestoresStatusAndTtl()
    {
        await LocalAws.AddUploadAsync(Server, "created");
        var key = (await ListAsync()).Single();
        await TagAsync(key, new Tag { Key = "finished", Value = "yes" });
        var sessions = await SessionsAsync();
        var run = await CleanAsync(["-p", "finishedTag=finished"]);
        Assert.That((await SessionsAsync()).Single(), Does.Contain("status=partial").And.Not.Contain("ttl="));

        var restored = await RunAsync("restore", run);

        Assert.That(restored.ExitCode, Is.Zero, restored.Error + restored.Output);
        Assert.That(await SessionsAsync(), Is.EqualTo(sessions));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Restore_OtherAttributes_ArePutBackOnlyIfTheTrailHasThem(bool auditSessions)
    {
        await LocalAws.AddUploadAsync(Server, "created", hasKey: true);
        var id = (await SessionsAsync()).Single().Split(' ')[0];
        await DynamoDb.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = LocalResources.Table,
            Key = new() { ["uploadSessionId"] = new(id) },
            UpdateExpression = "SET userId = :user, sizes = :sizes",
            ExpressionAttributeValues = new()
            {
                [":user"] = new("u1"), [":sizes"] = new() { L = [new() { N = "1" }, new() { BOOL = true }] },
            },
        });
        var run = await CleanAsync([.. Delete, "-p", auditSessions ? "auditSessions=true" : "auditSessions=false"]);

        await RunAsync("restore", run);

        var item = (await DynamoDb.GetItemAsync(LocalResources.Table, new() { ["uploadSessionId"] = new(id) })).Item;
        Assert.That(item["status"].S, Is.EqualTo("created"));
        Assert.That(item.ContainsKey("userId"), Is.EqualTo(auditSessions));
        Assert.That(auditSessions ? item["sizes"].L[0].N : "1", Is.EqualTo("1"));
    }

    [Test]
    public async Task Restore_Key_RestoresOnlyThatTarget()
    {
        await KeepVersionsAsync();
        await LocalAws.AddUploadAsync(Server, "uploaded");
        var kept = (await ListAsync()).Single();
        var (first, second) = (await PutAsync("a"), await PutAsync("b"));
        var run = await CleanAsync(Delete);

        var planned = await RunAsync("restore", run, "--key", first, "--dry-run");
        await RunAsync("restore", run, "--key", first);

        Assert.That(planned.Output, Does.Contain($"  dispatch restore {run} --key {first}"));
        Assert.That(await ListAsync(), Is.EquivalentTo(new[] { kept, first }));
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Restore_CannotWork_SaysWhy()
    {
        await LocalAws.AddUploadAsync(Server, "created");
        var dry = await CleanAsync([.. Delete, "--dry-run"]);
        var run = await CleanAsync(Delete);
        var restore = await RunAsync("restore", run, "--json");
        var restoring = JsonElement.Parse(restore.Output).GetProperty("runId").GetString()!;

        using (Assert.EnterMultipleScope())
        {
            await AssertRefusedAsync(ExitCode.BadInput, "was a dry run", dry);
            await AssertRefusedAsync(ExitCode.Failed, "Unknown run", "ffff");
            await AssertRefusedAsync(ExitCode.BadInput, "is a restore, which cannot be taken back", restoring);
            await AssertRefusedAsync(ExitCode.Failed, "No change of run", run, "--key", "nothing.mp4");
            File.Delete(Path.Combine(AuditFolder, $"{run}.jsonl"));
            await AssertRefusedAsync(ExitCode.Failed, "was not found in", run);
        }
    }
}

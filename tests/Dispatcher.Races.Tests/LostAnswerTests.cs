using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Changes whose answer was lost, and whose object or session another process changes before the repetition: nobody can tell what became
/// of them. The trail says so, and a change that is no longer right is not an error.
/// </summary>
[Parallelizable]
internal sealed class LostAnswerTests
{
    [Test]
    public async Task Tag_ExecutedWithoutAnAnswerAndObjectDeletedMeanwhile_IsInterruptedNotSkipped()
    {
        var world = new CleanupWorld(seed: 1);
        world.Add(UploadKind.Uploaded);
        var orphan = world.Add(UploadKind.Orphan);
        using var client = world.Aws.CreateS3(new FakeCaller("client"));
        async ValueTask DeleteAsync(FakeCall call) => await client.DeleteObjectAsync("uploads", orphan.Key);
        world.Aws.Faults.On("s3:PutObjectTagging").AtCall(1).After(DeleteAsync).LoseAnswer();
        await using var runner = new CleanupRunner(world);

        await runner.RunAsync(CleanupParameters.For(CleanupMode.Quarantine));

        var change = $"s3:PutObjectTagging s3://uploads/{orphan.Key}";
        Assert.That(runner.Trail.ChangesThatAre(AuditOutcome.Interrupted), Is.EqualTo([change]));
    }

    [Test]
    public async Task Claim_ExecutedWithoutAnAnswerAndTakenOverMeanwhile_IsInterruptedAndNoError()
    {
        var world = new CleanupWorld(seed: 1);
        var expired = world.Add(UploadKind.ExpiredWithObject);
        await using var runner = new CleanupRunner(world);

        // DynamoDB forgets the token of a transaction after ten minutes.
        async ValueTask TakeOverAsync(FakeCall call)
        {
            await Task.Delay(TimeSpan.FromMinutes(20), world.Clock);
            await ClaimAsync(world, expired.Id, "another-run");
        }

        world.Aws.Faults.On("dynamodb:TransactWriteItems").AtCall(1).After(TakeOverAsync).Fail(FakeFault.ExecutedThenServerError);

        var record = await runner.RunAsync(CleanupParameters.For(CleanupMode.Delete));

        AssertInterrupted(runner, record!, $"dynamodb:UpdateItem dynamodb://sessions/{expired.Id}");
    }

    [Test]
    public async Task Delete_ExecutedWithoutAnAnswerAndUploadedAgainMeanwhile_IsInterruptedAndNoError()
    {
        var world = new CleanupWorld(seed: 1);
        world.Add(UploadKind.Uploaded);
        var orphan = world.Add(UploadKind.Orphan);
        await using var runner = new CleanupRunner(world);
        world.Aws.Faults.On("s3:DeleteObjects").AtCall(1).After(UploadAgain(world, orphan)).Fail(FakeFault.ExecutedThenServerError);

        var record = await runner.RunAsync(CleanupParameters.For(CleanupMode.Delete));

        AssertInterrupted(runner, record!, $"s3:DeleteObject s3://uploads/{orphan.Key}");
        Assert.That(world.Bucket.Objects.Select(static item => item.Key), Has.Member(orphan.Key));
    }

    [Test]
    public async Task Abort_ExecutedWithoutAnAnswerAndUploadedAgainMeanwhile_IsInterruptedAndNoError()
    {
        var world = new CleanupWorld(seed: 1);
        world.Add(UploadKind.Uploaded);
        var stray = world.Add(UploadKind.Stray);
        await using var runner = new CleanupRunner(world);
        world.Aws.Faults.On("s3:AbortMultipartUpload").AtCall(1).After(UploadAgain(world, stray)).Fail(FakeFault.ExecutedThenServerError);

        var record = await runner.RunAsync(CleanupParameters.For(CleanupMode.Delete));

        AssertInterrupted(runner, record!, $"s3:AbortMultipartUpload s3://uploads/{stray.Key}");
    }

    [Test]
    public async Task Tag_NeverAnsweredAndObjectWrittenMeanwhile_IsInterruptedNotFailed()
    {
        var world = new CleanupWorld(seed: 1);
        world.Add(UploadKind.Uploaded);
        var orphan = world.Add(UploadKind.Orphan);
        await using var runner = new CleanupRunner(world);
        world.Aws.Faults.On("s3:PutObjectTagging").After(UploadAgain(world, orphan)).Fail(FakeFault.ExecutedThenServerError);

        var record = await runner.RunAsync(CleanupParameters.For(CleanupMode.Quarantine));

        Assert.That(
            runner.Trail.ChangesThatAre(AuditOutcome.Interrupted), Is.EqualTo([$"s3:PutObjectTagging s3://uploads/{orphan.Key}"]));
        Assert.That(record!.Errors.Single().Error, Does.Contain("may have been made or not"));
    }

    private static void AssertInterrupted(CleanupRunner runner, RunRecord record, string change)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runner.Trail.ChangesThatAre(AuditOutcome.Interrupted), Is.EqualTo([change]));
            Assert.That(runner.Trail.ChangesThatAre(AuditOutcome.Skipped), Is.Empty);
            Assert.That((record.Status, record.Changes.Failed), Is.EqualTo((JobStatus.Succeeded, 0L)), record.Summary);
            Assert.That(record.Errors, Is.Empty);
        }
    }

    private static Func<FakeCall, ValueTask> UploadAgain(CleanupWorld world, Upload upload) => _ =>
    {
        world.Bucket.Put(upload.Key, CleanupWorld.BytesOf("uploaded again"));
        return ValueTask.CompletedTask;
    };

    private static async Task ClaimAsync(CleanupWorld world, string id, string run)
    {
        using var other = world.Aws.CreateDynamoDb(new FakeCaller("other"));
        await other.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = "sessions",
            Key = new() { ["uploadSessionId"] = new AttributeValue { S = id } },
            UpdateExpression = "SET cleanupClaim = :run",
            ExpressionAttributeValues = new() { [":run"] = new AttributeValue { S = run } },
        });
    }
}

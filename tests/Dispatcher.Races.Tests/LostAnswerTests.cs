using Dispatcher.Hosting;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>
/// A change whose answer was lost and whose object a client deletes before the repetition: nobody can tell what became of it.
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
}

using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

/// <summary>An application that completes its uploads as the documentation says, while a run cleans up.</summary>
public sealed class ConditionalClientTests
{
    private const string Run = """{"job":"video-upload-cleanup"}""";

    [TestCase("BatchGetItem", 1, false)]
    [TestCase("DeleteObjects", 1, false)]
    [TestCase("TransactWriteItems", 1, true)]
    [TestCase("TransactWriteItems", 2, false)]
    public async Task TryComplete_RightBeforeACallOfTheRun_EitherKeepsTheVideoOrSaysThatItIsGone(string operation, int time, bool expected)
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = world.Session("created");
        var key = world.Object(UploadWorld.KeyOf(id));
        await world.SeedAsync();
        var calls = 0;
        bool? isCompleted = null;
        await using var harness = world.CreateHarness(called =>
        {
            if (called == operation && ++calls == time)
            {
                isCompleted = new UploadSessions(world.DynamoDb, world.Name).TryCompleteAsync(id).GetAwaiter().GetResult();
            }
        });

        await harness.RunAsync(Run);

        Assert.That(isCompleted, Is.EqualTo(expected));
        Assert.That(await world.ObjectKeysAsync(), expected ? Is.EqualTo(new[] { key }) : Is.Empty);
        Assert.That((await world.SessionsAsync()).Keys, expected ? Is.EqualTo(new[] { id }) : Is.Empty);
    }

    [Test]
    public async Task Document_Code_IsThatOfTheTest()
    {
        var code = await File.ReadAllTextAsync(
            DocumentExamples.PathOf("tests/Dispatcher.IntegrationTests/VideoUploadCleanup/UploadSessions.cs"));

        Assert.That(
            code.ReplaceLineEndings("\n"), Does.Contain(DocumentExamples.Read("docs/jobs/video-upload-cleanup.md", "csharp").Single()));
    }
}

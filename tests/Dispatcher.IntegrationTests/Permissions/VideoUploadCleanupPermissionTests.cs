using Amazon.Runtime;
using Dispatcher.IntegrationTests.VideoUploadCleanup;

namespace Dispatcher.IntegrationTests.Permissions;

internal sealed class VideoUploadCleanupPermissionTests : PermissionFixture
{
    private const string Parameters = """
        "completedUploadsKeepTheirSession":true,"finishedTag":"finished","maxOrphanedPercent":100
        """;

    protected override async Task<PermissionWorld> CreateWorldAsync(AWSCredentials credentials)
    {
        var deleting = await SeedAsync();
        var marking = await SeedAsync();
        return new PermissionWorld(
            [
                (deleting.CreateHarness(credentials: credentials), Payload("delete")),
                (marking.CreateHarness(credentials: credentials), Payload("quarantine")),
            ],
            new Dictionary<string, string>())
        {
            Resources = [deleting, marking],
        };
    }

    private static string Payload(string orphans) =>
        $$$"""{"job":"video-upload-cleanup","parameters":{"orphans":"{{{orphans}}}",{{{Parameters}}}}}""";

    /// <summary>An expired session with its object, one with an open upload, an object and an upload without a session.</summary>
    private async Task<UploadWorld> SeedAsync()
    {
        var world = await UploadWorld.CreateAsync(Server);
        world.Object(UploadWorld.KeyOf(world.Session("created")));
        world.Object(UploadWorld.KeyOf(world.Session("uploaded")));
        world.Object(UploadWorld.KeyOf(Guid.NewGuid().ToString()));
        await world.MultipartAsync();
        await world.BeginUploadAsync(Guid.NewGuid().ToString());
        await world.SeedAsync();
        return world;
    }
}

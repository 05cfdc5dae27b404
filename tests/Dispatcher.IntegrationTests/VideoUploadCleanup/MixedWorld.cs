using Amazon.DynamoDBv2.Model;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

/// <summary>A world with every case of the rules, and what must survive in it.</summary>
internal sealed class MixedWorld
{
    private MixedWorld(UploadWorld world)
    {
        World = world;
    }

    public UploadWorld World { get; }

    /// <summary>Gets the objects that no run may touch, with <c>orphans=delete</c>.</summary>
    public List<string> SurvivingObjects { get; } = [];

    public List<string> DoomedObjects { get; } = [];

    public List<string> DoomedSessions { get; } = [];

    public List<string> MarkedSessions { get; } = [];

    public List<string> SurvivingUploads { get; } = [];

    public static async Task<MixedWorld> CreateAsync()
    {
        var mixed = new MixedWorld(await UploadWorld.CreateAsync());
        mixed.AddKept();
        mixed.AddDefective();
        mixed.AddExpiredSingles();
        mixed.AddObjectsWithoutSession();
        await mixed.AddMultipartsAsync();
        await mixed.World.SeedAsync();
        return mixed;
    }

    private void AddKept()
    {
        foreach (var status in new[] { "uploaded", "processed" })
        {
            SurvivingObjects.Add(World.Object(UploadWorld.KeyOf(World.Session(status))));
            SurvivingObjects.Add(World.Object(UploadWorld.KeyOf(World.Session(status, change: static item => item.Remove("ttl")))));
        }

        SurvivingObjects.Add(World.Object(UploadWorld.KeyOf(World.Session("created", expiresIn: TimeSpan.FromHours(1)))));
        SurvivingObjects.Add(World.Object(UploadWorld.KeyOf(World.Session("partial", expiresIn: TimeSpan.FromDays(-2)))));
        foreach (var key in new[] { "uploads/", "uploads/README.txt", "uploads/2026-11-01/thumbnail", "uploads/2026-11-01/no-uuid.mp4",
            "else/x.mp4" })
        {
            SurvivingObjects.Add(World.Object(key));
        }
    }

    private void AddDefective()
    {
        SurvivingObjects.Add(World.Object(UploadWorld.KeyOf(World.Session("created", change: static item => item.Remove("ttl")))));
        World.Session("created", change: static item => item.Remove("key"));
        World.Session("deleting");
        World.Session(null);
        World.Session("created", change: static item => item["key"] = new AttributeValue { S = "uploads/README.txt" });
    }

    private void AddExpiredSingles()
    {
        for (var index = 0; index < 5; index++)
        {
            var id = World.Session("created");
            DoomedSessions.Add(id);
            if (index > 1)
            {
                DoomedObjects.Add(World.Object(UploadWorld.KeyOf(id)));
            }
        }
    }

    private void AddObjectsWithoutSession()
    {
        for (var index = 0; index < 12; index++)
        {
            DoomedObjects.Add(World.Object(UploadWorld.KeyOf(Guid.NewGuid().ToString(), "webm")));
        }
    }

    private async Task AddMultipartsAsync()
    {
        for (var index = 0; index < 4; index++)
        {
            DoomedSessions.Add(await World.MultipartAsync());
        }

        var reviewOver = await World.MultipartAsync("partial", withPart: true, expiresIn: TimeSpan.FromDays(-8));
        DoomedSessions.Add(reviewOver);
        DoomedSessions.Add(World.Session("created", "multipart", uploadId: "gone"));

        var stuck = await World.MultipartAsync(withPart: true);
        MarkedSessions.Add(stuck);
        SurvivingUploads.Add(UploadWorld.KeyOf(stuck));

        var active = await World.MultipartAsync(expiresIn: TimeSpan.FromHours(1));
        SurvivingUploads.Add(UploadWorld.KeyOf(active));

        var completed = World.Session("created", "multipart", uploadId: "completed");
        MarkedSessions.Add(completed);
        SurvivingObjects.Add(World.Object(UploadWorld.KeyOf(completed)));

        await World.BeginUploadAsync(Guid.NewGuid().ToString(), withPart: true);
    }
}

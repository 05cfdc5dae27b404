namespace Dispatcher.Ui.Tests.World;

/// <summary>Two plans of a shelf, with changes between them.</summary>
internal static class SamplePlans
{
    /// <summary>Writes the plans.</summary>
    /// <returns>The second one.</returns>
    public static async Task<string> WriteAsync(UiWorld world)
    {
        for (var number = 1; number <= 9; number++)
        {
            world.Shelf.Put(Name(number), number);
        }

        world.Shelf.Put("dynamodb://sessions/17");
        await world.PlanAsync("saturday.jsonl");
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        for (var number = 10; number <= 14; number++)
        {
            world.Shelf.Put(Name(number), number);
        }

        world.Shelf.Put("dynamodb://sessions/17", 2);
        await world.Shelf.RemoveAsync(Name(1), CancellationToken.None);
        return await world.PlanAsync("sunday.jsonl");
    }

    private static string Name(int number) => $"s3://acme-media/uploads/2026-11-{number:00}/session-{number:0000}.mp4";
}

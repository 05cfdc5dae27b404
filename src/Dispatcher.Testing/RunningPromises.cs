using Dispatcher.Hosting;
using static Dispatcher.Testing.RunStoreWorld;

namespace Dispatcher.Testing;

/// <summary>The promises of a run store about the runs at work.</summary>
internal static class RunningPromises
{
    public static IEnumerable<KeyValuePair<string, Func<RunStoreWorld, Task>>> All { get; } =
        [new(nameof(RunsAtWorkAreListedAsync), RunsAtWorkAreListedAsync)];

    private static async Task RunsAtWorkAreListedAsync(RunStoreWorld world)
    {
        await RequireRunningAsync(world);
        var start = world.Now;
        await world.TakeAsync("first", "slot:1");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var (second, middle) = (await world.TakeAsync("second", new string('語', 401)), world.Now);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        var overlap = await world.TakeAsync("first", "overlap:1");
        await world.TakeAsync("third", "slot:1", "another-job");
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("fourth", "slot:2"), world.Outcome("fourth"))]);
        await world.Store.EndAsync([new LeaseEnd(await world.TakeAsync("fifth", "slot:3"))]);

        await RequireRunningAsync(
            world, new LeaseHolder("first", start, world.End), new LeaseHolder("second", middle, middle + Term));
        RequireEqual(0, (await world.Store.ListRunningAsync("contract-none")).Count, "the number of runs at work of a job without leases");
        await world.Store.RenewAsync([second], middle + (Takeover * 2));
        world.Clock.Advance(Takeover);
        await RequireRunningAsync(world, new LeaseHolder("second", middle, middle + (Takeover * 2)));
        await world.TakeAsync("sixth", overlap.Key);
        await RequireRunningAsync(
            world, new LeaseHolder("second", middle, middle + (Takeover * 2)), new LeaseHolder("sixth", world.Now, world.End));
        string[] many = [.. Enumerable.Range(0, 40).Select(static number => $"run-{number}")];
        foreach (var run in many)
        {
            await world.TakeAsync(run, $"slot:of-{run}");
        }

        RequireEqual(42, (await world.Store.ListRunningAsync(Job)).Count, "the number of many runs at work");
    }

    private static async Task RequireRunningAsync(RunStoreWorld world, params LeaseHolder[] expected)
    {
        var running = await world.Store.ListRunningAsync(Job);
        Require(
            running.SequenceEqual(expected),
            $"the runs at work are {string.Join(", ", expected.AsEnumerable())}, but they were {string.Join(", ", running)}");
    }
}

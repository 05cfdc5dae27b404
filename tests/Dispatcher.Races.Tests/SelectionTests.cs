using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>What the rules of a cleanup do not select is as it was, however the run comes about, and after every later one.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SelectionTests
{
    private const string OldDay = "2026-10-30";

    private static readonly string[] Rules =
    [
        $$"""
        "exclude":[{"keyPrefix":"uploads/{{OldDay}}/"}]
        """,
        """
        "include":[{"keyPrefix":"uploads/2026-11-"}]
        """,
        """
        "exclude":[{"attributes":{"key":{"prefix":"uploads/2026-10-30/"}}}]
        """,
        """
        "include":[{"attributes":{"key":{"prefix":"uploads/2026-11-"}}}]
        """,
        $$"""
        "include":[{"keyPrefix":"uploads/"}],"exclude":[{"keyPrefix":"uploads/{{OldDay}}/","minBytes":0}]
        """,
    ];

    [Test]
    public async Task Run_NotSelected_IsAsItWas(
        [Values] CleanupMode mode,
        [ValueSource(nameof(Rules))] string rules,
        [Values("run", "plan", "shards", "stopped", "killed")] string way)
    {
        var parameters = $"{CleanupParameters.For(mode)[..^1]},{rules.Trim()}}}";
        var clock = new TestClock(CleanupWorld.Beginning);
        var world = new CleanupWorld(seed: 1, clock);
        foreach (var kind in Enum.GetValues<UploadKind>())
        {
            world.Add(kind, OldDay);
            world.Add(kind);
        }

        var (spared, all) = (Spared(world), world.Describe());
        await using var runner = new CleanupRunner(world);
        await RunAsync(world, runner, clock, parameters, way);
        foreach (var days in new[] { 1, 8, 16 })
        {
            clock.SetUtcNow(CleanupWorld.Beginning.AddDays(days));
            await using var later = new CleanupRunner(world, $"later {days}");
            Assert.That((await later.RunAsync(parameters))!.Status, Is.EqualTo(JobStatus.Succeeded).Or.EqualTo(JobStatus.Partial));
        }

        Assert.That(world.Describe(), Is.Not.EqualTo(all), "what is selected is cleaned up");
        Assert.That(Spared(world), Is.EqualTo(spared));
    }

    private static async Task RunAsync(CleanupWorld world, CleanupRunner runner, TestClock clock, string parameters, string way)
    {
        switch (way)
        {
            case "plan":
                Assert.That(await runner.PlanAsync(parameters), Is.Not.Empty);
                await runner.ApplyAsync();
                break;
            case "shards":
                await runner.RunAsync(parameters, slot: "slot", shard: new JobShard(0, 2));
                await using (var other = new CleanupRunner(world, "other"))
                {
                    await other.RunAsync(parameters, slot: "slot", shard: new JobShard(1, 2));
                }

                break;
            case "stopped":
                world.Aws.BeforeCall = _ =>
                {
                    clock.Advance(TimeSpan.FromMilliseconds(300));
                    return ValueTask.FromResult(FakeFault.None);
                };
                var stopped = await runner.RunAsync(parameters, deadline: clock.GetUtcNow().AddSeconds(8));
                Assert.That(stopped!.Status, Is.EqualTo(JobStatus.Continued).Or.EqualTo(JobStatus.Failed), stopped.Summary);
                world.Aws.BeforeCall = null;
                break;
            case "killed":
                world.Aws.Faults.On("*").AtCall(14).Fail(FakeFault.ExecutedThenKilled);
                Assert.That(await runner.RunAsync(parameters), Is.Null, "it was killed");
                break;
            default:
                await runner.RunAsync(parameters);
                break;
        }
    }

    private static IReadOnlyList<string> Spared(CleanupWorld world) =>
        [.. world.Describe().Where(static line => line.Contains(OldDay, StringComparison.Ordinal))];
}

using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>A service that is too busy for a while costs a run time, nothing else.</summary>
[Parallelizable]
internal sealed class ThrottlingTests
{
    [Test]
    public async Task Run_S3RefusesAllForThreeSeconds_SucceedsWithoutItemErrors([Range(0, 40, 5)] int callsBefore)
    {
        var world = CleanupWorld.WithEveryKind();
        DateTimeOffset? until = null;
        world.Aws.BeforeCall = call =>
        {
            if (call.Number > callsBefore && call.Operation.StartsWith("s3:", StringComparison.Ordinal))
            {
                until ??= world.Clock.GetUtcNow() + TimeSpan.FromSeconds(3);
            }

            return ValueTask.FromResult(until > world.Clock.GetUtcNow() && call.Operation.StartsWith("s3:", StringComparison.Ordinal)
                ? FakeFault.Throttled
                : FakeFault.None);
        };

        await SucceedsAsync(world);
    }

    [Test]
    public async Task Run_ThirtyPercentRefusedThroughout_SucceedsWithoutItemErrors([Range(1, 20)] int seed)
    {
        var world = CleanupWorld.WithEveryKind(seed);
        var random = new Random(seed);
        world.Aws.BeforeCall = _ => ValueTask.FromResult(random.NextDouble() < 0.3 ? FakeFault.Throttled : FakeFault.None);

        await SucceedsAsync(world);
    }

    private static async Task SucceedsAsync(CleanupWorld world)
    {
        await using var runner = new CleanupRunner(world);

        var summary = await runner.RunAsync(CleanupParameters.For(CleanupMode.Delete));

        Assert.Multiple(() =>
        {
            Assert.That(summary!.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary!.Errors.Select(static error => error.ToString()), Is.Empty);
        });
    }
}

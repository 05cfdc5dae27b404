using System.Collections.Concurrent;
using Dispatcher.Hosting;
using Dispatcher.Races.Tests.World;

namespace Dispatcher.Races.Tests;

/// <summary>Two cleanups of one world at once do together what one does alone.</summary>
[Parallelizable]
internal sealed class TwoRunnersTests
{
    private const int Interleavings = 300;

    [Test]
    public async Task Run_BesideAnother_BothDoTogetherWhatOneDoesAlone([Values] CleanupMode mode)
    {
        var expected = await AloneAsync(mode);
        var wrong = new ConcurrentBag<string>();

        await Parallel.ForAsync(1, Interleavings + 1, async (seed, _) =>
        {
            foreach (var defect in await RunTwoAsync(mode, seed, expected))
            {
                wrong.Add($"seed {seed}: {defect}");
            }
        });

        Assert.That(wrong.Order(), Is.Empty);
    }

    private static async Task<IReadOnlyList<string>> AloneAsync(CleanupMode mode)
    {
        var world = CleanupWorld.WithEveryKind();
        await using var runner = new CleanupRunner(world);
        await runner.RunAsync(CleanupParameters.For(mode));
        return world.Describe();
    }

    private static async Task<IReadOnlyList<string>> RunTwoAsync(CleanupMode mode, int seed, IReadOnlyList<string> expected)
    {
        using var interleaving = new Interleaving(seed, CleanupWorld.Beginning);
        var world = CleanupWorld.WithEveryKind(clock: interleaving.CreateClock());
        await using var first = new CleanupRunner(world, "first", interleaving.CreateClock());
        await using var second = new CleanupRunner(world, "second", interleaving.CreateClock());
        world.Aws.BeforeCall = interleaving.WaitForTurnAsync;
        var runs = new[] { first, second }.Select(runner => runner.RunAsync(CleanupParameters.For(mode))).ToArray();
        await interleaving.RunAsync(runs);

        var actual = world.Describe();
        var defects = new List<string>();
        defects.AddRange(actual.Except(expected).Select(static line => $"there is {line}"));
        defects.AddRange(expected.Except(actual).Select(static line => $"there is not {line}"));
        foreach (var run in runs)
        {
            var summary = (await run)!;
            defects.AddRange(summary.Errors.Select(static error => $"item error {error}"));
            if (summary.Status != JobStatus.Succeeded)
            {
                defects.Add($"{summary.Status} {summary.Summary}");
            }
        }

        defects.AddRange(UntrueLines(world, first));
        defects.AddRange(UntrueLines(world, second));
        return defects;
    }

    private static IEnumerable<string> UntrueLines(CleanupWorld world, CleanupRunner runner)
    {
        var applied = runner.Trail.ChangesThatAre(AuditOutcome.Applied).ToList();
        foreach (var mutation in world.Aws.Mutations.Where(mutation => mutation.Call.Caller == runner.Caller))
        {
            if (!applied.Remove($"{mutation.Operation} {mutation.Target}"))
            {
                yield return $"executed, not in the trail: {mutation}";
            }
        }

        // A tag that both write at the same moment changes nothing the second time.
        foreach (var change in applied.Where(static change => !change.StartsWith("s3:PutObjectTagging", StringComparison.Ordinal)))
        {
            yield return $"{runner.Caller}: in the trail, not executed: {change}";
        }
    }
}

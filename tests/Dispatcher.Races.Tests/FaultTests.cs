using Dispatcher.Hosting;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Whatever happens to any one call of a run: the audit trail tells what was executed, and the next run finishes the work.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FaultTests
{
    /// <summary>
    /// A run that was cut off between a session's mark and its object's tag leaves the tag to the run that would delete it.
    /// </summary>
    private const int RunsToCatchUp = 2;

    private static IEnumerable<FakeFault> Faults => Enum.GetValues<FakeFault>().Where(static fault => fault != FakeFault.None);

    [Test]
    public async Task Run_AnyCallFails_TrailIsTrueAndNextRunFinishes(
        [Values] CleanupMode mode, [ValueSource(nameof(Faults))] FakeFault fault)
    {
        await using var undisturbed = await FaultyRun.PrepareAsync(mode, FakeFault.None, 1);
        await undisturbed.RunAsync();
        await undisturbed.RunNextAsync();
        var expected = undisturbed.World.Describe();
        var defects = new List<string>();
        var calls = undisturbed.CallsOfRun;
        Assert.That(calls, Is.GreaterThan(20), "so few calls are not a cleanup");

        for (var number = 1; number <= calls; number++)
        {
            await using var faulty = await FaultyRun.PrepareAsync(mode, fault, number);
            await faulty.RunAsync();
            var found = UntrueLines(faulty, fault).Concat(await UnfinishedAsync(faulty, mode, expected));
            defects.AddRange(found.Select(defect => $"{faulty}: {defect}"));
        }

        Assert.That(defects, Is.Empty);
    }

    private static IEnumerable<string> UntrueLines(FaultyRun faulty, FakeFault fault)
    {
        var executed = faulty.Executed;
        var applied = faulty.Trail.ChangesThatAre(AuditOutcome.Applied);
        var told = fault switch
        {
            FakeFault.Killed or FakeFault.ExecutedThenKilled => faulty.Trail.ChangesThatAre(AuditOutcome.Intended),

            // A refusal for want of a permission ends the run in the middle of a batch: of its other changes the trail says that they may
            // be made.
            FakeFault.Denied => [.. applied, .. faulty.Trail.ChangesThatAre(AuditOutcome.Interrupted)],
            _ => applied,
        };
        return Missing(executed, told).Select(static change => $"executed, not so in the trail: {change}")
            .Concat(Missing(applied, executed).Select(static change => $"applied in the trail, not executed: {change}"));
    }

    private static async Task<IEnumerable<string>> UnfinishedAsync(FaultyRun faulty, CleanupMode mode, IReadOnlyList<string> expected)
    {
        await faulty.RunNextAsync();
        var actual = faulty.World.Describe();
        if (mode == CleanupMode.Quarantine && !actual.SequenceEqual(expected))
        {
            (actual, expected) = (await CatchUpAsync(faulty), await CatchUpAsync(mode));
        }

        return actual.Except(expected).Select(static line => $"there is {line}")
            .Concat(expected.Except(actual).Select(static line => $"there is not {line}"));
    }

    private static async Task<IReadOnlyList<string>> CatchUpAsync(CleanupMode mode)
    {
        await using var undisturbed = await FaultyRun.PrepareAsync(mode, FakeFault.None, 1);
        await undisturbed.RunAsync();
        await undisturbed.RunNextAsync();
        return await CatchUpAsync(undisturbed);
    }

    private static async Task<IReadOnlyList<string>> CatchUpAsync(FaultyRun run)
    {
        for (var count = 0; count < RunsToCatchUp; count++)
        {
            await run.RunNextAsync(TimeSpan.FromDays(8));
        }

        return run.World.Describe();
    }

    /// <summary>Tells what the one holds and the other does not, or not as often.</summary>
    private static List<string> Missing(IReadOnlyList<string> these, IReadOnlyList<string> those)
    {
        var left = those.ToList();
        return [.. these.Where(item => !left.Remove(item))];
    }
}

using Dispatcher.Hosting;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>
/// Runs of the cleanup that have too little time, with services that need 20 ms for each request. The record is written before the host's
/// limit, nothing is executed after it, the trail is true, and the next run finishes.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DeadlineTests
{
    private const int UploadsOfEachKind = 85;

    private static readonly TimeSpan TimeOfRequest = TimeSpan.FromMilliseconds(20);

    [Test]
    public async Task Run_TooLittleTime_IsReportedInTimeAndTheNextRunFinishes(
        [Values] CleanupMode mode, [Values] bool dryRun, [Values(1, 2, 5, 20)] int seconds)
    {
        var clock = new TestClock(CleanupWorld.Beginning);
        var world = Create(clock);
        await using var runner = new CleanupRunner(world);
        await using var other = new CleanupRunner(world, "other");
        var limit = clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        var before = world.Describe();

        var record = await runner.RunAsync(CleanupParameters.For(mode), dryRun: dryRun, deadline: limit);
        var ended = clock.GetUtcNow();
        var executed = Executed(world, runner);
        await FinishAsync(other, clock, mode, dryRun);

        var applied = runner.Trail.ChangesThatAre(AuditOutcome.Applied);
        var told = applied.Concat(runner.Trail.ChangesThatAre(AuditOutcome.Interrupted)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record!.Status, Is.AnyOf(dryRun
                ? new[] { JobStatus.Planned, JobStatus.Continued, JobStatus.Failed }
                : [JobStatus.Continued, JobStatus.Failed]), record.Summary);
            Assert.That(limit - ended, Is.GreaterThan(TimeSpan.Zero), "the record is written before the limit");
            Assert.That(Executed(world, runner), Is.EqualTo(executed), "nothing is executed afterwards");
            Assert.That(record.Changes.Applied, Is.EqualTo(applied.Count));
            Assert.That(Missing(applied, executed), Is.Empty, "applied in the trail, not executed");
            Assert.That(Missing(executed, told), Is.Empty, "executed, not in the trail");
            Assert.That(world.Describe(), Is.EqualTo(dryRun ? before : await DescribeUndisturbedAsync(mode)));
        }
    }

    private static CleanupWorld Create(TestClock clock)
    {
        var world = new CleanupWorld(seed: 1, clock);
        foreach (var kind in Enumerable.Repeat(Enum.GetValues<UploadKind>(), UploadsOfEachKind).SelectMany(static kinds => kinds))
        {
            world.Add(kind);
        }

        world.Aws.BeforeCall = _ =>
        {
            clock.Advance(TimeOfRequest);
            return ValueTask.FromResult(FakeFault.None);
        };
        return world;
    }

    private static async Task<IReadOnlyList<string>> DescribeUndisturbedAsync(CleanupMode mode)
    {
        var clock = new TestClock(CleanupWorld.Beginning);
        var world = Create(clock);
        await using var runner = new CleanupRunner(world);
        var record = await runner.RunAsync(CleanupParameters.For(mode));
        Assert.That(record!.DurationMs, Is.GreaterThan(20_000), "all of the work takes longer than any of the limits");
        await FinishAsync(runner, clock, mode, dryRun: false);
        return world.Describe();
    }

    /// <summary>
    /// Runs the cleanup again after an hour, when the claims of a run that was stopped are over. A session's mark whose object was not
    /// tagged any more gets its tag from the run that would delete the object.
    /// </summary>
    private static async Task FinishAsync(CleanupRunner runner, TestClock clock, CleanupMode mode, bool dryRun)
    {
        TimeSpan[] times = mode == CleanupMode.Delete
            ? [TimeSpan.FromHours(1)]
            : [TimeSpan.FromHours(1), TimeSpan.FromDays(8), TimeSpan.FromDays(16)];
        foreach (var time in times)
        {
            clock.SetUtcNow(CleanupWorld.Beginning + time);
            await runner.RunAsync(CleanupParameters.For(mode), dryRun: dryRun);
        }
    }

    private static IReadOnlyList<string> Executed(CleanupWorld world, CleanupRunner runner) =>
        [.. world.Aws.Mutations
            .Where(mutation => mutation.Call.Caller == runner.Caller)
            .Select(static mutation => $"{mutation.Operation} {mutation.Target}")
            .Order(StringComparer.Ordinal)];

    private static List<string> Missing(IReadOnlyList<string> these, IReadOnlyList<string> those)
    {
        var left = those.ToList();
        return [.. these.Where(item => !left.Remove(item))];
    }
}

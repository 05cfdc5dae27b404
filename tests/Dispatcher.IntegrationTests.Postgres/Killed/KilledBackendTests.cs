using System.Globalization;
using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Postgres.Killed;

/// <summary>
/// Ends the sessions of both jobs at random moments, as a failover or an administrator does. Nothing is half done, the record and the trail
/// say what is in the database, and the next run finishes.
/// </summary>
public sealed class KilledBackendTests
{
    private const string Uptime = """{"job":"daily-uptime"}""";
    private const string Refresh = """{"job":"refresh-materialized-view","parameters":{"view":["first","second","third"]}}""";

    private int _killed;

    [Test]
    public Task RunAsync_SessionsAreKilledAtRandom_NothingIsHalfDoneAndTheNextRunFinishes() => RunManyAsync(20, Environment.TickCount);

    [Test]
    [Explicit]
    [Category("Soak")]
    public Task RunAsync_SessionsAreKilledAtRandomManyTimes_NothingIsHalfDoneAndTheNextRunFinishes() => RunManyAsync(
        int.Parse(Environment.GetEnvironmentVariable("SOAK_COUNT") ?? "500", CultureInfo.InvariantCulture),
        int.TryParse(Environment.GetEnvironmentVariable("SOAK_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Environment.TickCount);

    private async Task RunManyAsync(int count, int seed)
    {
        _killed = 0;
        await TestContext.Out.WriteLineAsync($"{count} times, SOAK_SEED={seed}");
        await using var world = await KilledWorld.CreateAsync();
        for (var round = 0; round < count; round++)
        {
            await RunOnceAsync(world, new Random(seed + round), $"SOAK_SEED={seed + round} SOAK_COUNT=1");
        }

        await TestContext.Out.WriteLineAsync(
            $"figures: sessions killed in {count} rounds, {_killed} of {2 * count} runs hit, SOAK_SEED={seed}");
        Assert.That(_killed, Is.Positive);
    }

    private async Task RunOnceAsync(KilledWorld world, Random random, string seed)
    {
        await world.ResetAsync();
        var (uptimeTrail, refreshTrail) = (new AuditLines(), new AuditLines());
        var attempts = random.Next(3) == 0 ? "3" : "1";
        await using var uptime = Create(world, uptimeTrail, attempts);
        await using var refresh = Create(world, refreshTrail, attempts);

        Task<RunRecord>[] runs = [uptime.RunAsync(Uptime), refresh.RunAsync(Refresh)];
        for (var kill = random.Next(1, 4); kill > 0; kill--)
        {
            await world.KillAsync(random.NextDouble() * 0.12);
        }

        var records = await Task.WhenAll(runs);
        _killed += records.Count(static record => record.Status is JobStatus.Failed or JobStatus.Partial || record.Attempts > 1);
        var locks = await world.CountAdvisoryLocksAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(locks, Is.EqualTo("0"), $"advisory locks, {seed}");
            await AssertUptimeAsync(world, records[0], uptimeTrail, seed);
            await AssertViewsAsync(world, records[1], refreshTrail, seed);
        }

        await using var next = Create(world, new AuditLines(), "1");
        RunRecord[] finished = [await next.RunAsync(Uptime), await next.RunAsync(Refresh)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finished.Select(static record => record.Status), Is.All.EqualTo(JobStatus.Succeeded), seed);
            Assert.That(await world.UptimeAsync(), Is.EqualTo(world.UptimeAfter), seed);
            Assert.That(await world.FreshViewsAsync(), Is.EqualTo(KilledWorld.Views), seed);
            Assert.That(await world.LoggedViewsAsync(), Is.EquivalentTo(KilledWorld.Views), seed);
        }
    }

    private static async Task AssertUptimeAsync(KilledWorld world, RunRecord record, AuditLines trail, string seed)
    {
        var rows = await world.UptimeAsync();
        var outcomes = trail.Entries.Select(static entry => entry.Outcome).ToList();
        var isDone = rows.SequenceEqual(world.UptimeAfter);

        Assert.That(isDone || rows.SequenceEqual(world.UptimeBefore), $"daily-uptime is half done, {seed}");
        Assert.That(record.Changes.Applied, Is.EqualTo(outcomes.Count(static outcome => outcome == AuditOutcome.Applied)), seed);
        Assert.That(record.Status != JobStatus.Succeeded || isDone, $"{record.Summary} {seed}");
        if (isDone)
        {
            Assert.That(outcomes, Has.Some.AnyOf(AuditOutcome.Applied, AuditOutcome.Interrupted), $"{record.Summary} {seed}");
        }
        else
        {
            Assert.That(outcomes, Has.None.EqualTo(AuditOutcome.Applied), $"{record.Summary} {seed}");
        }
    }

    private static async Task AssertViewsAsync(KilledWorld world, RunRecord record, AuditLines trail, string seed)
    {
        var fresh = await world.FreshViewsAsync();
        var applied = Targets(trail, AuditOutcome.Applied);
        var possible = applied.Concat(Targets(trail, AuditOutcome.Interrupted)).Distinct().ToList();

        Assert.That(await world.LoggedViewsAsync(), Is.EquivalentTo(fresh), $"the log table, {seed}");
        Assert.That(applied, Is.SubsetOf(fresh), $"the trail, {record.Summary} {seed}");
        Assert.That(fresh, Is.SubsetOf(possible), $"the trail, {record.Summary} {seed}");
        Assert.That(record.Changes.Applied, Is.EqualTo(applied.Count), seed);
        if (record.Status == JobStatus.Succeeded)
        {
            Assert.That(fresh, Is.EqualTo(KilledWorld.Views), $"{record.Summary} {seed}");
        }
    }

    private static List<string> Targets(AuditLines trail, AuditOutcome outcome) =>
        [.. trail.Entries.Where(entry => entry.Outcome == outcome).Select(static entry => entry.Target.Split('.')[^1])];

    private static JobHarness Create(KilledWorld world, AuditLines trail, string attempts) => PostgresJobs.Create(
        world.Url, new DayTimeProvider(), trail.AddTo, ("Retry:MaxAttempts", attempts), ("Retry:BaseDelaySeconds", "0"));
}

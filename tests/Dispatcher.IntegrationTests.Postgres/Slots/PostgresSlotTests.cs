using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Jobs.Postgres.MaterializedViewRefresh;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.IntegrationTests.Postgres.Slots;

/// <summary>Deliveries of a slot at once, counted in the database.</summary>
public sealed class PostgresSlotTests
{
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    private TestDatabase _database = null!;

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public Task Deliver_RefreshTwentyTimesAtOnce_RefreshesOnceForEachSlot() =>
        DeliverRefreshAsync(SlotDeliveries.Slots);

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public Task Deliver_RefreshManySlotsTwentyTimesAtOnce_RefreshesOnceForEachSlot() =>
        DeliverRefreshAsync(SlotDeliveries.ManySlots);

    [Test]
    public Task Deliver_DailyUptimeTwentyTimesAtOnce_RunsOnceForEachSlot() =>
        DeliverDailyUptimeAsync(SlotDeliveries.Slots);

    [Test]
    [Explicit("Takes minutes.")]
    [Category("Soak")]
    public Task Deliver_DailyUptimeManySlotsTwentyTimesAtOnce_RunsOnceForEachSlot() =>
        DeliverDailyUptimeAsync(SlotDeliveries.ManySlots);

    private async Task DeliverRefreshAsync(int slots)
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync(
            """
            CREATE SEQUENCE refreshes;
            CREATE MATERIALIZED VIEW counted AS SELECT nextval('refreshes') AS refresh;
            CREATE UNIQUE INDEX ON counted (refresh);
            """);
        await using var deliveries = Create();

        var ran = await deliveries.DeliverAsync(
            slots, static slot => $$$"""{"job":"refresh-materialized-view","id":"slot-{{{slot}}}","parameters":{"view":"counted"}}""");

        Assert.That(await _database.ReadAsync("SELECT last_value FROM refreshes"), Is.EqualTo($"{slots + 1}"), "one is its creation");
        AssertOnce(ran, slots);
    }

    private async Task DeliverDailyUptimeAsync(int slots)
    {
        _database = await TestDatabase.CreateAsync("uptime-schema.sql", "uptime-users.sql");
        const string Rows = "SELECT count(*) FROM contributions_contribution";
        var before = long.Parse(await _database.ReadAsync(Rows) ?? "0");
        await using var deliveries = Create();

        var ran = await deliveries.DeliverAsync(
            slots,
            static slot =>
            {
                var day = FirstDay.AddDays(slot).ToString("yyyy-MM-dd");
                return $$$"""{"job":"daily-uptime","id":"slot-{{{slot}}}","parameters":{"until":"{{{day}}}","force":true}}""";
            });

        var added = ran.SelectMany(static runs => runs).Sum(static run => run.Count("contributionsAdded"));
        Assert.That(long.Parse(await _database.ReadAsync(Rows) ?? "0") - before, Is.EqualTo(added));
        AssertOnce(ran, slots);
    }

    private static void AssertOnce(ILookup<string, RunRecord> ran, int slots)
    {
        Assert.That(ran, Has.Count.EqualTo(slots));
        Assert.That(
            ran.SelectMany(static runs => runs.Select(run => (runs.Count(), run.Status, run.Errors.Count))),
            Has.All.EqualTo((1, JobStatus.Succeeded, 0)));
    }

    private SlotDeliveries Create() => new(
        static builder => builder.AddDailyUptime().AddRefreshMaterializedView(),
        settings: ("DATABASE_URL", _database.Url));
}

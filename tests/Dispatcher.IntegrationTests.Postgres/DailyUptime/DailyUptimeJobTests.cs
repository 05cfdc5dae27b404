using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Postgres.DailyUptime;

public sealed class DailyUptimeJobTests
{
    private const string AllContributions =
        "SELECT user_id, contribution_type_id, points, frozen_global_points, to_char(contribution_date AT TIME ZONE 'UTC', "
            + "'YYYY-MM-DD HH24:MI:SS.US') FROM contributions_contribution";

    private const string AllEntries = "SELECT user_id, category_id, total_points, rank FROM leaderboard_leaderboardentry";

    private const string RowVersions =
        "SELECT 'c', id, xmin::text FROM contributions_contribution UNION ALL SELECT 'l', id, "
            + "xmin::text FROM leaderboard_leaderboardentry ORDER BY 1, 2";

    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync("uptime-schema.sql", "uptime-users.sql");

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [TestCase(1, false, "2026-11-22")]
    [TestCase(5, true, "2026-11-22")]
    [TestCase(50, false, "2026-10-31")]
    [TestCase(0, true, "2026-11-21")]
    [TestCase(3, false, "2026-09-01")]
    public async Task RunAsync_EveryKindOfUser_EqualsTheRulesWorkedOutOneByOne(int points, bool force, string until)
    {
        var reference = await UptimeReference.LoadAsync(_database);
        reference.Run(DateOnly.Parse(until), points, force);
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync(Payload(points, force, until));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(await SortedAsync(AllContributions), Is.EqualTo(reference.Contributions));
            Assert.That(await SortedAsync(AllEntries), Is.EqualTo(reference.Entries));
            Assert.That(summary.Count("contributionsAdded"), Is.EqualTo(reference.Added));
            Assert.That(summary.Count("daysSkippedNoMultiplier"), Is.EqualTo(reference.Skipped));
            Assert.That(summary.Count("leaderboardEntriesUpdated"), Is.EqualTo(reference.EntriesUpdated));
            Assert.That(summary.Count("ranksChanged"), Is.EqualTo(reference.RanksChanged));
            Assert.That(harness.Metrics.Value("ContributionsAdded"), Is.EqualTo(reference.Added));
        }
    }

    [Test]
    public Task AppliedPlan_MakesExactlyItsChanges() =>
        new JobContract(() => PostgresJobs.Create(_database.Url, new TestClock()), Payload(3, true, "2026-11-22"))
            .AppliedPlanMakesExactlyItsChangesAsync();

    [Test]
    public async Task Apply_OneUserHasGotDaysSince_AddsNothing()
    {
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());
        var planned = await harness.RunAsync(Payload(1, false, "2026-11-22", dryRun: true).Replace(
            "\"dryRun\":true", "\"dryRun\":true,\"plan\":\"memory:plan\"", StringComparison.OrdinalIgnoreCase));
        await _database.ExecuteAsync(
            "INSERT INTO contributions_contribution "
            + "(user_id, contribution_type_id, points, frozen_global_points, contribution_date) "
            + "SELECT DISTINCT ON (c.user_id) c.user_id, c.contribution_type_id, c.points, c.frozen_global_points, "
            + "timestamptz '2026-11-20 12:00Z' FROM contributions_contribution c "
            + "JOIN contributions_contributiontype t ON t.id = c.contribution_type_id AND t.name = 'Uptime' ORDER BY c.user_id");
        var before = await _database.ReadRowsAsync(RowVersions);

        var applied = await harness.RunAsync("""{"job":"daily-uptime","plan":"memory:plan"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned.Plan, Is.Not.Null, planned.Summary);
            Assert.That(applied.Status, Is.EqualTo(JobStatus.Skipped), applied.Summary);
            Assert.That(applied.Summary, Does.StartWith("Nothing was added: all days are added together"));
            Assert.That(applied.Changes.Applied, Is.Zero);
            Assert.That(await _database.ReadRowsAsync(RowVersions), Is.EqualTo(before));
        }
    }

    [TestCase(1, false)]
    [TestCase(7, true)]
    public async Task RunAsync_DryRun_CountsAsTheRunDoesAndWritesNothing(int points, bool force)
    {
        var before = await _database.ReadRowsAsync(RowVersions);
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var planned = await harness.RunAsync(Payload(points, force, "2026-11-22", dryRun: true));
        var after = await _database.ReadRowsAsync(RowVersions);
        var done = await harness.RunAsync(Payload(points, force, "2026-11-22"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after, Is.EqualTo(before));
            Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned));
            Assert.That(planned.Counts, Is.EqualTo(done.Counts));
            Assert.That(planned.Changes.Items, Is.EqualTo(done.Changes.Items));
            Assert.That(planned.Changes.Applied, Is.Zero);
            Assert.That(done.Count("contributionsAdded"), Is.Positive);
        }
    }

    [Test]
    public async Task RunAsync_SameDayAgain_ChangesNoRow()
    {
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());
        await harness.RunAsync(Payload(1, false, "2026-11-22"));
        var before = await _database.ReadRowsAsync(RowVersions);

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(await _database.ReadRowsAsync(RowVersions), Is.EqualTo(before));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Changes.Proposed, Is.Zero);
    }

    [Test]
    public async Task RunAsync_NewRows_CarryNoteMultiplierAndTimes()
    {
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(
            await _database.ReadRowsAsync(
                "SELECT DISTINCT notes, multiplier_at_creation, created_at = updated_at FROM contributions_contribution "
                + "WHERE notes <> '' AND contribution_date IN ('2026-10-20 00:00+00', '2026-11-01 00:00+00', "
                + "'2026-11-02 00:00+00') ORDER BY 1"),
            Is.EqualTo(
            [
                "Auto-generated daily uptime for 2026-10-20|2.50|True",
                "Auto-generated daily uptime for 2026-11-01|2.50|True",
                "Auto-generated daily uptime for 2026-11-02|0.50|True",
            ]));
    }

    [Test]
    public async Task RunAsync_ExistingEntries_KeepTheirUpdatedAt()
    {
        var before = await _database.ReadAsync("SELECT count(*) FROM leaderboard_leaderboardentry");
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(summary.Count("leaderboardEntriesUpdated"), Is.GreaterThan(30));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM leaderboard_leaderboardentry WHERE updated_at = '2026-09-30 "
            + "00:00+00'"), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_SessionInAnotherTimeZone_StillCountsUtcDays()
    {
        var reference = await UptimeReference.LoadAsync(_database);
        reference.Run(new DateOnly(2026, 11, 22), 1, force: false);
        await _database.ExecuteAsync($"ALTER DATABASE {_database.Name} SET timezone = 'Pacific/Kiritimati'");
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(await SortedAsync(AllContributions), Is.EqualTo(reference.Contributions));
    }

    [TestCase("1000.00")]
    [TestCase("12345678.90")]
    [TestCase("-1.00")]
    [TestCase("NaN")]
    public async Task RunAsync_MultiplierDoesNotFit_FailsBeforeAnyWriteAndNamesTheRow(string value)
    {
        await _database.ExecuteAsync($"UPDATE leaderboard_globalleaderboardmultiplier SET multiplier_value = '{value}' WHERE id = 4");
        var before = await _database.ReadRowsAsync(RowVersions);
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith($"Row 4 of leaderboard_globalleaderboardmultiplier, "
            + $"valid from 2026-11-01 00:00:00 UTC, holds {value}"));
        Assert.That(await _database.ReadRowsAsync(RowVersions), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_TotalTooLarge_FailsAndWritesNothing()
    {
        await _database.ExecuteAsync("UPDATE leaderboard_globalleaderboardmultiplier SET multiplier_value = 1");
        var before = await _database.ReadRowsAsync(RowVersions);
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync(Payload(int.MaxValue, false, "2026-11-22"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("22003").And.Contain("rolled back"));
        Assert.That(await _database.ReadRowsAsync(RowVersions), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_NoUptimeType_Fails()
    {
        await _database.ExecuteAsync("UPDATE contributions_contributiontype SET name = 'Up time' WHERE id = 1");
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Is.EqualTo("Table contributions_contributiontype has no row named 'Uptime'. "
            + "Add the contribution type, spelled exactly so."));
    }

    [Test]
    public async Task RunAsync_MoreUsersThanTheLimit_ChangesNothing()
    {
        var before = await _database.ReadRowsAsync(RowVersions);
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock(), null, ("MAX_CHANGES", "5"));

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("may change at most 5"));
        Assert.That(await _database.ReadRowsAsync(RowVersions), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_MoreOfTheUsersThanTheShare_ChangesNothing()
    {
        var before = await _database.ReadRowsAsync(RowVersions);
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock(), null, ("DAILY_UPTIME_MAX_CHANGES_PERCENT", "5"));

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-22"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("5 % of the").And.Contain("raise DAILY_UPTIME_MAX_CHANGES_PERCENT"));
        Assert.That(await _database.ReadRowsAsync(RowVersions), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_UntilInTheFuture_FailsWithTheRemedy()
    {
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync(Payload(1, false, "2026-11-23"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Is.EqualTo("Parameter 'until' is 2026-11-23, but today is 2026-11-22 (UTC). Leave 'until' out, "
            + "or give a day up to today."));
    }

    [Test]
    public async Task RunAsync_Verbose_LogsEachUserByIdOnly()
    {
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock());

        var summary = await harness.RunAsync("""{"job":"daily-uptime","dryRun":true,"parameters":{"verbose":true}}""");

        var lines = harness.Logs.Lines.Where(line => line.Contains("User ", StringComparison.Ordinal)).ToList();
        Assert.That(lines, Has.Count.EqualTo(summary.Count("users")));
        Assert.That(string.Join('\n', harness.Logs.Lines), Does.Not.Contain("example.org"));
    }

    private static string Payload(int points, bool force, string until, bool dryRun = false) =>
        $$"""
        {"job":"daily-uptime","dryRun":{{(dryRun ? "true" : "false")}},
         "parameters":{ "points":{{points}},"force":{{(force ? "true" : "false")}},"until":"{{until}}"} }
        """;

    private async Task<IEnumerable<string>> SortedAsync(string sql) => (await _database.ReadRowsAsync(sql)).Order(StringComparer.Ordinal);
}

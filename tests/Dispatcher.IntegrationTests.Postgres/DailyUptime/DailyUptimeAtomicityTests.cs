using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.Postgres.DailyUptime;

/// <summary>Runs at once, and runs that are killed: all of the work is done, once, or nothing.</summary>
public sealed class DailyUptimeAtomicityTests
{
    private const string Payload = """{"job":"daily-uptime"}""";

    private const string AllEntries = "SELECT user_id, category_id, total_points, rank FROM leaderboard_leaderboardentry";

    private const string RowVersions =
        "SELECT 'c', id, xmin::text FROM contributions_contribution UNION ALL SELECT 'l', id, "
            + "xmin::text FROM leaderboard_leaderboardentry ORDER BY 1, 2";

    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync("uptime-schema.sql", "uptime-users.sql");

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_AnotherRunIsWorking_TurnsAwayAndEachDayIsThereOnce()
    {
        await using var first = PostgresJobs.Create(_database.Url, new TestClock());
        await using var second = PostgresJobs.Create(_database.Url, new TestClock());
        var held = await _database.HoldAsync("LOCK TABLE contributions_contribution IN SHARE MODE");
        var working = first.RunAsync(Payload);
        await _database.WaitUntilBlockedAsync("daily-uptime");

        var turnedAway = await second.RunAsync(Payload);
        await held.DisposeAsync();
        var done = await working;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(turnedAway.Status, Is.EqualTo(JobStatus.Skipped));
            Assert.That(turnedAway.Summary, Does.Contain("process ").And.Contain($"('daily-uptime {done.RunId}' as user 'postgres', "
                + "active since"));
            Assert.That(done.Status, Is.EqualTo(JobStatus.Succeeded), done.Summary);
            Assert.That(
                await _database.ReadRowsAsync(
                    "SELECT user_id, contribution_date FROM contributions_contribution WHERE notes <> '' GROUP BY 1, "
                        + "2 HAVING count(*) > 1"),
                Is.Empty);
        }
    }

    [TestCase("LOCK TABLE contributions_contribution IN ACCESS EXCLUSIVE MODE", "AccessExclusiveLock on contributions_contribution")]
    [TestCase("UPDATE leaderboard_leaderboardentry SET total_points = total_points", "RowExclusiveLock on leaderboard_leaderboardentry")]
    public async Task RunAsync_LockedByAnotherSession_NamesItAndIsTriedAgain(string sql, string expected)
    {
        await using var harness = PostgresJobs.Create(
            _database.Url, null, null, ("Retry:MaxAttempts", "2"), ("Retry:BaseDelaySeconds", "0"));
        await using var held = await _database.HoldAsync(sql);

        var summary = await harness.RunAsync("""{"job":"daily-uptime","parameters":{"lockTimeoutSeconds":1}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(summary.Summary, Does.Contain($"(55P03): process {held.ProcessID} ('test' as user 'postgres', "
            + "idle in transaction since").And.Contain(expected));
    }

    [Test]
    public async Task RunAsync_EightAtOnce_EachDayIsThereOnce()
    {
        var harnesses = Enumerable.Range(0, 8).Select(_ => PostgresJobs.Create(_database.Url, new TestClock())).ToList();

        var summaries = await Task.WhenAll(harnesses.Select(harness => harness.RunAsync(Payload)));

        Assert.That(summaries.Count(summary => summary.Count("contributionsAdded") > 0), Is.EqualTo(1));
        Assert.That(summaries.Select(summary => summary.Status), Has.All.AnyOf(JobStatus.Succeeded, JobStatus.Skipped));
        Assert.That(
            await _database.ReadRowsAsync("SELECT user_id, contribution_date FROM contributions_contribution WHERE notes <> '' GROUP BY 1, "
                + "2 HAVING count(*) > 1"),
            Is.Empty);
        foreach (var harness in harnesses)
        {
            await harness.DisposeAsync();
        }
    }

    [TestCase("LOCK TABLE contributions_contribution IN ACCESS EXCLUSIVE "
        + "MODE", null, TestName = "RunAsync_KilledBeforeItsPlan_LeavesNothing")]
    [TestCase("LOCK TABLE contributions_contribution IN SHARE "
        + "MODE", AuditOutcome.Failed, TestName = "RunAsync_KilledBeforeItsInserts_LeavesNothing")]
    [TestCase("LOCK TABLE leaderboard_leaderboardentry IN SHARE "
        + "MODE", AuditOutcome.Failed, TestName = "RunAsync_KilledBeforeTheLeaderboard_LeavesNothing")]
    [TestCase("SELECT pg_advisory_xact_lock(4711)", AuditOutcome.Interrupted, TestName = "RunAsync_KilledAtTheCommit_LeavesNothing")]
    public async Task RunAsync_KilledAtAnyPoint_LeavesNothingAndTheNextRunCompletesIt(string obstacle, AuditOutcome? audited)
    {
        await _database.ExecuteAsync(
            """
            CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON contributions_contribution DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit();
            """);
        var reference = await UptimeReference.LoadAsync(_database);
        reference.Run(new DateOnly(2026, 11, 22), 1, force: false);
        var before = await _database.ReadRowsAsync(RowVersions);
        var audit = new AuditLines();
        await using var harness = PostgresJobs.Create(_database.Url, new TestClock(), audit.AddTo);
        var held = await _database.HoldAsync(obstacle);
        var run = harness.RunAsync(Payload);
        await _database.WaitUntilBlockedAsync("daily-uptime");

        await _database.TerminateAsync("daily-uptime");
        var killed = await run;
        var trail = audit.Entries.Select(entry => entry.Outcome).Distinct().ToList();
        await held.DisposeAsync();
        var after = await _database.ReadRowsAsync(RowVersions);
        var next = await harness.RunAsync(Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(killed.Changes.Applied, Is.Zero);
            Assert.That(trail, Is.EqualTo(audited is { } outcome ? new[] { outcome } : []), "a line for each user once the work has begun");
            Assert.That(after, Is.EqualTo(before));
            Assert.That(next.Status, Is.EqualTo(JobStatus.Succeeded), next.Summary);
            Assert.That(await SortedAsync(AllEntries), Is.EqualTo(reference.Entries));
        }
    }

    [Test]
    public async Task RunAsync_DaysChangedSinceThePlan_RollsBackAndIsTriedAgain()
    {
        await _database.ExecuteAsync(
            """
            CREATE SEQUENCE firings;
            CREATE FUNCTION lose_the_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN CASE WHEN nextval('firings') > 1 THEN NEW END; END $$;
            CREATE TRIGGER lose BEFORE INSERT ON contributions_contribution FOR EACH ROW EXECUTE FUNCTION lose_the_first();
            """);
        await using var harness = PostgresJobs.Create(
            _database.Url, new TestClock(), null, ("Retry:MaxAttempts", "2"), ("Retry:BaseDelaySeconds", "0"));

        var summary = await harness.RunAsync(Payload);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(summary.Count("contributionsAdded"), Is.EqualTo(long.Parse(await _database.ReadAsync("SELECT count(*) FROM "
            + "contributions_contribution WHERE notes <> ''"))));
    }

    private async Task<IEnumerable<string>> SortedAsync(string sql) => (await _database.ReadRowsAsync(sql)).Order(StringComparer.Ordinal);
}

using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>A refresh that is cancelled, cut off, or in the way of another one.</summary>
public sealed class RefreshInterruptionTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_CancelledByAnAdministrator_IsTransientAndOldContentsStayReadable()
    {
        await _database.ExecuteAsync(ViewSql.Waiting);
        await using var harness = PostgresJobs.Create(
            _database.Url, null, null, ("Retry:MaxAttempts", "2"), ("Retry:BaseDelaySeconds", "0"));
        var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        var run = harness.RunAsync(Payload("totals"));
        await _database.WaitUntilBlockedAsync("refresh-materialized-view");

        await _database.ReadRowsAsync("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name LIKE "
            + "'refresh-materialized-view %' AND datname = current_database()");
        await _database.WaitUntilAsync("NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)");
        var rowsMeanwhile = await _database.ReadAsync("SELECT count(*) FROM totals");
        await held.DisposeAsync();
        var summary = await run;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rowsMeanwhile, Is.EqualTo("1"));
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Attempts, Is.EqualTo(2));
            Assert.That(summary.Changes.Items.Single().Action, Does.EndWith("CONCURRENTLY"));
            Assert.That(harness.Logs.Lines, Has.Some.Contains("57014"));
        }
    }

    [Test]
    public async Task RunAsync_DeadlineInMidRefresh_TheServerStopsAndOldContentsStayReadable()
    {
        await _database.ExecuteAsync(ViewSql.Waiting);
        await using var harness = PostgresJobs.Create(_database.Url);
        await using var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");

        var summary = await harness.RunAsync(
            Payload("totals", ",\"lockTimeoutSeconds\":60"), DateTimeOffset.UtcNow.AddSeconds(12));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(summary.Summary, Does.Contain("57014").And.Contain("old contents stay readable"));
            Assert.That(summary.DurationMs, Is.LessThan(12000));
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("1"));
        }
    }

    [Test]
    public async Task RunAsync_ConnectionLostAtTheCommit_TheTrailSaysThatNobodyKnows()
    {
        await _database.ExecuteAsync(
            ViewSql.Simple + ViewSql.Log
            + """
            CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON materialized_view_refresh_log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit();
            """);
        var audit = new AuditLines();
        await using var harness = PostgresJobs.Create(_database.Url, null, audit.AddTo);
        await using var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        var run = harness.RunAsync(Payload("totals"));
        await _database.WaitUntilBlockedAsync("refresh-materialized-view");

        await _database.TerminateAsync("refresh-materialized-view");
        var summary = await run;

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            audit.Entries.Select(entry => (entry.Target, entry.Outcome)), Is.EqualTo([("public.totals", AuditOutcome.Interrupted)]));
    }

    [Test]
    public async Task RunAsync_CallerGivesUp_TheServersStatementIsCancelled()
    {
        await _database.ExecuteAsync(ViewSql.Waiting);
        await using var harness = PostgresJobs.Create(_database.Url);
        await using var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        using var caller = new CancellationTokenSource();
        var run = harness.RunAsync(Payload("totals"), cancellationToken: caller.Token);
        await _database.WaitUntilBlockedAsync("refresh-materialized-view");

        await caller.CancelAsync();
        var summary = await run;

        Assert.That(summary.Summary, Does.StartWith("The run was cancelled"));
        await _database.WaitUntilAsync("NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'refresh-materialized-view %' "
            + "AND datname = current_database())");
    }

    [TestCase("REFRESH MATERIALIZED VIEW CONCURRENTLY totals", "ExclusiveLock on totals")]
    [TestCase("REFRESH MATERIALIZED VIEW totals", "AccessExclusiveLock on totals")]
    [TestCase("ALTER MATERIALIZED VIEW totals SET (fillfactor = 90)", "ShareUpdateExclusiveLock on totals")]
    [TestCase("LOCK TABLE source IN ACCESS EXCLUSIVE MODE", "AccessExclusiveLock on source")]
    public async Task RunAsync_LockedByAnotherSession_IsSkippedWithItsHolder(string sql, string expected)
    {
        await _database.ExecuteAsync(ViewSql.Simple + "CREATE MATERIALIZED VIEW other AS SELECT 1 AS id; "
            + "CREATE UNIQUE INDEX ON other (id)");
        await using var harness = PostgresJobs.Create(_database.Url, null, null, ("Retry:MaxAttempts", "3"));
        await using var held = await _database.HoldAsync(sql);

        var summary = await harness.RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":["totals","other"],"lockTimeoutSeconds":1}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Attempts, Is.EqualTo(1));
            Assert.That(summary.Summary, Does.Contain($"process {held.ProcessID} ('test' as user 'postgres', "
                + "idle in transaction since 20").And.Contain($"holds {expected}"));
            Assert.That(summary.Count("viewsSkipped"), Is.EqualTo(1));
            Assert.That(summary.Count("viewsRefreshed"), Is.EqualTo(1));
            Assert.That(summary.Errors, Is.Empty);
        }
    }

    [Test]
    public async Task RunAsync_PlainRefreshAgainstAReader_NamesTheReader()
    {
        await _database.ExecuteAsync(ViewSql.Simple);
        await using var harness = PostgresJobs.Create(_database.Url);
        await using var held = await _database.HoldAsync("SELECT * FROM totals");

        var summary = await harness.RunAsync(Payload("totals", """, "concurrently":false, "lockTimeoutSeconds":1"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Skipped), summary.Summary);
        Assert.That(summary.Summary, Does.Contain($"process {held.ProcessID} ").And.Contain("holds AccessShareLock on totals"));
    }

    [Test]
    public async Task RunAsync_AnotherRunIsRefreshing_IsSkippedAtOnceWithItsName()
    {
        await _database.ExecuteAsync(ViewSql.Waiting);
        await using var first = PostgresJobs.Create(_database.Url);
        await using var second = PostgresJobs.Create(_database.Url);
        var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        var working = first.RunAsync(Payload("totals"));
        await _database.WaitUntilBlockedAsync("refresh-materialized-view");

        var skipped = await second.RunAsync(Payload("totals", """, "lockTimeoutSeconds":600"""));
        await held.DisposeAsync();

        Assert.That(skipped.Status, Is.EqualTo(JobStatus.Skipped), skipped.Summary);
        var worked = await working;
        Assert.That(worked.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(skipped.Summary, Does.Contain("by another run: process ").And.Contain($"('refresh-materialized-view {worked.RunId}' as "
            + "user 'postgres', active since"));
    }

    private static string Payload(string view, string more = "") =>
        $"{{\"job\":\"refresh-materialized-view\",\"parameters\":{{\"view\":\"{view}\"{more}}}}}";
}

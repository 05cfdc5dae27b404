using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Npgsql;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

public sealed class RefreshMaterializedViewJobTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_UniqueIndex_RefreshesConcurrentlyAndKeepsTheLog()
    {
        await _database.ExecuteAsync(ViewSql.Simple + ViewSql.Log);
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("totals"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Changes.Items.Single().Action, Is.EqualTo("postgres:REFRESH MATERIALIZED VIEW CONCURRENTLY"));
            Assert.That(summary.Changes.Items.Single().Target, Is.EqualTo("public.totals"));
            Assert.That(summary.Count("rows"), Is.EqualTo(2));
            Assert.That(harness.Metrics.Value("ViewsRefreshed"), Is.EqualTo(1));
            Assert.That(harness.Metrics.Value("RefreshDurationMs"), Is.EqualTo(summary.Count("refreshDurationMs")));
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("2"));
            Assert.That(
                await _database.ReadRowsAsync("SELECT view_name, last_refreshed_at > now() - interval '1 minute', refresh_duration_ms, "
                    + "total_jobs FROM materialized_view_refresh_log"),
                Is.EqualTo([$"totals|True|{summary.Count("refreshDurationMs")}|"]));
        }
    }

    [Test]
    public async Task Apply_ViewWasRefreshedSince_IsSkippedAndNamed()
    {
        await _database.ExecuteAsync(ViewSql.Simple + ViewSql.Log);
        await using var harness = PostgresJobs.Create(_database.Url);
        var planned = await harness.RunAsync(
            """{"job":"refresh-materialized-view","dryRun":true,"plan":"memory:plan","parameters":{"view":"totals"}}""");
        var applied = await harness.RunAsync("""{"job":"refresh-materialized-view","plan":"memory:plan"}""");

        var late = await harness.RunAsync("""{"job":"refresh-materialized-view","plan":"memory:plan"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
            Assert.That(applied, Has.Property("Status").EqualTo(JobStatus.Succeeded), applied.Summary);
            Assert.That(applied.Changes.Applied, Is.EqualTo(1));
            Assert.That(applied.Count("notInPlan") + applied.Count("planChanged") + applied.Count("planMissing"), Is.Zero);
            Assert.That(late, Has.Property("Status").EqualTo(JobStatus.Skipped), late.Summary);
            Assert.That(late.Summary, Does.Contain("public.totals: changed since the plan: was "));
            Assert.That(late.Count("planChanged"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task RunAsync_JobProgress_ReportsItsFigures()
    {
        await _database.ExecuteAsync(
            """
            CREATE MATERIALIZED VIEW job_progress AS
            SELECT i AS job_id, i::bigint * 100 AS total_objects, i::bigint * 90 AS succeeded_count, i::bigint AS total_findings,
                   CASE WHEN i = 1 THEN 5 ELSE 0 END AS queued_count, CASE WHEN i = 2 THEN 5 ELSE 0 END AS processing_count
            FROM generate_series(1, 4) AS i;
            CREATE UNIQUE INDEX ON job_progress (job_id);
            """ + ViewSql.Log);
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("public.job_progress"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new[] { "totalJobs", "totalObjects", "processedObjects", "totalFindings", "activeJobs" }.Select(summary.Count),
                Is.EqualTo([4, 1000, 900, 10, 2]), summary.Summary);
            Assert.That(harness.Metrics.Value("TotalObjects"), Is.EqualTo(1000));
            Assert.That(
                await _database.ReadRowsAsync("SELECT view_name, total_jobs, total_objects FROM materialized_view_refresh_log"),
                Is.EqualTo(["public.job_progress|4|1000"]));
        }
    }

    [Test]
    public async Task RunAsync_NotPopulated_RefreshesPlainlyAndSaysSo()
    {
        await _database.ExecuteAsync("CREATE MATERIALIZED VIEW totals AS SELECT 1 AS id WITH NO DATA; CREATE UNIQUE INDEX ON totals (id)");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("totals"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Summary, Does.Contain("refreshed plainly").And.Contain("no contents yet"));
        Assert.That(summary.Count("plainRefreshes"), Is.EqualTo(1));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("1"));
    }

    [TestCase("SELECT 1")]
    [TestCase("CREATE UNIQUE INDEX ON totals (id) WHERE id > 0")]
    [TestCase("CREATE UNIQUE INDEX ON totals ((id + 1))")]
    [TestCase("CREATE INDEX ON totals (id)")]
    public async Task RunAsync_NoUsableUniqueIndex_FailsUnlessAPlainRefreshIsAllowed(string index)
    {
        await _database.ExecuteAsync($"CREATE MATERIALIZED VIEW totals AS SELECT 1 AS id; {index}");
        AssertServerAnswers("55000", "REFRESH MATERIALIZED VIEW CONCURRENTLY totals");
        await using var harness = PostgresJobs.Create(_database.Url);

        var failed = await harness.RunAsync(Payload("totals"));
        var allowed = await harness.RunAsync(Payload("totals", """, "allowPlainRefresh":true"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(failed.Summary, Does.Contain("55000").And.Contain("CREATE UNIQUE INDEX CONCURRENTLY ON public.totals"));
            Assert.That(allowed.Status, Is.EqualTo(JobStatus.Succeeded), allowed.Summary);
            Assert.That(allowed.Changes.Items.Single().Action, Is.EqualTo("postgres:REFRESH MATERIALIZED VIEW"));
        }
    }

    [TestCase("missing", "42P01")]
    [TestCase("nowhere.totals", "42P01")]
    [TestCase("source", "42809", "a table")]
    [TestCase("plain", "42809", "a plain view")]
    public async Task RunAsync_NoMaterializedView_FailsAndNamesWhatWasFound(string view, string sqlState, string found = "")
    {
        await _database.ExecuteAsync(ViewSql.Simple + "CREATE VIEW plain AS SELECT 1 AS id");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload(view));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain($"({sqlState})").And.Contain(found));
        Assert.That(summary.Errors.Single().Item, Is.EqualTo(view));
    }

    [Test]
    public async Task RunAsync_NotTheOwner_FailsAndNamesTheOwner()
    {
        await _database.ExecuteAsync(ViewSql.Simple + $"CREATE ROLE r_{_database.Name} LOGIN PASSWORD 'p'; "
            + $"GRANT SELECT ON totals TO r_{_database.Name}");
        await using var harness = PostgresJobs.Create(PostgresFixture.Server.Url(_database.Name, $"r_{_database.Name}", "p"));

        var summary = await harness.RunAsync(Payload("totals"));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("(42501)").And.Contain("that is 'postgres'").And.Contain($"GRANT \"postgres\" TO "
            + $"\"r_{_database.Name}\""));
        await _database.ExecuteAsync($"DROP OWNED BY r_{_database.Name}; DROP ROLE r_{_database.Name}");
    }

    [TestCase("true", "(2, 20)", "21000")]
    [TestCase("true", "(2, 21)", "23505")]
    [TestCase("false", "(2, 20)", "23505")]
    public async Task RunAsync_DuplicateRowsForTheKey_FailsAndOldContentsStay(string concurrently, string duplicate, string sqlState)
    {
        await _database.ExecuteAsync(ViewSql.Simple + $"INSERT INTO source VALUES {duplicate}");
        var audit = new AuditLines();
        await using var harness = PostgresJobs.Create(_database.Url, null, audit.AddTo);

        var summary = await harness.RunAsync(Payload("totals", $", \"concurrently\":{concurrently}"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(summary.Summary, Does.Contain($"({sqlState})").And.Contain("several rows for one key"));
            Assert.That(summary.Errors, Has.Count.EqualTo(1));
            Assert.That(summary.Changes.Failed, Is.EqualTo(1));
            Assert.That(audit.Entries.Select(entry => (
                entry.Target, entry.Outcome, entry.Error)), Is.EqualTo([("public.totals", AuditOutcome.Failed, summary.Errors[0].Error)]));
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("1"));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task RunAsync_ReadOnlyServer_Fails(bool dryRun)
    {
        await _database.ExecuteAsync(ViewSql.Simple + $"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("totals", dryRun: dryRun));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("(25006)").And.Contain("writer endpoint"));
    }

    [Test]
    public async Task RunAsync_OddIdentifiers_AreQuoted()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA "Odd Schema"; CREATE MATERIALIZED VIEW "Odd Schema"."My""View" AS SELECT 1 AS id;
            CREATE UNIQUE INDEX ON "Odd Schema"."My""View" (id); CREATE TABLE "Odd Schema"."Lög; --" (LIKE materialized_view_refresh_log INCLUDING ALL);
            """.Insert(0, ViewSql.Log));
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload(@"\""Odd Schema\"".\""My\""\""View\""", """, "logTable":"\"Odd Schema\".\"Lög; --\"" """));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Changes.Items.Single().Target, Is.EqualTo("\"Odd Schema\".\"My\"\"View\""));
        Assert.That(await _database.ReadAsync("SELECT view_name FROM \"Odd Schema\".\"Lög; --\""), Is.EqualTo("\"Odd Schema\".\"My\"\"View\""));
    }

    [Test]
    public async Task RunAsync_SeveralViews_AreRefreshedInOrderAndEachIsReported()
    {
        await _database.ExecuteAsync(ViewSql.Simple + "CREATE MATERIALIZED VIEW sums AS SELECT sum(v) AS s FROM totals; CREATE UNIQUE INDEX ON sums (s)");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":["totals","missing","public.sums"]}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial));
            Assert.That(summary.Changes.Items.Select(item => item.Target), Is.EqualTo(["public.totals", "public.sums"]));
            Assert.That(summary.Errors.Single().Item, Is.EqualTo("missing"));
            Assert.That(summary.Summary, Does.Match("no materialized view missing.*public.totals refreshed.*public.sums refreshed"));
            Assert.That(await _database.ReadAsync("SELECT s FROM sums"), Is.EqualTo("30"));
        }
    }

    [TestCase(1, false)]
    [TestCase(2, true)]
    public async Task RunAsync_MoreViewsThanTheLimit_RefreshesNone(int limit, bool fits)
    {
        await _database.ExecuteAsync(
            ViewSql.Simple + "CREATE MATERIALIZED VIEW sums AS SELECT sum(v) AS s FROM totals; CREATE UNIQUE INDEX ON sums (s)");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(
            $$$"""
            {"job":"refresh-materialized-view","parameters":{"view":["totals","missing","sums"]},"limits":{"maxChanges":{{{limit}}}}}
            """);

        Assert.That(summary.Changes.Applied, Is.EqualTo(fits ? 2 : 0), summary.Summary);
        Assert.That(summary.Status, Is.EqualTo(fits ? JobStatus.Partial : JobStatus.Failed));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo(fits ? "2" : "1"));
    }

    [Test]
    public async Task RunAsync_DryRun_SaysWhatWouldHappenAndChangesNothing()
    {
        await _database.ExecuteAsync(ViewSql.Simple + ViewSql.Log + "INSERT INTO materialized_view_refresh_log VALUES ('totals', '2026-11-21 03:00+00', 17)");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("totals", dryRun: true));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
            Assert.That(
                summary.Summary,
                Does.Match(@"^public\.totals would be refreshed concurrently: it has a usable unique index; \d+ kB, last refresh 2026-11-21 03:00:00 UTC in 17 ms\.$"));
            Assert.That(summary.Count("viewsRefreshed"), Is.EqualTo(1));
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("1"));
            Assert.That(await _database.ReadAsync("SELECT refresh_duration_ms FROM materialized_view_refresh_log"), Is.EqualTo("17"));
        }
    }

    private static string Payload(string view, string more = "", bool dryRun = false) =>
        $"{{\"job\":\"refresh-materialized-view\",\"dryRun\":{(dryRun ? "true" : "false")},\"parameters\":{{\"view\":\"{view}\"{more}}}}}";

    private void AssertServerAnswers(string sqlState, string sql) =>
        Assert.That(() => _database.ExecuteAsync(sql), Throws.InstanceOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo(sqlState));
}

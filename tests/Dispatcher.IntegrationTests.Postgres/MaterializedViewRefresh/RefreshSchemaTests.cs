using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>Whole schemas, and views that fail among others.</summary>
public sealed class RefreshSchemaTests
{
    /// <summary>In reporting: daily, weekly over daily, yearly over weekly, and lone; over daily also outside.far.</summary>
    private const string Reporting =
        """
        CREATE TABLE source (id int, v int); INSERT INTO source VALUES (1, 10);
        CREATE SCHEMA reporting; CREATE SCHEMA outside; CREATE SCHEMA empty;
        CREATE MATERIALIZED VIEW reporting.daily AS SELECT id, 100 / v AS v FROM source; CREATE UNIQUE INDEX ON reporting.daily (id);
        CREATE VIEW reporting.plain AS SELECT v FROM reporting.daily;
        CREATE MATERIALIZED VIEW reporting.weekly AS SELECT sum(v) AS s FROM reporting.plain; CREATE UNIQUE INDEX ON reporting.weekly (s);
        CREATE MATERIALIZED VIEW reporting.yearly AS SELECT s FROM reporting.weekly; CREATE UNIQUE INDEX ON reporting.yearly (s);
        CREATE MATERIALIZED VIEW reporting.lone AS SELECT id, v FROM source; CREATE UNIQUE INDEX ON reporting.lone (id);
        CREATE MATERIALIZED VIEW outside.far AS SELECT v FROM reporting.daily; CREATE UNIQUE INDEX ON outside.far (v);
        INSERT INTO source VALUES (2, 20);
        """;

    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync(Reporting);
    }

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_WholeSchema_RefreshesItsViewsInOrderAsPlanned()
    {
        var planned = await RunAsync("\"Reporting.*\"", dryRun: true);
        var summary = await RunAsync("\"Reporting.*\"");

        using (Assert.EnterMultipleScope())
        {
            foreach (var run in new[] { planned, summary })
            {
                Assert.That(
                    Targets(run),
                    Is.EqualTo(["reporting.daily", "reporting.lone", "reporting.weekly", "reporting.yearly"]),
                    run.Summary);
                Assert.That(run.Summary, Does.Contain("Order, stalest first: reporting.daily, reporting.lone, reporting.weekly (after "
                    + "reporting.daily, which it selects from), reporting.yearly (after reporting.weekly, which it selects from)"));
                Assert.That(run.Summary, Does.Contain("Warning: outside.far selects from these views"));
            }

            Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(await _database.ReadAsync("SELECT s FROM reporting.yearly"), Is.EqualTo("15"));
        }
    }

    [Test]
    public async Task RunAsync_WholeSchemaWithCascade_RefreshesItsDependentsElsewhereToo()
    {
        var summary = await RunAsync("""["reporting.*","reporting.daily"]""", ",\"cascade\":true");

        Assert.That(
            Targets(summary),
            Is.EquivalentTo(["reporting.daily", "reporting.weekly", "reporting.yearly", "reporting.lone", "outside.far"]),
            summary.Summary);
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM outside.far"), Is.EqualTo("2"));
    }

    [TestCase("empty.*", "Schema \"empty\" has no materialized view. Correct the parameter 'view', or create the view.")]
    [TestCase("nowhere.*", "There is no schema \"nowhere\" (3F000). Correct the parameter 'view'; names are folded to lower case unless "
        + "quoted.")]
    public async Task RunAsync_SchemaWithoutViews_FailsAloneAndSaysWhy(string schema, string expected)
    {
        var alone = await RunAsync($"\"{schema}\"");
        var among = await RunAsync($"[\"{schema}\",\"reporting.lone\"]");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(alone.Summary, Is.EqualTo(expected));
            Assert.That(alone.Errors.Single().Item, Is.EqualTo(schema));
            Assert.That(among.Status, Is.EqualTo(JobStatus.Partial));
            Assert.That(Targets(among), Is.EqualTo(["reporting.lone"]));
        }
    }

    [Test]
    public async Task RunAsync_AViewFails_SkipsWhatSelectsFromItAndRefreshesTheRest()
    {
        await _database.ExecuteAsync("UPDATE source SET v = 0 WHERE id = 1");

        var summary = await RunAsync("\"reporting.*\"", ",\"cascade\":true");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial), summary.Summary);
            Assert.That(summary.Errors.Single().Item, Is.EqualTo("reporting.daily"));
            Assert.That(summary.Errors.Single().Error, Does.Contain("division by zero"));
            Assert.That(summary.Summary, Does.Contain(
                "reporting.weekly keeps its old contents, because reporting.daily, which it selects from, was not refreshed; skipped"));
            Assert.That(summary.Summary, Does.Contain(
                "reporting.yearly keeps its old contents, because reporting.weekly, which it selects from, was not refreshed; skipped"));
            Assert.That(summary.Summary, Does.Contain("outside.far keeps its old contents, because reporting.daily"));
            Assert.That(summary.Count("viewsSkipped"), Is.EqualTo(3));
            Assert.That(summary.Count("viewsRefreshed"), Is.EqualTo(1));
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM reporting.lone"), Is.EqualTo("2"));
        }
    }

    [Test]
    public async Task RunAsync_AViewCannotBeRefreshed_IsFoundBeforeTheFirstRefreshAndInThePlan()
    {
        await _database.ExecuteAsync("DROP INDEX reporting.weekly_s_idx");

        foreach (var dryRun in new[] { true, false })
        {
            var summary = await RunAsync("\"reporting.*\"", dryRun: dryRun);

            Assert.That(summary.Status, Is.EqualTo(dryRun ? JobStatus.Planned : JobStatus.Partial), summary.Summary);
            Assert.That(Targets(summary), Is.EqualTo(["reporting.daily", "reporting.lone"]), summary.Summary);
            Assert.That(summary.Errors.Single().Error, Does.Contain("reporting.weekly has no unique index"));
            Assert.That(summary.Summary, Does.Contain("reporting.yearly keeps its old contents, because reporting.weekly, which it selects "
                + $"from, {(dryRun ? "would not be" : "was not")} refreshed"));
        }
    }

    [Test]
    public async Task RunAsync_OneViewWithoutIndex_IsRefreshedPlainlyAndTheOthersConcurrently()
    {
        await _database.ExecuteAsync("DROP INDEX reporting.weekly_s_idx");

        var summary = await RunAsync("\"reporting.*\"", ",\"allowPlainRefresh\":true");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Count("plainRefreshes"), Is.EqualTo(1));
            Assert.That(
                summary.Changes.Items.Where(item => item.Action == "postgres:REFRESH MATERIALIZED VIEW").Select(item => item.Target),
                Is.EqualTo(["reporting.weekly"]));
        }
    }

    [Test]
    public async Task RunAsync_MoreViewsThanTheLimit_RefreshesNone()
    {
        await using var harness = PostgresJobs.Create(_database.Url, null, null, ("MAX_CHANGES", "3"));

        var summary = await harness.RunAsync(Payload("\"reporting.*\""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed), summary.Summary);
        Assert.That(summary.Changes.Applied, Is.Zero);
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM reporting.daily"), Is.EqualTo("1"));
    }

    [Test]
    public async Task RunAsync_ViewLockedByAnotherSession_SkipsItAloneAfterOneWait()
    {
        await using var holder = await _database.HoldAsync("REFRESH MATERIALIZED VIEW reporting.lone");

        var summary = await RunAsync("\"reporting.*\"", ",\"lockTimeoutSeconds\":1");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(Targets(summary), Is.EqualTo(["reporting.daily", "reporting.weekly", "reporting.yearly"]), summary.Summary);
        Assert.That(summary.Summary, Does.Contain("reporting.lone was locked by another session for more than 1 s (55P03)"));
    }

    [Test]
    public async Task RunAsync_FunctionClosesACircle_RefreshesEachViewOnce()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA circle; CREATE FUNCTION circle.top() RETURNS int RETURN 1;
            CREATE MATERIALIZED VIEW circle.a AS SELECT circle.top() AS v; CREATE UNIQUE INDEX ON circle.a (v);
            CREATE MATERIALIZED VIEW circle.b AS SELECT v FROM circle.a; CREATE UNIQUE INDEX ON circle.b (v);
            CREATE OR REPLACE FUNCTION circle.top() RETURNS int RETURN (SELECT max(v) FROM circle.b);
            """);

        var summary = await RunAsync("\"circle.*\"");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(Targets(summary), Is.EquivalentTo(["circle.a", "circle.b"]));
    }

    [Test]
    public async Task RunAsync_DeadlineAfterAFailure_LeavesNothingBehindTheFailedViewToTheFollowUp()
    {
        await _database.ExecuteAsync(
            """
            UPDATE source SET v = 0 WHERE id = 1;
            CREATE FUNCTION wait_for_4711() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN 1; END $$;
            CREATE MATERIALIZED VIEW reporting.slow AS SELECT id, wait_for_4711() AS waited FROM source; CREATE UNIQUE INDEX ON reporting.slow (id);
            CREATE MATERIALIZED VIEW reporting.both AS SELECT count(*) AS n FROM reporting.slow, reporting.daily; CREATE UNIQUE INDEX ON reporting.both (n);
            CREATE MATERIALIZED VIEW reporting.after AS SELECT id FROM reporting.slow; CREATE UNIQUE INDEX ON reporting.after (id);
            """);
        var sender = new RecordingContinuations();
        await using var harness = PostgresJobs.Create(_database.Url, null, builder =>
            builder.Services.AddSingleton<IRequestSender>(sender));
        await using var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");

        var stopped = await harness.RunAsync(
            Payload("\"reporting.*\"", ",\"cascade\":true,\"lockTimeoutSeconds\":60"), DateTimeOffset.UtcNow.AddSeconds(12));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.Status, Is.EqualTo(JobStatus.Continued), stopped.Summary);
            Assert.That(
                sender.Requests.Single().Parameters.GetRawText(),
                Is.EqualTo("""{"view":["reporting.slow","reporting.after"],"cascade":false,"lockTimeoutSeconds":60}"""));
            Assert.That(stopped.Summary, Does.Contain("reporting.both keeps its old contents, because reporting.daily"));
        }
    }

    private static string Payload(string views, string more = "", bool dryRun = false) =>
        $"{{\"job\":\"refresh-materialized-view\",\"dryRun\":{(dryRun ? "true" : "false")},\"parameters\":{{\"view\":{views}{more}}}}}";

    private static IEnumerable<string> Targets(RunRecord summary) => summary.Changes.Items.Select(item => item.Target);

    private async Task<RunRecord> RunAsync(string views, string more = "", bool dryRun = false)
    {
        await using var harness = PostgresJobs.Create(_database.Url);
        return await harness.RunAsync(Payload(views, more, dryRun));
    }
}

using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>Several views: their order, what depends on them, and a deadline that comes before the last.</summary>
public sealed class RefreshOrderTests
{
    /// <summary>
    /// totals, sums over totals through a plain view in another schema, report over sums through a function, and two independent ones.
    /// </summary>
    private const string Chain = ViewSql.Simple +
        """
        CREATE SCHEMA other; CREATE VIEW other.plain AS SELECT v FROM totals;
        CREATE MATERIALIZED VIEW other.sums AS SELECT sum(v) AS s FROM other.plain; CREATE UNIQUE INDEX ON other.sums (s);
        CREATE FUNCTION top() RETURNS numeric RETURN (SELECT max(s) FROM other.sums);
        CREATE MATERIALIZED VIEW report AS SELECT top() AS t; CREATE UNIQUE INDEX ON report (t);
        CREATE MATERIALIZED VIEW lone AS SELECT 1 AS id; CREATE UNIQUE INDEX ON lone (id);
        CREATE MATERIALIZED VIEW lonely AS SELECT 1 AS id; CREATE UNIQUE INDEX ON lonely (id);
        """;

    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_DependentNamedFirst_ComesAfterWhatItSelectsFrom()
    {
        await _database.ExecuteAsync(Chain);

        var planned = await RunAsync("""["report","totals","other.sums"]""", dryRun: true);
        var summary = await RunAsync("""["report","totals","other.sums"]""");

        using (Assert.EnterMultipleScope())
        {
            foreach (var run in new[] { planned, summary })
            {
                Assert.That(Targets(run), Is.EqualTo(["public.totals", "other.sums", "public.report"]), run.Summary);
                Assert.That(run.Summary, Does.Contain(
                    "Order, stalest first: totals, other.sums (after totals, which it selects from), report (after other.sums, "
                        + "which it selects from)"));
                Assert.That(run.Summary, Does.Not.Contain("Warning"));
            }

            Assert.That(await _database.ReadAsync("SELECT t FROM report"), Is.EqualTo("30"));
        }
    }

    [Test]
    public async Task RunAsync_DependentsNotNamed_AreWarnedOfInPlanAndResult()
    {
        await _database.ExecuteAsync(Chain);

        foreach (var dryRun in new[] { true, false })
        {
            var summary = await RunAsync("\"totals\"", dryRun: dryRun);

            Assert.That(summary.Summary, Does.Contain("Warning: other.sums, public.report select from these views and keep the old "
                + "contents: name them in 'view' too, or set 'cascade'"));
        }

        Assert.That(await _database.ReadAsync("SELECT s FROM other.sums"), Is.EqualTo("10"));
    }

    [Test]
    public async Task RunAsync_Cascade_RefreshesTheDependentsToo()
    {
        await _database.ExecuteAsync(Chain);

        var summary = await RunAsync("\"totals\"", ", \"cascade\":true");

        Assert.That(Targets(summary), Is.EqualTo(["public.totals", "other.sums", "public.report"]), summary.Summary);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(await _database.ReadAsync("SELECT t FROM report"), Is.EqualTo("30"));
    }

    [Test]
    public async Task RunAsync_TwoNamesOfOneView_RefreshesItOnce()
    {
        await _database.ExecuteAsync(ViewSql.Simple);

        var summary = await RunAsync("""["totals","public.totals"]""");

        Assert.That(Targets(summary), Is.EqualTo(["public.totals"]), summary.Summary);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task RunAsync_IndependentViews_TheStalestComesFirst(bool hasLog)
    {
        await _database.ExecuteAsync(Chain + (hasLog ? ViewSql.Log : string.Empty));
        await RunAsync("\"lone\"");
        await RunAsync("\"totals\"");

        var summary = await RunAsync("""["totals","lone","lonely"]""");

        Assert.That(Targets(summary), Is.EqualTo(["public.lonely", "public.lone", "public.totals"]), summary.Summary);
    }

    [Test]
    public async Task RunAsync_DeadlineBeforeTheLastView_ContinuesWithTheRestAndNeverBeginsAgain()
    {
        await _database.ExecuteAsync(
            ViewSql.Waiting
            + """
            CREATE MATERIALIZED VIEW first AS SELECT 1 AS id; CREATE UNIQUE INDEX ON first (id);
            CREATE MATERIALIZED VIEW last AS SELECT id FROM totals; CREATE UNIQUE INDEX ON last (id);
            """);
        await _database.ExecuteAsync("REFRESH MATERIALIZED VIEW totals");
        var sender = new RecordingContinuations();
        await using var harness = PostgresJobs.Create(_database.Url, null, builder =>
            builder.Services.AddSingleton<IRequestSender>(sender));
        var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");

        var stopped = await harness.RunAsync(Payload("""["last","totals","first"]""", ", \"lockTimeoutSeconds\":60"), DateTimeOffset.UtcNow.AddSeconds(12));
        await held.DisposeAsync();
        Assert.That(stopped.Status, Is.EqualTo(JobStatus.Continued), stopped.Summary);
        var followUp = await harness.Services.GetRequiredService<IJobDispatcher>().DispatchAsync(
            harness.Services.GetRequiredService<JobRequestReader>().Bind(sender.Requests.Single()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.Summary, Does.Contain("Time ran out with 2 views left, from totals on"));
            Assert.That(stopped.Errors, Is.Empty);
            Assert.That(stopped.Changes.Applied, Is.EqualTo(1));
            Assert.That(sender.Requests[0].Parameters.GetRawText(), Is.EqualTo("""{"view":["totals","last"],"lockTimeoutSeconds":60}"""));
            Assert.That(Targets(followUp), Is.EqualTo(["public.totals", "public.last"]), followUp.Summary);
            Assert.That(followUp.Status, Is.EqualTo(JobStatus.Succeeded), followUp.Summary);
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM last"), Is.EqualTo("2"));
        }
    }

    [Test]
    public async Task RunAsync_NoTimeForAViewThatIsKnownToTakeLonger_LeavesItToTheFollowUp()
    {
        await _database.ExecuteAsync(
            Chain + ViewSql.Log + "INSERT INTO materialized_view_refresh_log VALUES ('lone', '2026-01-01 00:00+00', 5), ('totals', "
                + "'2026-01-02 00:00+00', 3600000)");
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("""["totals","lone"]"""), DateTimeOffset.UtcNow.AddMinutes(5));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Continued), summary.Summary);
        Assert.That(Targets(summary), Is.EqualTo(["public.lone"]));
    }

    [Test]
    public async Task RunAsync_TimeZoneOfTheDatabase_IsThatOfTheRefresh()
    {
        await _database.ExecuteAsync(
            $"""
            ALTER DATABASE {_database.Name} SET timezone = 'America/New_York'; ALTER DATABASE {_database.Name} SET datestyle = 'German, DMY';
            ALTER DATABASE {_database.Name} SET intervalstyle = 'iso_8601'; ALTER DATABASE {_database.Name} SET extra_float_digits = -3;
            ALTER DATABASE {_database.Name} SET work_mem = '5MB'; ALTER DATABASE {_database.Name} SET standard_conforming_strings = off;
            CREATE MATERIALIZED VIEW days AS SELECT (ts AT TIME ZONE current_setting('timezone'))::date AS day FROM (VALUES ('2026-03-01 02:00+00'::timestamptz)) AS v (ts) WITH NO DATA;
            CREATE MATERIALIZED VIEW settings AS SELECT name, setting FROM pg_settings WITH NO DATA;
            """);

        var summary = await RunAsync("""["days","settings"]""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(await _database.ReadAsync("SELECT day::text FROM days"), Is.EqualTo("28.02.2026"));
            Assert.That(
                await _database.ReadRowsAsync(
                    "SELECT s.name FROM settings s JOIN pg_settings p ON p.name = s.name WHERE s.setting IS DISTINCT FROM p.setting ORDER "
                        + "BY 1"),
                Is.EqualTo(["application_name", "idle_in_transaction_session_timeout", "lock_timeout"]));
        }
    }

    [Test]
    public async Task RunAsync_NamesWithLineBreaksAndBidirectionalCharacters_AreReportedEscaped()
    {
        await _database.ExecuteAsync("CREATE SCHEMA \"a\nb\"; CREATE MATERIALIZED VIEW \"a\nb\".\"x\u202Ey\" AS SELECT 1 AS id");

        var refused = await RunAsync(@"""\""a\nb\"".\""x\u202ey\""""");
        var remedy = refused.Summary[(
            refused.Summary.IndexOf("Run ", StringComparison.Ordinal) + 4)..refused.Summary.IndexOf(", with", StringComparison.Ordinal)];
        await _database.ExecuteAsync(remedy.Replace("CONCURRENTLY ", string.Empty, StringComparison.Ordinal));
        var summary = await RunAsync(@"""\""a\nb\"".\""x\u202ey\""""");

        Assert.That(remedy, Is.EqualTo("""CREATE UNIQUE INDEX CONCURRENTLY ON U&"a\+00000Ab".U&"x\+00202Ey" ("id")"""));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Summary + summary.Changes.Items.Single().Target, Does.Not.Contain('\n').And.Not.Contain('\u202E'));
    }

    private static string Payload(string views, string more = "", bool dryRun = false) => dryRun
        ? $"{{\"job\":\"refresh-materialized-view\",\"dryRun\":true,\"parameters\":{{\"view\":{views}{more}}}}}"
        : $"{{\"job\":\"refresh-materialized-view\",\"parameters\":{{\"view\":{views}{more}}}}}";

    private static IEnumerable<string> Targets(RunRecord summary) => summary.Changes.Items.Select(item => item.Target);

    private async Task<RunRecord> RunAsync(string views, string more = "", bool dryRun = false)
    {
        await using var harness = PostgresJobs.Create(_database.Url);
        return await harness.RunAsync(Payload(views, more, dryRun));
    }
}

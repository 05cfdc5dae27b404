using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Postgres.Migrations;
using Dispatcher.Postgres.Sql;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.IntegrationTests.Postgres.Migrations;

public sealed class MigrationRunnerTests
{
    private static readonly MigrationCatalog Known = new(typeof(DailyUptimeParameters).Assembly);

    private TestDatabase _database = null!;
    private MigrationRunner _runner = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _runner = new MigrationRunner(new ConfigurationBuilder().AddInMemoryCollection([new("DATABASE_URL", _database.Url)]).Build());
    }

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task ApplyAsync_ExampleMigration_MakesWhatTheJobNeedsAndCanBeAppliedAgain()
    {
        await _database.ExecuteAsync(ViewSql.Jobs);

        var first = await ApplyAsync(Known.Find("001_job_progress"));
        var second = await ApplyAsync(Known.Find("001_job_progress.sql"));
        await using var harness = PostgresJobs.Create(_database.Url);
        var summary = await harness.RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":"job_progress"}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Problems, Is.Empty);
            Assert.That(
                first.Created,
                Is.EqualTo(
                [
                    "INDEX job_objects_job_id_status_idx", "MATERIALIZED VIEW "
                        + "job_progress", "INDEX job_progress_job_id_key", "VIEW active_jobs",
                    "TABLE materialized_view_refresh_log",
                ]));
            Assert.That(second, Is.EqualTo(first).Using<MigrationReport>((a, b) => a.Created.SequenceEqual(b.Created)
                && b.Problems.Count == 0));
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Changes.Items.Single().Action, Does.EndWith("CONCURRENTLY"));
            Assert.That(new[] { "totalJobs", "totalObjects", "processedObjects", "totalFindings", "activeJobs" }.Select(
                summary.Count), Is.EqualTo([3, 5, 3, 8, 1]));
        }
    }

    [Test]
    public async Task ApplyAsync_InvalidIndexOfAFailedAttempt_IsReportedWithTheRemedy()
    {
        await _database.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (1)");
        var migration = new Migration("m.sql", SqlStatementSplitter.Split("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id_key ON t "
            + "(id)"));
        Assert.That(() => ApplyAsync(migration), Throws.InstanceOf<PermanentJobException>().With.Message.Contains("23505"));

        var report = await ApplyAsync(migration);

        Assert.That(report.Problems.Single(), Does.StartWith("INDEX t_id_key is invalid").And.Contain("DROP INDEX CONCURRENTLY t_id_key"));
    }

    [Test]
    public async Task ApplyAsync_StatementFails_NamesItsLineAndKeepsThoseBefore()
    {
        var migration = new Migration("m.sql", SqlStatementSplitter.Split("CREATE TABLE a (id int);\n\nSELECT 1,\n  nonsense\nFROM "
            + "a;\nCREATE TABLE b (id int)"));

        Assert.That(() => ApplyAsync(migration), Throws.InstanceOf<PermanentJobException>().With.Message.StartsWith("m.sql, line 4: column "
            + "\"nonsense\" does not exist (42703)"));
        Assert.That(await _database.ReadAsync("SELECT to_regclass('a') IS NOT NULL AND to_regclass('b') IS NULL"), Is.EqualTo("True"));
    }

    [TestCase("CREATE ROLE job LOGIN\n  PASSWORD hunter2")]
    [TestCase("CREATE ROLE job LOGIN PASSWORD 'hunter2' hunter2")]
    public async Task ApplyAsync_StatementWithAPasswordFails_QuotesNothingOfIt(string sql)
    {
        var migration = new Migration("m.sql", SqlStatementSplitter.Split(sql));

        var exception = await Assert.ThrowsAsync<PermanentJobException>(() => ApplyAsync(migration));

        Assert.That(exception?.ToString(), Does.Contain("m.sql, line").And.Contain("42601").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task ApplyAsync_BodiesWithSemicolons_AreOneStatementEach()
    {
        const string Sql =
            """
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 1; END; $body$;
            CREATE FUNCTION g(n int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN n > 0 THEN 1 END; SELECT 2; END;
            CREATE TABLE "odd;name" (v text DEFAULT ';''');
            """;

        var report = await ApplyAsync(new Migration("m.sql", SqlStatementSplitter.Split(Sql)));

        Assert.That(report.Statements, Is.EqualTo(3));
        Assert.That(report.Created, Is.EqualTo(["TABLE \"odd;name\""]));
        Assert.That(await _database.ReadAsync("SELECT f() + g(1)"), Is.EqualTo("3"));
    }

    [Test]
    public void Find_WrongName_ListsTheKnownOnes() =>
        Assert.That(
            () => Known.Find("002_optimize_for_scale.sql"),
            Throws.InstanceOf<PermanentJobException>().With.Message.EqualTo(
                "There is no file and no migration named '002_optimize_for_scale.sql'. Known migrations: 001_job_progress.sql."));

    private Task<MigrationReport> ApplyAsync(Migration migration) =>
        _runner.ApplyAsync(migration, connection: null, starting: null, CancellationToken.None);
}

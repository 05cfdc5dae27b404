using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

public sealed class PostgresDatabaseTests
{
    private const string Refresh = """{"job":"refresh-materialized-view","parameters":{"view":"totals"}}""";

    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task DryRun_JobWritesPastTheGate_IsStoppedByTheServerAndFailsTheRunByName(bool swallow)
    {
        await _database.ExecuteAsync("CREATE TABLE victim (id int)");
        await using var harness = Misbehave(swallow, "INSERT INTO victim VALUES (1)");

        var summary = await harness.RunAsync("""{"job":"misbehaving","dryRun":true}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("A dry run called PostgreSQL 'INSERT INTO victim' outside of the change gate"));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM victim"), Is.EqualTo("0"));
    }

    [TestCase("SET TRANSACTION READ WRITE", "INSERT INTO victim VALUES (1)")]
    [TestCase("SELECT 1; INSERT INTO victim VALUES (1)")]
    public async Task DryRun_JobTriesToLeaveReadOnly_ChangesNothing(params string[] statements)
    {
        await _database.ExecuteAsync("CREATE TABLE victim (id int)");
        await using var harness = Misbehave(swallow: false, statements);

        var summary = await harness.RunAsync("""{"job":"misbehaving","dryRun":true}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed), summary.Summary);
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM victim"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Run_SameJobWithoutDryRun_Writes()
    {
        await _database.ExecuteAsync("CREATE TABLE victim (id int)");
        await using var harness = Misbehave(swallow: false, "INSERT INTO victim VALUES (1)");

        await harness.RunAsync("""{"job":"misbehaving"}""");

        Assert.That(await _database.ReadAsync("SELECT count(*) FROM victim"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Commit_AfterAStatementWhoseFailureTheJobKeptToItself_FailsTheRun()
    {
        await using var harness = Misbehave(swallow: true, "SELECT 1/0");

        var summary = await harness.RunAsync("""{"job":"misbehaving"}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("it cannot be committed"));
    }

    [Test]
    public async Task Run_BackendEndedBetweenTwoRuns_ConnectsAnew()
    {
        await _database.ExecuteAsync(ViewSql.Simple);
        await using var harness = PostgresJobs.Create(_database.Url);
        var first = await harness.RunAsync(Refresh);
        await _database.TerminateAsync("refresh-materialized-view");

        var second = await harness.RunAsync(Refresh);

        Assert.That(first.Status, Is.EqualTo(JobStatus.Succeeded), first.Summary);
        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded), second.Summary);
        Assert.That(second.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task Run_BackendEndedInMidRun_IsTriedAgain()
    {
        await _database.ExecuteAsync(ViewSql.Waiting);
        await using var harness = PostgresJobs.Create(
            _database.Url, null, null, ("Retry:MaxAttempts", "2"), ("Retry:BaseDelaySeconds", "0"));
        var held = await _database.HoldAsync("SELECT pg_advisory_xact_lock(4711)");
        var run = harness.RunAsync(Refresh);
        await _database.WaitUntilBlockedAsync("refresh-materialized-view");

        await _database.TerminateAsync("refresh-materialized-view");
        await held.DisposeAsync();

        var summary = await run;
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task Run_Ended_LeavesNoConnectionBehind()
    {
        await _database.ExecuteAsync(ViewSql.Simple);
        await using var harness = PostgresJobs.Create(_database.Url);

        await harness.RunAsync(Refresh);

        await _database.WaitUntilAsync("NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'refresh%' AND datname = "
            + "current_database())");
    }

    [Test]
    public async Task Run_Session_IsNamedAfterJobAndRunAndBoundByTheDeadline()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE seen (name text, statement_timeout text, lock_timeout text, timezone text);
            CREATE FUNCTION look() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO seen VALUES (current_setting('application_name'), current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('timezone'));
                RETURN 1; END $$;
            """);
        await _database.ExecuteAsync($"ALTER DATABASE {_database.Name} SET timezone = 'Asia/Tokyo'");
        await using var harness = Misbehave(swallow: false, "SELECT look()");

        var summary = await harness.RunAsync("""{"job":"misbehaving"}""", DateTimeOffset.UtcNow.AddHours(1));

        Assert.That(await _database.ReadRowsAsync("SELECT name, statement_timeout::interval BETWEEN '59 minutes' AND '59 min 59s', "
            + "timezone FROM seen"), Is.EqualTo([$"misbehaving {summary.RunId}|True|Asia/Tokyo"]));
    }

    [Test]
    public async Task Run_NamedConnection_UsesItsOwnUrl()
    {
        await _database.ExecuteAsync(ViewSql.Simple);
        await using var harness = PostgresJobs.Create(
            "postgres://nobody@127.0.0.1:1/nowhere", null, null, ("DATABASE_URL_SCANNER", _database.Url));

        var summary = await harness.RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":"totals","connection":"scanner"}}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
    }

    [Test]
    public async Task Run_RdsVariables_WorkAsTheyAre()
    {
        await _database.ExecuteAsync(ViewSql.Simple);
        await using var harness = PostgresJobs.Create(
            null, null, null,
            ("RDS_PROXY_ENDPOINT", "127.0.0.1"), ("RDS_PORT", $"{PostgresFixture.Server.Port}"), ("RDS_DBNAME", _database.Name),
            ("RDS_USERNAME", PostgresServer.SuperUser), ("RDS_PASSWORD", PostgresFixture.Password));

        Assert.That((await harness.RunAsync(Refresh)).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    private JobHarness Misbehave(bool swallow, params string[] statements) => PostgresJobs.Create(
        _database.Url,
        null,
        builder =>
        {
            builder.Services.AddSingleton(new MisbehavingJob.Manners(statements, swallow));
            builder.AddJob<MisbehavingJob>("misbehaving");
        });
}

using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>What a statistics query gives, and what it cannot do.</summary>
public sealed class StatisticsQueryTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateAsync() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_StatisticsQuery_ItsColumnsBecomeCountsAndMetrics()
    {
        await _database.ExecuteAsync(ViewSql.Simple);
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(
            Payload("totals", """, "statisticsQuery":"SELECT sum(v) AS sum_of_v, max(id) AS max_id, NULL::int AS nothing FROM totals; -- done" """));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Count("sumOfV"), Is.EqualTo(30));
        Assert.That(harness.Metrics.Value("MaxId"), Is.EqualTo(2));
        Assert.That(summary.Counts.Keys, Does.Not.Contain("nothing"));
    }

    [TestCase("SELECT nextval('victim_id')", "25006")]
    [TestCase("SELECT destroy()", "25006")]
    [TestCase("WITH gone AS (DELETE FROM victim RETURNING 1) SELECT count(*) FROM gone", "0A000")]
    [TestCase("SELECT 1 AS a INTO stolen", "42601")]
    [TestCase("SELECT 'text' AS a", "Return whole numbers")]
    [TestCase("SELECT generate_series(1, 3)", "several rows")]
    public async Task RunAsync_StatisticsQueryIsNoRead_IsRefusedByTheServer(string query, string expected)
    {
        await _database.ExecuteAsync(
            ViewSql.Simple + """
            CREATE TABLE victim (id serial); ALTER SEQUENCE victim_id_seq RENAME TO victim_id; INSERT INTO victim DEFAULT VALUES;
            CREATE FUNCTION destroy() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM victim; RETURN 1; END $$;
            """);
        await using var harness = PostgresJobs.Create(_database.Url);

        var summary = await harness.RunAsync(Payload("totals", $", \"statisticsQuery\":\"{query}\""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial), summary.Summary);
        Assert.That(summary.Errors.Single().Item, Is.EqualTo("statisticsQuery"));
        Assert.That(summary.Errors.Single().Error, Does.Contain(expected));
        Assert.That(await _database.ReadRowsAsync("SELECT (SELECT count(*) FROM victim), (SELECT last_value FROM "
            + "victim_id)"), Is.EqualTo(["1|1"]));
    }

    private static string Payload(string view, string more = "") =>
        $"{{\"job\":\"refresh-materialized-view\",\"parameters\":{{\"view\":\"{view}\"{more}}}}}";
}

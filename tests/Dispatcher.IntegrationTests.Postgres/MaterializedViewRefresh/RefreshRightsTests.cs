using System.Text.RegularExpressions;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Npgsql;

namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>Roles that may refresh a view without having everything else, and roles that are told how they may.</summary>
[TestFixture(15)]
[TestFixture(17)]
public sealed class RefreshRightsTests(int version)
{
    private TestDatabase _database = null!;
    private string _role = null!;
    private string _owner = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync(version == 17 ? PostgresFixture.Version17 : PostgresFixture.Server);
        _role = $"Odd \"role\" {_database.Name[5..25]}";
        _owner = $"owner {_database.Name[5..25]}";
        await _database.ExecuteAsync(
            ViewSql.Simple + ViewSql.Log
            + $"CREATE ROLE {Quote(_role)} LOGIN PASSWORD 'p'; CREATE ROLE {Quote(_owner)}; "
            + $"GRANT CREATE ON SCHEMA public TO {Quote(_owner)};"
            + $"ALTER TABLE source OWNER TO {Quote(_owner)}; ALTER MATERIALIZED VIEW totals OWNER TO {Quote(_owner)};");
    }

    [TearDown]
    public async Task DropAsync()
    {
        await _database.ExecuteAsync($"DROP OWNED BY {Quote(_role)}, {Quote(_owner)} CASCADE; DROP ROLE {Quote(_role)}, {Quote(_owner)}");
        await _database.DisposeAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task RunAsync_OnlyMaintain_RefreshesAndSaysWhichGrantGivesTheFigures(bool concurrently)
    {
        var grant = $"GRANT MAINTAIN ON totals TO {Quote(_role)}";
        if (version < 17)
        {
            Assert.That(() => _database.ExecuteAsync(grant), Throws.InstanceOf<PostgresException>().With.Message.Contains("maintain"));
            return;
        }

        await _database.ExecuteAsync(grant);

        var planned = await RunAsync($", \"concurrently\":{(concurrently ? "true" : "false")}", dryRun: true);
        var summary = await RunAsync($", \"concurrently\":{(concurrently ? "true" : "false")}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary.Count("viewsRefreshed"), Is.EqualTo(1), summary.Summary);
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("2"));
            foreach (var run in new[] { planned, summary })
            {
                Assert.That(run.Summary, Does.Contain($"GRANT SELECT ON public.totals TO {Quote(_role)} gives them"));
                Assert.That(run.Errors.Single().Error, Does.Contain($"GRANT SELECT, INSERT, UPDATE ON \"materialized_view_refresh_log\" TO "
                    + $"{Quote(_role)}"));
            }
        }

        await _database.ExecuteAsync($"GRANT SELECT ON public.totals TO {Quote(_role)}; GRANT SELECT, INSERT, "
            + $"UPDATE ON \"materialized_view_refresh_log\" TO {Quote(_role)}");
        var granted = await RunAsync();
        Assert.That(granted.Status, Is.EqualTo(JobStatus.Succeeded), granted.Summary);
        Assert.That(granted.Count("rows"), Is.EqualTo(2));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM materialized_view_refresh_log"), Is.EqualTo("1"));
    }

    [Test]
    public async Task RunAsync_OwnerWithoutSelect_RefreshesPlainlyWithoutFigures()
    {
        await _database.ExecuteAsync(
            $"ALTER MATERIALIZED VIEW totals OWNER TO {Quote(_role)}; REVOKE SELECT ON totals FROM {Quote(_role)}; "
                + $"GRANT SELECT ON source TO {Quote(_role)};"
            + $"DROP TABLE materialized_view_refresh_log");

        var refused = await RunAsync();
        var plain = await RunAsync(", \"concurrently\":false");

        Assert.That(refused.Summary, Does.Contain("its owner may not read it (42501)").And.Contain($"GRANT SELECT ON public.totals TO "
            + $"{Quote(_role)}"));
        Assert.That(plain.Status, Is.EqualTo(JobStatus.Succeeded), plain.Summary);
        Assert.That(plain.Summary, Does.Contain($"GRANT SELECT ON public.totals TO {Quote(_role)} gives them"));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM source"), Is.EqualTo("2"));
    }

    [TestCase("GRANT {owner} TO {role}; ALTER ROLE {role} NOINHERIT", "does not inherit its rights")]
    [TestCase("ALTER ROLE {role} NOINHERIT; GRANT {owner} TO {role}", "does not inherit its rights")]
    [TestCase("ALTER ROLE {role} NOINHERIT", "Only its owner may refresh")]
    [TestCase("SELECT 1", "Only its owner may refresh")]
    public async Task RunAsync_MayNotRefresh_RunsAfterTheRemedyThatIsNamed(string setUp, string expected)
    {
        await _database.ExecuteAsync(
            setUp.Replace("{owner}", Quote(_owner), StringComparison.Ordinal).Replace("{role}", Quote(_role), StringComparison.Ordinal)
            + $"; GRANT SELECT, INSERT, UPDATE ON materialized_view_refresh_log TO {Quote(_role)}");
        var refused = await RunAsync();
        if (refused.Status == JobStatus.Succeeded)
        {
            // From 16 on a grant keeps the inheritance that it was made with.
            Assert.That((version, setUp), Is.EqualTo((17, "GRANT {owner} TO {role}; ALTER ROLE {role} NOINHERIT")));
            return;
        }

        var remedies = Regex.Match(refused.Summary, @"[Rr]un (?<sql>.*)\.$").Groups["sql"].Value.Split(", or ");
        Assert.That(refused.Summary, Does.Contain(expected));
        Assert.That(remedies, Is.Not.Empty);
        foreach (var remedy in remedies.Take(version == 17 ? 2 : 1))
        {
            await _database.ExecuteAsync($"BEGIN; {remedy}; ROLLBACK");
        }

        await _database.ExecuteAsync(remedies[version == 17 ? 1 : 0]);
        var summary = await RunAsync();
        Assert.That(summary.Count("viewsRefreshed"), Is.EqualTo(1), summary.Summary);
    }

    [Test]
    public async Task RunAsync_LogTableCannotBeWritten_RefreshesAllTheSame()
    {
        await _database.ExecuteAsync(
            $"ALTER MATERIALIZED VIEW totals OWNER TO {Quote(_role)}; GRANT SELECT ON source TO {Quote(_role)};"
            + "ALTER TABLE materialized_view_refresh_log DROP COLUMN total_objects;"
            + $"GRANT SELECT, INSERT, UPDATE ON materialized_view_refresh_log TO {Quote(_role)}");

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Partial), summary.Summary);
        Assert.That(summary.Errors.Single().Error, Does.Contain("was refreshed, but its row in the log table is "
            + "missing").And.Contain("42703"));
        Assert.That(await _database.ReadAsync("SELECT count(*) FROM totals"), Is.EqualTo("2"));
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task<RunRecord> RunAsync(string more = "", bool dryRun = false)
    {
        await using var harness = PostgresJobs.Create(_database.Server.Url(_database.Name, _role, "p"));
        return await harness.RunAsync(
            $"{{\"job\":\"refresh-materialized-view\",\"dryRun\":{(dryRun ? "true" : "false")},"
            + $"\"parameters\":{{\"view\":\"totals\"{more}}}}}");
    }
}

using System.Text.RegularExpressions;
using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Jobs.Postgres.DailyUptime;
using Dispatcher.Postgres.Migrations;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.IntegrationTests.Postgres;

/// <summary>Runs each job as a role that has exactly the rights that the job's documentation lists.</summary>
public sealed partial class LeastPrivilegeTests
{
    private TestDatabase _database = null!;
    private string _role = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _role = $"maintenance_{_database.Name}";
        await _database.ExecuteAsync($"CREATE ROLE {_role} LOGIN PASSWORD 'p'");
    }

    [TearDown]
    public async Task DropAsync()
    {
        await _database.ExecuteAsync($"DROP OWNED BY {_role} CASCADE; DROP ROLE {_role}");
        await _database.DisposeAsync();
    }

    [Test]
    public async Task RefreshMaterializedView_RoleOfTheDocumentation_IsEnough()
    {
        await _database.ExecuteAsync(ViewSql.Jobs);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DATABASE_URL", _database.Url)]).Build();
        var migration = new MigrationCatalog(typeof(DailyUptimeParameters).Assembly).Find("001_job_progress");
        await new MigrationRunner(configuration).ApplyAsync(migration, null, null, CancellationToken.None);
        await GrantAsync("refresh-materialized-view.md");
        await using var harness = PostgresJobs.Create(PostgresFixture.Server.Url(_database.Name, _role, "p"));

        var planned = await harness.RunAsync("""{"job":"refresh-materialized-view","dryRun":true,"parameters":{"view":"job_progress"}}""");
        var summary = await harness.RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":"job_progress"}}""");

        Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(await _database.ReadAsync("SELECT total_objects FROM materialized_view_refresh_log"), Is.EqualTo("5"));
    }

    [Test]
    public async Task DailyUptime_RoleOfTheDocumentation_IsEnough()
    {
        foreach (var file in new[] { "uptime-schema.sql", "uptime-users.sql" })
        {
            await _database.ExecuteAsync(await File.ReadAllTextAsync(TestDatabase.DataFile(file)));
        }

        await GrantAsync("daily-uptime.md");
        await using var harness = PostgresJobs.Create(PostgresFixture.Server.Url(_database.Name, _role, "p"), new TestClock());

        var planned = await harness.RunAsync("""{"job":"daily-uptime","dryRun":true}""");
        var summary = await harness.RunAsync("""{"job":"daily-uptime"}""");

        Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Count("contributionsAdded"), Is.Positive);
    }

    [GeneratedRegex("```sql\n(?<sql>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlBlock();

    private async Task GrantAsync(string document)
    {
        var text = await File.ReadAllTextAsync(TestDatabase.DataFile(document));
        await _database.ExecuteAsync(
            SqlBlock().Match(text).Groups["sql"].Value.Replace(" maintenance;", $" {_role};", StringComparison.Ordinal));
    }
}

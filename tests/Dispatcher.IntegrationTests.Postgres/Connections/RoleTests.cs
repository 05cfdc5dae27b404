using System.Text.Json;
using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Postgres;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>A user without rights of its own that works as a role which has them.</summary>
[TestFixture(15)]
[TestFixture(17)]
public sealed class RoleTests(int version)
{
    private TestDatabase _database = null!;
    private string _user = null!;
    private string _role = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync(version == 17 ? PostgresFixture.Version17 : PostgresFixture.Server);
        _user = $"user_{_database.Name[5..25]}";
        _role = $"The \"owner\" {_database.Name[5..25]}";
        await _database.ExecuteAsync(
            $"CREATE ROLE {_user} LOGIN NOINHERIT PASSWORD 'p'; CREATE ROLE {Quoted}; GRANT {Quoted} TO {_user}; "
            + $"GRANT CREATE ON SCHEMA public TO {Quoted}");
    }

    [TearDown]
    public async Task DropAsync()
    {
        await _database.ExecuteAsync($"DROP OWNED BY {_user}, {Quoted} CASCADE; DROP ROLE {_user}, {Quoted}");
        await _database.DisposeAsync();
    }

    private string Quoted => $"\"{_role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Url => _database.Server.Url(_database.Name, _user, "p");

    [Test]
    public async Task RefreshMaterializedView_MemberThatDoesNotInherit_IsToldOfTheRoleAndWorksAsIt()
    {
        await _database.ExecuteAsync(
            ViewSql.Simple + ViewSql.Log + $"ALTER TABLE source OWNER TO {Quoted}; ALTER MATERIALIZED VIEW totals OWNER TO {Quoted}; "
                + $"ALTER TABLE materialized_view_refresh_log OWNER TO {Quoted}");

        var refused = await RefreshAsync(null);
        var planned = await RefreshAsync(_role, dryRun: true);
        var summary = await RefreshAsync(_role);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                refused.Summary, Does.Contain($"does not inherit its rights (42501). Set the parameter 'role' to '{_role}', or run"));
            Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
            Assert.That(summary.Count("rows"), Is.EqualTo(2));
            Assert.That(await _database.ReadAsync("SELECT count(*) FROM materialized_view_refresh_log"), Is.EqualTo("1"));
        }
    }

    [Test]
    public async Task DailyUptime_RightsOfTheRoleAlone_AreEnough()
    {
        foreach (var file in new[] { "uptime-schema.sql", "uptime-users.sql" })
        {
            await _database.ExecuteAsync(await File.ReadAllTextAsync(TestDatabase.DataFile(file)));
        }

        await _database.ExecuteAsync(
            $"GRANT ALL ON ALL TABLES IN SCHEMA public TO {Quoted}; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {Quoted}");
        await using var harness = PostgresJobs.Create(Url, new TestClock());

        var refused = await harness.RunAsync("""{"job":"daily-uptime"}""");
        var summary = await harness.RunAsync(
            $"{{\"job\":\"daily-uptime\",\"parameters\":{{\"role\":{JsonSerializer.Serialize(_role)}}}}}");

        Assert.That(refused.Summary, Does.Contain("42501"));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Count("contributionsAdded"), Is.Positive);
    }

    [Test]
    public async Task BeginAsync_Role_LastsForItsTransactionAlone()
    {
        await using var harness = Harness(_role);

        var summary = await harness.RunAsync("""{"job":"asking"}""");

        Assert.That(summary.Summary, Is.EqualTo($"{_role} then {_user}"));
    }

    [Test]
    public async Task BeginAsync_NoSuchRole_IsToldSo()
    {
        await using var harness = Harness("No such");

        var summary = await harness.RunAsync("""{"job":"asking"}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Is.EqualTo("The role 'No such' cannot be used: role \"No such\" does not exist (22023). Create the "
            + "role, or correct its name: it is case-sensitive, as in pg_roles."));
    }

    [Test]
    public async Task BeginAsync_NotAMember_RunsAfterTheGrantThatIsNamed()
    {
        await _database.ExecuteAsync($"REVOKE {Quoted} FROM {_user}");
        await using var harness = Harness(_role);

        var refused = await harness.RunAsync("""{"job":"asking"}""");
        Assert.That(refused.Summary, Is.EqualTo($"The role '{_role}' cannot be used: permission denied to set role \"{_role}\" (42501). "
            + $"Run GRANT {Quoted} TO the connection's user, from PostgreSQL 16 on WITH SET TRUE, or name another role."));

        await _database.ExecuteAsync($"GRANT {Quoted} TO {_user}{(version == 17 ? " WITH SET TRUE" : string.Empty)}");
        var granted = await harness.RunAsync("""{"job":"asking"}""");
        Assert.That(granted.Summary, Is.EqualTo($"{_role} then {_user}"));
    }

    private JobHarness Harness(string role) => new(
        builder =>
        {
            builder.AddPostgres().AddJob<AskingJob>("asking");
            builder.Services.AddSingleton(new AskingJob.Work(role));
        },
        new Dictionary<string, string?> { ["DATABASE_URL"] = Url, ["Retry:MaxAttempts"] = "2", ["Retry:BaseDelaySeconds"] = "0" });

    private async Task<RunRecord> RefreshAsync(string? role, bool dryRun = false)
    {
        await using var harness = PostgresJobs.Create(Url);
        return await harness.RunAsync(JsonSerializer.Serialize(new
        {
            job = "refresh-materialized-view",
            dryRun,
            parameters = role is null ? (object)new { view = "totals" } : new { view = "totals", role },
        }));
    }
}

using Dispatcher;
using Dispatcher.Testing;
using Npgsql;

namespace Acme.Chores.Tests;

public sealed class ExpireInvitationsTests
{
    private const string Payload = """{"job":"expire-invitations","parameters":{"batchSize":10}}""";

    private NpgsqlDataSource _database = null!;
    private string _url = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        var name = $"acme_{Guid.NewGuid():N}";
        await using (var server = NpgsqlDataSource.Create(ConnectionString("postgres")))
        {
            await server.CreateCommand($"CREATE DATABASE {name}").ExecuteNonQueryAsync();
        }

        _url = Servers.Postgres.Url(name);
        _database = NpgsqlDataSource.Create(ConnectionString(name));
        await ExecuteAsync(
            """
            CREATE TYPE invitation_status AS ENUM ('pending', 'accepted');
            CREATE TABLE invitation (id uuid PRIMARY KEY, status invitation_status NOT NULL, expires_at timestamptz NOT NULL);
            INSERT INTO invitation
            SELECT gen_random_uuid(), 'pending', '2026-11-22T03:00:00Z'::timestamptz - day * interval '1 day'
            FROM generate_series(1, 55) AS day;
            INSERT INTO invitation VALUES (gen_random_uuid(), 'accepted', '2020-01-01');
            """);
    }

    [TearDown]
    public async Task DropAsync() => await _database.DisposeAsync();

    [Test]
    public async Task RunAsync_DeletesWhatExpiredLongAgo()
    {
        await using var harness = Harness();

        var record = await harness.RunAsync(Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
            Assert.That(record.Summary, Is.EqualTo("Changed 25 expired invitations in 3 transactions."));
            Assert.That(record.Count("invitationsDeleted"), Is.EqualTo(25));
            Assert.That(
                await ReadAsync("SELECT string_agg(DISTINCT status || ' ' || (expires_at < '2026-10-23T03:00:00Z'), ', ') FROM invitation"),
                Is.EqualTo("accepted true, pending false"));
        }
    }

    [Test]
    public Task Contract_DryRun_ProposesWhatTheRealRunApplies() =>
        Contract().DryRunProposesWhatTheRealRunAppliesAsync(
            () => ReadAsync("SELECT string_agg(i::text, ' ' ORDER BY id) FROM invitation i"));

    [Test]
    public async Task Contract_Cancellation_StopsWithinASecond()
    {
        await using var held = await _database.OpenConnectionAsync();
        await new NpgsqlCommand("BEGIN; LOCK TABLE invitation", held).ExecuteNonQueryAsync();

        await Contract().CancellationStopsWithinASecondAsync(WhenBlockedAsync());
    }

    [Test]
    public Task Contract_BadParameters_AreReportedTogether() =>
        Contract().BadParametersAreReportedTogetherAsync("""{"keepDays":-1,"batchSize":0}""", "keepDays", "batchSize");

    private static string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Servers.Postgres.Port, Username = PostgresUser, Password = Servers.Postgres.Password,
        Database = database, Pooling = false,
    }.ConnectionString;

    private static string PostgresUser => Dispatcher.LocalServers.Postgres.PostgresServer.SuperUser;

    private JobHarness Harness() => new(
        AcmeJobs.Add,
        new Dictionary<string, string?> { ["DATABASE_URL"] = _url, ["Retry:BaseDelaySeconds"] = "0" },
        new TestClock());

    private JobContract Contract() => new(Harness, Payload);

    private Task<int> ExecuteAsync(string sql) => _database.CreateCommand(sql).ExecuteNonQueryAsync();

    private async Task<string> ReadAsync(string sql) => $"{await _database.CreateCommand(sql).ExecuteScalarAsync()}";

    private async Task WhenBlockedAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        const string Waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while (await ReadAsync(Waiting) == "0")
        {
            await Task.Delay(10, timeout.Token);
        }
    }
}

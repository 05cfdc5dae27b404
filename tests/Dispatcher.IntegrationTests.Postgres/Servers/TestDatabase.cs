using System.Globalization;
using Dispatcher.LocalServers.Postgres;
using Npgsql;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>An empty database of one test, and what the test does to it behind the job's back.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private TestDatabase(string name, PostgresServer server)
    {
        Name = name;
        Server = server;
        _source = NpgsqlDataSource.Create(ConnectionString(name, server));
    }

    public PostgresServer Server { get; }

    public string Name { get; }

    public string Url => Server.Url(Name);

    public static Task<TestDatabase> CreateAsync(params string[] files) => CreateAsync(PostgresFixture.Server, files);

    public static async Task<TestDatabase> CreateAsync(PostgresServer server, params string[] files)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using (var postgres = NpgsqlDataSource.Create(ConnectionString("postgres", server)))
        {
            await using var create = postgres.CreateCommand($"CREATE DATABASE {name}");
            await create.ExecuteNonQueryAsync();
        }

        var database = new TestDatabase(name, server);
        foreach (var file in files)
        {
            await database.ExecuteAsync(await File.ReadAllTextAsync(DataFile(file)));
        }

        return database;
    }

    public static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads one value, as text.</summary>
    public async Task<string> ReadAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? string.Empty;
    }

    /// <summary>Reads rows, each as its columns joined by '|'.</summary>
    public async Task<IReadOnlyList<string>> ReadRowsAsync(string sql)
    {
        var rows = new List<string>();
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(column => reader.IsDBNull(column)
                    ? string.Empty
                    : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    /// <summary>Opens a session of its own whose transaction stays open, to hold locks; it ends when it is disposed of.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string sql)
    {
        var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"BEGIN; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Waits until a query answers true.</summary>
    public async Task WaitUntilAsync(string condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ReadAsync($"SELECT ({condition})::text") != "true")
        {
            await Task.Delay(10, timeout.Token);
        }
    }

    /// <summary>Waits until a job's session waits for a lock.</summary>
    public Task WaitUntilBlockedAsync(string job) => WaitUntilAsync(
        $"EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '{job} %' AND wait_event_type "
            + "= 'Lock')");

    /// <summary>Ends a job's sessions, as a failover or an administrator does.</summary>
    public Task TerminateAsync(string job) => ReadRowsAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '{job} %'");

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await using var server = NpgsqlDataSource.Create(ConnectionString("postgres", Server));
        await using var drop = server.CreateCommand($"DROP DATABASE {Name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    private static string ConnectionString(string database, PostgresServer server) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Username = PostgresServer.SuperUser,
        Password = PostgresFixture.Password,
        Database = database,
        Pooling = false,
        ApplicationName = "test",
    }.ConnectionString;
}

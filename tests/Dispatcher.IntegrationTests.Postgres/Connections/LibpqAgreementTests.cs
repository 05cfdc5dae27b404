using System.Diagnostics;
using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>
/// Connection strings that psql and the dispatcher are given alike: both connect to the same session, or neither does. {rw} and {ro} are
/// the ports of two servers, the second of which has the database read-only; nothing listens on port 1.
/// </summary>
public sealed class LibpqAgreementTests
{
    private const string Sql =
        "SELECT concat_ws(' ', current_setting('port'), current_database(), current_user, current_setting('search_path'), "
        + "current_setting('work_mem'))";

    private TestDatabase _database = null!;
    private SocketProxy _socket = null!;
    private string _passwords = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await using var other = await TestDatabase.CreateAsync(PostgresFixture.Version17);
        await other.ExecuteAsync($"CREATE DATABASE {_database.Name}");
        await other.ExecuteAsync($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        _socket = new SocketProxy(PostgresFixture.Server.Port);
        _passwords = Path.GetTempFileName();
        var escaped = PostgresFixture.Password.Replace(":", @"\:", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_passwords, $"*:*:{_database.Name}:postgres:{escaped}\n");
    }

    [OneTimeTearDown]
    public async Task DropAsync()
    {
        _socket.Dispose();
        File.Delete(_passwords);
        await using (var other = await TestDatabase.CreateAsync(PostgresFixture.Version17))
        {
            await other.ExecuteAsync($"DROP DATABASE {_database.Name} WITH (FORCE)");
        }

        await _database.DisposeAsync();
    }

    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}")]
    [TestCase("postgresql://postgres:{url}@127.0.0.1:{rw}/{db}?")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/")]
    [TestCase("postgres://127.0.0.1:{rw}/{db}?user=postgres&password={url}")]
    [TestCase("postgres://127.0.0.1:1/{db}?port={rw}&user=nobody&user=postgres&password={url}&")]
    [TestCase("postgres://:{url}@127.0.0.1:{rw}/{db}?user=postgres")]
    [TestCase("postgres://postgres:{url}@/{db}?hostaddr=127.0.0.1&port={rw}")]
    [TestCase("postgres://p%6fstgres:{url}@127%2e0.0.1:{rw}/{db}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:1,127.0.0.1:{rw}/{db}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw},127.0.0.1:1/{db}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1,127.0.0.1/{db}?port=1,{rw}")]
    [TestCase("postgres://postgres:{url}@[::1]:{rw},127.0.0.1:{rw}/{db}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{ro},127.0.0.1:{rw}/{db}?target_session_attrs=read-write")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw},127.0.0.1:{ro}/{db}?target_session_attrs=read-only")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{ro},127.0.0.1:{rw}/{db}?target_session_attrs=primary")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{ro},127.0.0.1:{rw}/{db}?target_session_attrs=any")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{ro},127.0.0.1:{rw}/{db}?target_session_attrs=prefer-standby")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:1,127.0.0.1:{ro},127.0.0.1:{rw}/{db}?target_session_attrs=read-write")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?target_session_attrs=read-write")]
    [TestCase("host=127.0.0.1,127.0.0.1 port=1,{rw} user=postgres password='{raw}' dbname={db}")]
    [TestCase("host=127.0.0.1,127.0.0.1 port={rw} user=postgres password='{raw}' dbname={db} target_session_attrs=read-write")]
    [TestCase("postgres://postgres:{url}@/{db}?host={folder}&port={rw}")]
    [TestCase("postgres://postgres:{url}@{folder%}:{rw}/{db}")]
    [TestCase("postgres://postgres:{url}@{folder%}:{rw}/{db}?sslmode=require")]
    [TestCase("postgres://postgres:{url}@{folder%}:{rw}/{db}?sslmode=verify-full")]
    [TestCase("postgres://postgres:{url}@%2Fnowhere,{folder%}/{db}?port={rw}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:1,{folder%}:{rw}/{db}")]
    [TestCase("host={folder} port={rw} user=postgres password='{raw}' dbname={db}")]
    [TestCase("host = 127.0.0.1\n port= {rw}\tuser =postgres password = '{raw}' dbname={db}")]
    [TestCase(@"host=127.0.0.1 port={rw} user=post\gres password={escaped} dbname={db} options='-c work_mem=5MB'")]
    [TestCase("host=127.0.0.1 port={rw} user=postgres password='{raw}' dbname={db} passfile='' options='' sslcert='' connect_timeout=0")]
    [TestCase("host=127.0.0.1 port={rw} user=postgres dbname={db} passfile={passwords}")]
    [TestCase("postgres://postgres@127.0.0.1:1,127.0.0.1:{rw}/{db}?passfile={passwords}")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?options=-c%20search_path%3Dapp%20-c%20work_mem%3D6MB")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?options=-csearch_path%3D%22a%5C%20b%22")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?channel_binding=prefer&sslmode=prefer")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?channel_binding=disable&sslmode=allow&gssencmode=disable")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?keepalives=1&keepalives_idle=30&keepalives_interval=5&keepalives_count=3")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?keepalives=0&keepalives_idle=0&keepalives_interval=5&tcp_user_timeout=900")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?application_name=x&fallback_application_name=y&client_encoding=auto")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?connect_timeout=10&client_encoding=UTF8&sslcompression=1&krbsrvname=pg")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?sslrootcert=/nowhere/root.crt&sslmode=disable")]
    public async Task Connect_PsqlConnects_AndSoDoesTheDispatcher(string text)
    {
        var connection = Fill(text);
        var psql = await RunPsqlAsync(connection);
        var own = await RunOwnAsync(connection);

        Assert.That(psql.Succeeded, Is.True, psql.Answer);
        Assert.That(own.Answer, Is.EqualTo(psql.Answer));
    }

    [TestCase("postgres://postgres:wrong@127.0.0.1:{rw}/{db}", "The password for database")]
    [TestCase("postgres://postgres:wrong@127.0.0.1:1,127.0.0.1:{rw}/{db}", "ConnectionRefused; password authentication failed")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:1,[::1]:{rw}/{db}", "No server of database '{db}' on 127.0.0.1:1, [::1]:{rw} as user "
        + "'postgres' accepts a session: ")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?target_session_attrs=read-only", "No server of database '{db}' on "
        + "127.0.0.1:{rw} as user 'postgres' is read-only (target_session_attrs)")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw},127.0.0.1:{ro}/{db}?target_session_attrs=standby", "is a standby")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:1,127.0.0.1:{ro}/{db}?target_session_attrs=read-write", "ConnectionRefused, and no "
        + "other is read-write (target_session_attrs)")]
    [TestCase("postgres://postgres:{url}@127.0.0.1,127.0.0.1/{db}?port={rw},{rw},{rw}", "2 hosts and 3 ports")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?sslmode=require", "No TLS with database")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?ssl=true", "No TLS with database")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?channel_binding=require", "hannel")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?sslmod=require", "Did you mean 'sslmode'?")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?pgbouncer=true", "'pgbouncer', which is not supported")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?sslmode=REQUIRE", "an sslmode that is not known")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?target_session_attrs=master", "a target_session_attrs that is not known")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?connect_timeout=soon", "a value of 'connect_timeout'")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?options=-c%20work_mem%3Dlots", "refuses a session")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?options=-c work_mem=6MB", "percent-encoded")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?service=nowhere", "'service', which is not supported")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:99999/{db}", "'port' that is not a number from 1 to 65535")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}%zz", "hexadecimal")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}%00", "hexadecimal")]
    [TestCase("postgres://postgres:{url}@[127.0.0.1:{rw}/{db}", "has a host that is neither")]
    [TestCase("postgres://postgres@127.0.0.1:{rw}/{db}?passfile=/nowhere", "sslkey and passfile")]
    [TestCase("host=127.0.0.1 port={rw} user=postgres password='{raw} dbname={db}", "a quoted value that does not end")]
    [TestCase("host=127.0.0.1 port={rw} user postgres", "keywords, each with '=' and a value")]
    [TestCase("postgres://postgres:{url}@%2Fnowhere:{rw}/{db}", "Cannot reach database '{db}' on /nowhere:{rw}")]
    public async Task Connect_PsqlFails_AndSoDoesTheDispatcherAndSaysWhy(string text, string expected)
    {
        var connection = Fill(text);
        var psql = await RunPsqlAsync(connection);
        var own = await RunOwnAsync(connection);

        Assert.That(psql.Succeeded, Is.False, psql.Answer);
        Assert.That(own.Succeeded, Is.False, own.Answer);
        Assert.That(own.Answer, Does.Contain(Fill(expected)).And.Not.Contain(PostgresFixture.Password).And.Not.Contain(Fill("{url}")));
    }

    [TestCase("postgres://127.0.0.1:{rw}/{db}?user=postgres&password={url}&application_name=a@b", "has to be percent-encoded")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?application_name=a#b", "has to be percent-encoded")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?client_encoding=LATIN1", "sessions speak UTF-8")]
    [TestCase("postgres://postgres:{url}@localhost:{rw}/{db}?hostaddr=127.0.0.1", "both host and hostaddr")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?sslcrl=/nowhere", "reads no revocation lists")]
    [TestCase("postgres://postgres:{url}@127.0.0.1:{rw}/{db}?ssl_min_protocol_version=TLSv1.2", "the operating system decides")]
    [TestCase("host=127.0.0.1 port={rw} user='postgres'password='{raw}' dbname={db}", "where the next keyword begins")]
    public async Task Connect_OnlyPsqlConnects_TheReasonIsGiven(string text, string expected)
    {
        var connection = Fill(text);
        var psql = await RunPsqlAsync(connection);
        var own = await RunOwnAsync(connection);

        Assert.That(psql.Succeeded, Is.True, psql.Answer);
        Assert.That(own.Succeeded, Is.False, own.Answer);
        Assert.That(own.Answer, Does.Contain(expected).And.Not.Contain(PostgresFixture.Password));
    }

    [Test]
    public async Task Connect_SeveralServers_NoSessionIsLeft()
    {
        var own = await RunOwnAsync(
            Fill("postgres://postgres:{url}@127.0.0.1:{ro},127.0.0.1:{rw}/{db}?target_session_attrs=read-write"));

        Assert.That(own.Succeeded, Is.True, own.Answer);
        await _database.WaitUntilAsync("NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'reading %')");
    }

    private static async Task<(bool Succeeded, string Answer)> RunPsqlAsync(string connection)
    {
        var start = new ProcessStartInfo("psql", ["-X", "-w", "-q", "-A", "-t", "-d", connection, "-c", Sql])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode == 0, (process.ExitCode == 0 ? output : await errors).Trim());
    }

    private static async Task<(bool Succeeded, string Answer)> RunOwnAsync(string connection)
    {
        await using var harness = PostgresJobs.Create(connection, null, builder =>
        {
            builder.AddPostgres().AddJob<ReadingJob>("reading");
            builder.Services.AddSingleton(new ReadingJob.Query(SqlText.Create(Sql), static row => row.GetString(0)));
        });
        var summary = await harness.RunAsync("""{"job":"reading"}""");
        return (summary.Status == JobStatus.Succeeded, summary.Summary);
    }

    private string Fill(string text) => text
        .Replace("{rw}", $"{PostgresFixture.Server.Port}", StringComparison.Ordinal)
        .Replace("{ro}", $"{PostgresFixture.Version17.Port}", StringComparison.Ordinal)
        .Replace("{db}", _database.Name, StringComparison.Ordinal)
        .Replace("{folder}", _socket.Folder, StringComparison.Ordinal)
        .Replace("{folder%}", Uri.EscapeDataString(_socket.Folder), StringComparison.Ordinal)
        .Replace("{passwords}", _passwords, StringComparison.Ordinal)
        .Replace("{raw}", PostgresFixture.Password, StringComparison.Ordinal)
        .Replace("{escaped}", PostgresFixture.Password.Replace(" ", @"\ ", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("{url}", Uri.EscapeDataString(PostgresFixture.Password), StringComparison.Ordinal);
}

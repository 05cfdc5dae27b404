using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

/// <summary>What is said of a server's certificate, against a server that really offers it.</summary>
public sealed class TlsFailureTests
{
    private readonly TlsAuthority _authority = new("Authority of the tests");
    private TestDatabase _database = null!;
    private string _authorityFile = null!;

    [OneTimeSetUp]
    public async Task CreateAsync()
    {
        _database = await TestDatabase.CreateAsync(PostgresFixture.Version17);
        await _database.ExecuteAsync(ViewSql.Simple);
        _authorityFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(_authorityFile, _authority.Pem);
    }

    [OneTimeTearDown]
    public async Task DropAsync()
    {
        await _database.ExecuteAsync("ALTER SYSTEM RESET ssl");
        await _database.DisposeAsync();
        File.Delete(_authorityFile);
        _authority.Dispose();
    }

    [TestCase("verify-full")]
    [TestCase("verify-ca")]
    [TestCase("require")]
    public async Task RunAsync_RightCertificate_Connects(string mode)
    {
        await _authority.EnableAsync(_database.Server, _database, "127.0.0.1");

        var summary = await RunAsync($"?sslmode={mode}&sslrootcert={_authorityFile}");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
    }

    [Test]
    public async Task RunAsync_OtherHostName_IsToldOfTheNameAndNotOfTheAuthority()
    {
        await _authority.EnableAsync(_database.Server, _database, "db.example.org");

        var refused = await RunAsync($"?sslmode=verify-full&sslrootcert={_authorityFile}");
        var advised = await RunAsync($"?sslmode=verify-ca&sslrootcert={_authorityFile}");

        Assert.That(refused.Summary, Does.Contain("is for another host name: "
            + "db.example.org.").And.Contain("sslmode=verify-ca").And.Not.Contain("sslrootcert"));
        Assert.That(refused.Attempts, Is.EqualTo(1));
        Assert.That(advised.Status, Is.EqualTo(JobStatus.Succeeded), advised.Summary);
    }

    [Test]
    public async Task RunAsync_Expired_IsToldWhen()
    {
        await _authority.EnableAsync(
            _database.Server, _database, "127.0.0.1", until: new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero));

        var summary = await RunAsync($"?sslmode=verify-full&sslrootcert={_authorityFile}");

        Assert.That(summary.Summary, Does.Contain("to 2026-01-02 03:04 UTC").And.Contain("Renew it on the "
            + "server").And.Not.Contain("sslrootcert"));
    }

    [Test]
    public async Task RunAsync_UnknownAuthority_IsToldItsNameAndWhetherOneIsConfigured()
    {
        using var other = new TlsAuthority("Somebody else");
        await other.EnableAsync(_database.Server, _database, "127.0.0.1");

        var configured = await RunAsync($"?sslmode=verify-full&sslrootcert={_authorityFile}");
        var none = await RunAsync("?sslmode=verify-full");

        Assert.That(configured.Summary, Does.Contain("is signed by 'CN=Somebody else', which the configured "
            + "authorities").And.Contain("do not include"));
        Assert.That(none.Summary, Does.Contain("is signed by 'CN=Somebody else', which is not trusted. "
            + "Name that authority's certificate with sslrootcert=FILE"));
    }

    [Test]
    public async Task RunAsync_AuthorityFileMissingOrUnreadable_IsToldWhichOption()
    {
        await _authority.EnableAsync(_database.Server, _database, "127.0.0.1");
        var text = Path.GetTempFileName();

        var missing = await RunAsync("?sslmode=verify-full&sslrootcert=/nowhere/s3cr3t.pem");
        await File.WriteAllTextAsync(text, "no certificate");
        var unreadable = await RunAsync($"?sslmode=verify-full&sslrootcert={text}");
        File.Delete(text);

        Assert.That(missing.Summary, Does.Contain("certificate file").And.Contain("sslrootcert").And.Not.Contain("s3cr3t"));
        Assert.That(unreadable.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(unreadable.Summary, Does.Contain("sslrootcert").Or.Contain("certificate"));
    }

    private async Task<RunRecord> RunAsync(string query)
    {
        await using var harness = PostgresJobs.Create(_database.Url + query);
        return await harness.RunAsync("""{"job":"refresh-materialized-view","parameters":{"view":"totals"}}""");
    }
}

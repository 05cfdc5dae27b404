using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.Connections;

public sealed class BadConnectionTests
{
    private const string Secret = "s3cr3t-value";

    [TestCase("")]
    [TestCase("postgres://app:s3cr3t-value@127.0.0.1:%PORT%/postgres", "The password for database 'postgres' on 127.0.0.1:%PORT% as user "
        + "'app' is wrong, or there is no such user (28P01). If its secret was rotated, deploy with the new version of the secret; on this "
        + "machine, correct the environment variable DATABASE_URL.")]
    [TestCase("postgres://app:s3cr3t-value@no-such-host.invalid/app", "The host of database 'app' on no-such-host.invalid:5432 as user "
        + "'app' is unknown")]
    [TestCase("postgres://app:s3cr3t-value@127.0.0.1:1/app", "Cannot reach database 'app' on 127.0.0.1:1 as user 'app': ConnectionRefused")]
    [TestCase("postgres://app:s3cr3t-value@127.0.0.1:%PORT%/app?sslmode=require", "No TLS with database 'app'")]
    [TestCase("postgres://app:s3cr3t-value@db.example.org/app?sslmode=disable", "DATABASE_URL allows a connection to 'db.example.org' "
        + "without TLS")]
    [TestCase("postgres://app:s3cr3t-value/x@127.0.0.1/app", "DATABASE_URL is a URL with a character that has to be percent-encoded")]
    [TestCase("postgres://app:a?s3cr3t-value@127.0.0.1/app", "DATABASE_URL is")]
    [TestCase("Host=127.0.0.1;Pasword=s3cr3t-value", "DATABASE_URL has the option 'pasword', which is not known. Did you mean 'Password'?")]
    [TestCase("Host=127.0.0.1;Port=s3cr3t-value", "DATABASE_URL has a value of 'port' that is not a number from 1 to 65535")]
    [TestCase("host=127.0.0.1 port=%PORT% user=app password='s3cr3t-value' dbname=postgres", "The password for database 'postgres' on "
        + "127.0.0.1:%PORT% as user 'app' is wrong")]
    [TestCase("host=127.0.0.1 port=%PORT% user=app password=s3cr3t-value dbname=postgres options='-c "
        + "work_mem=s3cr3t-value'", "The password for database 'postgres' on 127.0.0.1:%PORT% as user 'app' is wrong")]
    [TestCase("Host=127.0.0.1,Password=s3cr3t-value;Database=app", "DATABASE_URL has a host that is neither")]
    [TestCase("postgres://127.0.0.1/app?host=db%20password=s3cr3t-value", "DATABASE_URL is a URL with a character that has to be "
        + "percent-encoded")]
    public async Task RunAsync_BadUrl_SaysWhatToDoAndNeverTheSecret(string url, string expected = "No database is configured. Set the "
        + "environment variable DATABASE_URL")
    {
        var port = $"{PostgresFixture.Server.Port}";
        await using var harness = PostgresJobs.Create(url.Replace("%PORT%", port, StringComparison.Ordinal));

        foreach (var payload in new[] { """{"job":"daily-uptime"}""", """{"job":"refresh-materialized-view","parameters":{"view":"v"}}""" })
        {
            var summary = await harness.RunAsync(payload);
            Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(summary.Summary, Does.StartWith(expected.Replace("%PORT%", port, StringComparison.Ordinal)));
            Assert.That(summary.Summary, Does.Not.Contain(Environment.NewLine));
        }

        Assert.That(string.Join('\n', harness.Logs.Lines), Does.Not.Contain(Secret));
        Assert.That(harness.Runs.Records.Select(summary => summary.ToString()), Has.None.Contains(Secret));
    }

    [Test]
    public async Task RunAsync_NoSuchDatabase_SaysSo()
    {
        await using var harness = PostgresJobs.Create(PostgresFixture.Server.Url("nowhere"));

        var summary = await harness.RunAsync("""{"job":"daily-uptime"}""");

        Assert.That(summary.Summary, Does.StartWith("There is no database 'nowhere' on 127.0.0.1").And.Contain("Create the database"));
    }

    [Test]
    public async Task RunAsync_NoPermission_SaysWhatToGrant()
    {
        await using var database = await TestDatabase.CreateAsync("uptime-schema.sql");
        var role = $"r_{database.Name}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'p'");
        await using var harness = PostgresJobs.Create(PostgresFixture.Server.Url(database.Name, role, "p"));

        var summary = await harness.RunAsync("""{"job":"daily-uptime"}""");

        Assert.That(summary.Summary, Does.Contain("42501").And.Contain("permission denied for table "
            + "contributions_contributiontype").And.Contain("Grant the role what the job's documentation lists"));
        await database.ExecuteAsync($"DROP ROLE {role}");
    }

    [TestCase("Timezone", "UTC,Password=s3cr3t-value")]
    [TestCase("Options", "-c work_mem=4MB,password:s3cr3t-value")]
    public async Task RunAsync_ServerRepeatsAnOption_IsNotQuoted(string keyword, string value)
    {
        await using var harness = PostgresJobs.Create(
            $"Host=127.0.0.1;Port={PostgresFixture.Server.Port};Username=postgres;Password=\"{PostgresFixture.Password}\";Database=postgres;{keyword}={value}");

        var summary = await harness.RunAsync("""{"job":"daily-uptime"}""");

        Assert.That(summary.Summary, Does.StartWith("The server refuses a session with database "
            + "'postgres'").And.Contain("its words are not shown").And.Contain("(22023)"));
        Assert.That(string.Join('\n', harness.Logs.Lines), Does.Not.Contain(Secret));
    }

    [Test]
    public async Task RunAsync_UnknownConnection_ListsTheConfiguredOnes()
    {
        await using var harness = PostgresJobs.Create(
            "postgres://u:s3cr3t-value@localhost/x", null, null, ("DATABASE_URL_SCANNER", "postgres://u:s3cr3t-value@localhost/y"));

        var summary = await harness.RunAsync("""{"job":"daily-uptime","parameters":{"connection":"scaner"}}""");

        Assert.That(summary.Summary, Does.Contain("DATABASE_URL_SCANER").And.Contain("use one of: scanner").And.Not.Contain(Secret));
    }
}

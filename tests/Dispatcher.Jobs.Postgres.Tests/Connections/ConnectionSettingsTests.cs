using Dispatcher.Failures;
using Dispatcher.Jobs.Postgres.Connections;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    [TestCase("postgres://app:p%40ss%2Fword@db.example.org:6543/main", "Host=db.example.org;Port=6543;Username=app;Database=main;SSL Mode=Require")]
    [TestCase("postgresql://app@localhost/main", "Host=localhost;Port=5432;Username=app;Database=main;SSL Mode=Prefer")]
    [TestCase("postgres://app:p@[::1]/main?connect_timeout=7", "Host=::1;Timeout=7;SSL Mode=Prefer")]
    [TestCase("postgres:///main?host=/var/run/postgresql", "Host=/var/run/postgresql;Database=main;SSL Mode=Prefer")]
    [TestCase("postgres://a:b@db/x?sslmode=verify-full", "SSL Mode=VerifyFull")]
    [TestCase("postgres://a:b@db/x?sslrootcert=/etc/rds.pem", "SSL Mode=VerifyFull;Root Certificate=/etc/rds.pem")]
    [TestCase("Host=db.example.org;Username=app;Password=x;Database=main", "Host=db.example.org;SSL Mode=Require")]
    [TestCase("Host=127.0.0.1;Username=app", "SSL Mode=Prefer")]
    [TestCase("Host=db;Username=app;SSL Mode=VerifyCA", "SSL Mode=VerifyCA")]
    public void Read_Url_BecomesTheConnection(string text, string expected)
    {
        var actual = Parse(text);

        var parts = new NpgsqlConnectionStringBuilder(expected);
        foreach (var key in expected.Split(';').Select(part => part.Split('=')[0]))
        {
            Assert.That(actual[key], Is.EqualTo(parts[key]), key);
        }
    }

    [TestCase("postgres://u:s3cr3t@db/x?sslmode=disable")]
    [TestCase("postgres://u:s3cr3t@db/x?sslmode=prefer")]
    [TestCase("Host=db;Username=u;Password=s3cr3t;SSL Mode=Allow")]
    [TestCase("Host=localhost,db;Username=u;Password=s3cr3t;SSL Mode=Disable")]
    public void Read_RemoteHostWithoutTls_IsRefused(string text) =>
        Assert.That(() => Parse(text), Throws.InstanceOf<PermanentJobException>().With.Message.Contains("without TLS").And.Message.Not.Contains("s3cr3t"));

    [TestCase("postgres://u:s3cr3t@db/x?sslmod=require")]
    [TestCase("postgres://u:s3#cr3t@db/x?s3cr3t=1")]
    [TestCase("postgres://u:pa?s3cr3t@db/x")]
    [TestCase("postgres://u:s3cr3t/x@db/x")]
    [TestCase("postgres://u:p@db/x?connect_timeout=s3cr3t")]
    [TestCase("postgres://u:p@db/x?sslmode=s3cr3t")]
    [TestCase("Host=db;Nonsense=s3cr3t")]
    [TestCase("Host=db;Timeout=s3cr3t")]
    [TestCase("s3cr3t")]
    public void Read_CannotBeParsed_SaysSoWithoutTheText(string text)
    {
        var exception = Assert.Throws<PermanentJobException>(() => Parse(text))!;

        Assert.That(exception.ToString(), Does.Contain("DATABASE_URL").And.Not.Contain("s3cr3t"));
    }

    [Test]
    public void Read_RdsVariables_AreAllNamedWhenMissing() =>
        Assert.That(
            () => Read(null, ("RDS_PROXY_ENDPOINT", "proxy.example.org"), ("RDS_PORT", "x")),
            Throws.InstanceOf<PermanentJobException>().With.Message.Contains("RDS_DBNAME").And.Message.Contains("RDS_USERNAME")
                .And.Message.Contains("RDS_PASSWORD").And.Message.Contains("RDS_PORT is 'x'"));

    [Test]
    public void Read_UrlAndRdsVariables_TheUrlCounts() =>
        Assert.That(
            Read(null, ("DATABASE_URL", "postgres://u@localhost/a"), ("RDS_PROXY_ENDPOINT", "proxy")).Description,
            Is.EqualTo("database 'a' on localhost:5432 as user 'u'"));

    [Test]
    public void Parse_EscapedPassword_IsReadAndNeverShownByTheDataSource()
    {
        const string Url = "postgres://app:p%40ss%2Fword@localhost/main";

        Assert.That(DatabaseUrl.Parse(Url, "DATABASE_URL").Password, Is.EqualTo("p@ss/word"));
        Assert.That(Parse(Url).Password, Is.Null);
    }

    [TestCase("localhost", true)]
    [TestCase("LOCALHOST", true)]
    [TestCase("127.8.9.10", true)]
    [TestCase("::1", true)]
    [TestCase("/var/run/postgresql", true)]
    [TestCase("localhost:5433,127.0.0.1:5434", true)]
    [TestCase("localhost,db.example.org", false)]
    [TestCase("10.0.0.1", false)]
    [TestCase("localhost.example.org", false)]
    [TestCase("127.example.org", false)]
    public void IsLocal_Host_IsThisMachineOrNot(string host, bool expected) => Assert.That(TransportSecurity.IsLocal(host), Is.EqualTo(expected));

    [Test]
    public void NameSession_LongJob_GivesWayToTheRun()
    {
        var run = Guid.Empty.ToString();

        Assert.That(ConnectionSettings.NameSession("refresh-materialized-view", run), Is.EqualTo($"refresh-materialized-view {run}"));
        Assert.That(ConnectionSettings.NameSession(new string('x', 80), run), Has.Length.EqualTo(63).And.EndsWith(run));
    }

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        using var source = Read(null, ("DATABASE_URL", text)).CreateDataSource("job", "run");
        return new NpgsqlConnectionStringBuilder(source.ConnectionString);
    }

    private static ConnectionSettings Read(string? connection, params (string Key, string Value)[] settings) => ConnectionSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))).Build(),
        connection);
}

using Dispatcher.Postgres.Connections;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatcher.Postgres.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    [TestCase("postgres://app:p%40ss%2Fword@db.example.org:6543/main", "Host=db.example.org;Port=6543;Username=app;Database=main;SSL "
        + "Mode=Require")]
    [TestCase("postgresql://app@localhost/main", "Host=localhost;Port=5432;Username=app;Database=main;SSL Mode=Prefer")]
    [TestCase("postgres://app:p@[::1]/main?connect_timeout=7", "Host=::1;Timeout=7;SSL Mode=Prefer")]
    [TestCase("postgres:///main?host=/var/run/postgresql", "Host=/var/run/postgresql;Database=main;SSL Mode=Disable")]
    [TestCase("postgres://app@/main?host=/var/run/postgresql", "Host=/var/run/postgresql;Username=app;Database=main")]
    [TestCase("postgres://app@%2Fvar%2Frun%2Fpostgresql/main", "Host=/var/run/postgresql;Username=app;Database=main")]
    [TestCase("postgres://a:b@db/x?sslmode=verify-full", "SSL Mode=VerifyFull")]
    [TestCase("postgres://a:b@db/x?sslrootcert=/etc/rds.pem", "SSL Mode=VerifyFull;Root Certificate=/etc/rds.pem")]
    [TestCase("postgres://a:b@db/x?sslmode=require&sslrootcert=/etc/rds.pem", "SSL Mode=VerifyCA;Root Certificate=/etc/rds.pem")]
    [TestCase("postgres://a:b@db/x?sslrootcert=system", "SSL Mode=VerifyFull;Root Certificate=")]
    [TestCase("postgres://db/x?user=a&password=b&channel_binding=require", "Host=db;Username=a;Channel Binding=Require")]
    [TestCase("postgres://a:b@db/x?options=-c%20search_path%3Dapp", "Options=-c search_path=app")]
    [TestCase("postgres://a:b@db/x?keepalives=1&keepalives_idle=30&keepalives_interval=5&keepalives_count=3", "TCP Keepalive Time=30;TCP "
        + "Keepalive Interval=5")]
    [TestCase("Host=db.example.org;Username=app;Password=x;Database=main", "Host=db.example.org;SSL Mode=Require")]
    [TestCase("Host=127.0.0.1;Username=app", "SSL Mode=Prefer")]
    [TestCase("Host=db;Username=app;SSL Mode=VerifyCA", "SSL Mode=VerifyCA")]
    [TestCase("Server=db:6543;User Id=app;Pwd=\"a;b\";DB=main", "Host=db;Port=6543;Username=app;Database=main")]
    [TestCase("host=db port=6543 user=app password=x dbname=main", "Host=db;Port=6543;Username=app;Database=main;SSL Mode=Require")]
    [TestCase("host = db user= app dbname ='my app' sslmode=verify-full", "Host=db;Username=app;Database=my app;SSL Mode=VerifyFull")]
    [TestCase("host=db password=a;b dbname=main", "Host=db;Database=main")]
    [TestCase("postgres://a:b@db1,db2/x", "Host=db1,db2;Port=5432;SSL Mode=Require")]
    [TestCase("postgres://a:b@db1:6001,db2:6002/x", "Host=\"db1:6001,db2:6002\"")]
    [TestCase("postgres://a:b@db1:6001,db2/x", "Host=\"db1:6001,db2:5432\"")]
    [TestCase("postgres://a:b@[::1]:6001,[2001:db8::1]:6002/x", "Host=\"[::1]:6001,[2001:db8::1]:6002\"")]
    [TestCase("postgres://a:b@[::1],[2001:db8::1]/x", "Host=\"::1,2001:db8::1\"")]
    [TestCase("postgres://a:b@db1,,db3/x?port=6000", "Host=\"db1,localhost,db3\";Port=6000")]
    [TestCase("postgres:///x?host=/run/a,/run/b&port=1,2", "Host=\"/run/a:1,/run/b:2\"")]
    [TestCase("postgres://a:b@%2Frun%2Fa,%2Frun%2Fb/x", "Host=\"/run/a,/run/b\";SSL Mode=Disable")]
    [TestCase("postgres://a:b@localhost,db/x", "Host=\"localhost,db\";SSL Mode=Require")]
    [TestCase("postgres://a:b@localhost,127.0.0.1,[::1]/x", "SSL Mode=Prefer")]
    [TestCase("host=db1,db2 port=6001,6002", "Host=\"db1:6001,db2:6002\"")]
    [TestCase("host=db1,db2 port=6001", "Host=\"db1,db2\";Port=6001")]
    [TestCase("host=db1,db2 port=,6002", "Host=\"db1:5432,db2:6002\"")]
    [TestCase("host=db, password=x", "Host=\"db,localhost\"")]
    [TestCase("Host=db1,db2:6002;Port=6001;Password=x", "Host=\"db1:6001,db2:6002\"")]
    [TestCase("postgres://a:b@db1,db2/x?target_session_attrs=read-write", "Host=\"db1,db2\"")]
    [TestCase("postgres://a:b@db/x?target_session_attrs=any", "Host=db")]
    [TestCase("Host=db1,db2;Password=x;Target Session Attributes=Prefer-Standby;Load Balance Hosts=false", "Host=\"db1,db2\"")]
    [TestCase("host=/cloudsql/project:region:name user=a dbname=x", "Host=/cloudsql/project:region:name;SSL Mode=Disable")]
    [TestCase("host=/run/a sslmode=verify-full sslnegotiation=direct", "Host=/run/a;SSL Mode=Disable")]
    [TestCase("hostaddr=10.1.2.3 user=a", "Host=10.1.2.3;SSL Mode=Require")]
    [TestCase("postgres://a:b@db/x?ssl=true", "SSL Mode=Require")]
    [TestCase("postgres://a:b@db/x?sslrootcert=system&sslmode=verify-full", "SSL Mode=VerifyFull")]
    [TestCase("postgres://a:b@db/x?keepalives=0", "TCP Keepalive=false")]
    [TestCase("postgres://a:b@db/x?keepalives_interval=5", "TCP Keepalive Time=7200;TCP Keepalive Interval=5")]
    [TestCase("postgres://a:b@db/x?keepalives_idle=0&tcp_user_timeout=100&connect_timeout=-1", "TCP Keepalive Time=0;Timeout=0")]
    [TestCase("host=db require_auth=scram-sha-256,md5", "Require Auth=\"ScramSHA256,MD5\"")]
    [TestCase("host=db require_auth=!password,!md5", "Require Auth=\"!Password,!MD5\"")]
    [TestCase("postgres://a:b@db/x?passfile=/etc/pass&sslnegotiation=direct", "Passfile=/etc/pass;SSL Negotiation=Direct")]
    [TestCase("postgres://a@db/x?gssencmode=disable&client_encoding=UNICODE", "GSS Encryption Mode=Disable")]
    [TestCase("host=db port='' user='' dbname=''", "Host=db;Port=5432")]
    public void Read_KnownForm_BecomesTheConnection(string text, string expected)
    {
        var actual = Parse(text);

        var parts = new NpgsqlConnectionStringBuilder(expected);
        foreach (var key in expected.Split(';').Select(part => part.Split('=')[0]))
        {
            Assert.That(actual[key], Is.EqualTo(parts[key]), key);
        }
    }

    [TestCase(@"host=db user=jobs password='a b\'c\\d' dbname=app", @"a b'c\d")]
    [TestCase(@"host=db password=a\ b\'c user=jobs", "a b'c")]
    [TestCase("host=db password='' user=jobs", null)]
    [TestCase("host=db password=a=b user=jobs", "a=b")]
    [TestCase("password='x;Host=y' host=db", "x;Host=y")]
    [TestCase("postgres://jobs:a%3Ab%40c%2Fd%3Fe%23f%25g@db/app", "a:b@c/d?e#f%g")]
    [TestCase("postgres://jobs:a:b+c@db/app", "a:b+c")]
    [TestCase("Host=db;Password='a;b=c';Username=jobs", "a;b=c")]
    public void Parse_Password_IsReadByTheRulesOfItsForm(string text, string? expected) =>
        Assert.That(ConnectionString.Parse(text, "DATABASE_URL").Builder.Password, Is.EqualTo(expected));

    [TestCase("postgres://u:s3cr3t@db/x?sslmode=disable")]
    [TestCase("postgres://u:s3cr3t@db/x?sslmode=prefer")]
    [TestCase("Host=db;Username=u;Password=s3cr3t;SSL Mode=Allow")]
    [TestCase("host=db user=u password=s3cr3t sslmode=disable")]
    public void Read_RemoteHostWithoutTls_IsRefused(string text) =>
        Assert.That(
            () => Parse(text),
            Throws.InstanceOf<PermanentJobException>().With.Message.Contains("without TLS").And.Message.Not.Contains("s3cr3t"));

    [TestCase("postgres://u:s3cr3t@db/x?sslmod=require", "the option 'sslmod', which is not known. Did you mean 'sslmode'?")]
    [TestCase("postgres://u:s3cr3t@db/x?user=u&pasword=s3cr3t", "'pasword', which is not known. Did you mean 'password'?")]
    [TestCase("postgres://u:pw@db/x?user=u&s3cr3tword=1", "an option that is not known, option 6 of it. Known options: application_name")]
    [TestCase("postgres://u:s3cr3t@db/x?service=s3cr3t", "'service', which is not supported: a function has no such file")]
    [TestCase("host=db password=s3cr3t servicefile=s3cr3t", "'servicefile', which is not supported")]
    [TestCase("host=db password=s3cr3t requirepeer=s3cr3t", "'requirepeer', which is not supported: the driver")]
    [TestCase("host=db password=s3cr3t oauth_client_secret=s3cr3t", "'oauth_client_secret', which is not supported")]
    [TestCase("postgres://u:s3cr3t@db/x?pgbouncer=true", "'pgbouncer', which is not supported: another driver reads it")]
    [TestCase("postgres://u:s3cr3t@db/x?schema=s3cr3t", "'schema', which is not supported: write options=-csearch_path%3DNAME")]
    [TestCase("postgres://u:s3cr3t@db/x?ssl=s3cr3t", "'ssl', which is not supported: only ssl=true")]
    [TestCase("postgres://u:s3cr3t@db1,db2/x?port=1,2,3", "2 hosts and 3 ports")]
    [TestCase("postgres://u:s3cr3t@/x?port=1,2", "1 host and 2 ports")]
    [TestCase("postgres://u:s3cr3t@db1,db2:s3cr3t/x", "'port' that is not a number")]
    [TestCase("postgres://u:s3cr3t@[::1,db/x", "has a host")]
    [TestCase("postgres://u:s3cr3t@[::zz]/x", "has a host")]
    [TestCase("host=db1,'s3cr3t", "has a host")]
    [TestCase("host=/run/a:,/run/b password=s3cr3t", "a Unix socket with ':' in its path among several hosts")]
    [TestCase("host=db1,pass=s3cr3t", "has a host")]
    [TestCase("host=db hostaddr=10.0.0.1 password=s3cr3t", "both host and hostaddr")]
    [TestCase("postgres://u:s3cr3t@db/x?sslrootcert=system&sslmode=require", "weaker sslmode than verify-full")]
    [TestCase("postgres://u:s3cr3t@db/x?sslmode=require&sslrootcert=system", "weaker sslmode than verify-full")]
    [TestCase("postgres://u:s3cr3t@db/x?target_session_attrs=s3cr3t", "target_session_attrs that is not known")]
    [TestCase("postgres://u:s3cr3t@db/x?load_balance_hosts=s3cr3t", "neither disable nor random")]
    [TestCase("postgres://u:s3cr3t@db/x?require_auth=s3cr3t", "require_auth that is not known")]
    [TestCase("postgres://u:s3cr3t@db/x?client_encoding=s3cr3t", "client_encoding other than UTF8")]
    [TestCase("postgres://u:s3cr3t@db/x?keepalives=s3cr3t", "'keepalives' that is not a whole number")]
    [TestCase("Host=db;Password=s3cr3t;Load Balance Hosts=s3cr3t", "'Load Balance Hosts' that is neither")]
    [TestCase("postgres://u:s3cr3t@db/x?s3cr3t", "no '='")]
    [TestCase("postgres://u:s3#cr3t@db/x?s3cr3t=1", "percent-encoded")]
    [TestCase("postgres://u:pa?s3cr3t@db/x", "no '='")]
    [TestCase("postgres://u:s3cr3t/x@db/x", "percent-encoded")]
    [TestCase("postgres://u:12/s3cr3t@db", "percent-encoded")]
    [TestCase("postgres://u:p@s3cr3t@db/x", "percent-encoded")]
    [TestCase("postgres://u:s3cr3t%zz@db/x", "hexadecimal")]
    [TestCase("postgres://u:s3cr3t@db/x?host=db%20password=s3cr3t", "percent-encoded")]
    [TestCase("postgres://u:p@db/x?host=db%20password%3Ds3cr3t", "has a host")]
    [TestCase("postgres:u:s3cr3t@db/x", "'//'")]
    [TestCase("postgres:/u:s3cr3t@db/x", "'//'")]
    [TestCase("postgres://u:p@db/x?connect_timeout=s3cr3t", "connect_timeout")]
    [TestCase("postgres://u:p@db/x?sslmode=s3cr3t", "sslmode")]
    [TestCase("Host=db;Nonsense=s3cr3t", "an option that is not known")]
    [TestCase("Host=db;Timeout=s3cr3t", "'Timeout'")]
    [TestCase("Host=db,Password=s3cr3t;Database=app", "has a host")]
    [TestCase("Host=db;Database=app Password=s3cr3t", "has a database")]
    [TestCase("Host=db:s3cr3t;Database=app", "has a host")]
    [TestCase("host=db user=jobs,password=s3cr3t", "has a user")]
    [TestCase("host=db user='jobs password=s3cr3t", "quoted value")]
    [TestCase("host=db user='jobs'password=s3cr3t", "quoted value")]
    [TestCase("host=db user jobs password=s3cr3t", "keywords")]
    [TestCase("{\"username\":\"u\",\"password\":\"s3cr3t\"}", "Secrets Manager")]
    [TestCase("s3cr3t", "keywords")]
    public void Read_CannotBeParsed_SaysSoWithoutTheText(string text, string expected)
    {
        var exception = Assert.Throws<PermanentJobException>(() => Parse(text))!;

        Assert.That(exception.ToString(), Does.Contain("DATABASE_URL").And.Contain(expected).And.Not.Contain("s3cr3t"));
    }

    [Test]
    public void Read_RdsVariables_AreAllNamedWhenMissing() =>
        Assert.That(
            () => Read(null, ("RDS_PROXY_ENDPOINT", "proxy.example.org"), ("RDS_PORT", "s3cr3t")),
            Throws.InstanceOf<PermanentJobException>().With.Message.Contains("RDS_DBNAME").And.Message.Contains("RDS_USERNAME")
                .And.Message.Contains("RDS_PASSWORD").And.Message.Contains("RDS_PORT has").And.Message.Not.Contains("s3cr3t"));

    [Test]
    public void Read_UrlAndRdsVariables_TheUrlCounts() =>
        Assert.That(
            Read(null, ("DATABASE_URL", "postgres://u:pw@localhost/a"), ("RDS_PROXY_ENDPOINT", "proxy")).Description,
            Is.EqualTo("database 'a' on localhost:5432 as user 'u'"));

    [TestCase("postgres://app:p%40ss%2Fword@localhost/main")]
    [TestCase("host=localhost user=app password='p@ss/word'")]
    public void CreateDataSource_Password_IsNeverShown(string text) => Assert.That(Parse(text).Password, Is.Null);

    [TestCase("postgres://jobs:pw@db/app", "database 'app' on db:5432 as user 'jobs'")]
    [TestCase("postgres://jobs%40server:pw@db/app", "database 'app' on db:5432 as user 'jobs@server'")]
    [TestCase("postgres://jobs%3As3cr3t@db/app", "database 'app' on db:5432 as the user that is configured")]
    [TestCase("postgres://s3cr3t@db/app", "database 'app' on db:5432 as the user that is configured")]
    [TestCase("postgres://jobssecret@db/app", "database 'app' on db:5432 as the user that is configured")]
    [TestCase("postgres://app@db/app", "database 'app' on db:5432 as user 'app'")]
    [TestCase("host=db user=jobs:s3cr3t dbname=app", "database 'app' on db:5432 as the user that is configured")]
    [TestCase("postgres://jobs:pw@db1,db2:6000/app", "database 'app' on db1:5432, db2:6000 as user 'jobs'")]
    [TestCase("postgres://db1,s3cr3t/app", "database 'app' on 2 hosts as the default user")]
    [TestCase("postgres://jobs:pw@[::1]/app", "database 'app' on [::1]:5432 as user 'jobs'")]
    [TestCase("host=/run/x:s3cr3t dbname=app user=app", "database 'app' on the host that is configured as user 'app'")]
    [TestCase("host=db dbname='my app'", "the database that is configured on db:5432 as the default user")]
    public void Description_Name_IsShownOnlyIfItIsPlain(string text, string expected) =>
        Assert.That(Read(null, ("DATABASE_URL", text)).Description, Is.EqualTo(expected));

    [Test]
    public void Servers_LoadBalanced_AreTheSameInAnotherOrder()
    {
        var hosts = string.Join(',', Enumerable.Range(0, 40).Select(index => $"db{index}"));
        var orders = Enumerable.Range(0, 3).Select(_ => Parse($"postgres://a:b@{hosts}/x?load_balance_hosts=random").Host!).ToList();

        Assert.That(orders.Select(order => order.Split(',').Order()), Is.All.EquivalentTo(hosts.Split(',')));
        Assert.That(orders.Append(hosts).Distinct(), Has.Exactly(4).Items);
        Assert.That(Parse($"postgres://a:b@{hosts}/x?load_balance_hosts=disable").Host, Is.EqualTo(hosts));
    }

    [TestCase("localhost", true)]
    [TestCase("LOCALHOST", true)]
    [TestCase("127.8.9.10", true)]
    [TestCase("::1", true)]
    [TestCase("/var/run/postgresql", true)]
    [TestCase("10.0.0.1", false)]
    [TestCase("localhost.example.org", false)]
    [TestCase("127.example.org", false)]
    public void IsLocal_Host_IsThisMachineOrNot(string host, bool expected) =>
        Assert.That(ServerAddress.Parse(host, null).IsLocal, Is.EqualTo(expected));

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
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair =>
            new KeyValuePair<string, string?>(pair.Key, pair.Value))).Build(),
        connection);
}

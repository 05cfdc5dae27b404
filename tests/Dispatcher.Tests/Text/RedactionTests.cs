using Dispatcher.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Tests.Text;

public sealed class RedactionTests
{
    private const string Secret = "s3cr3tPl4nt";

    [TestCase("daily-uptime", "daily-uptime")]
    [TestCase("2026-11-22T03:00:00Z", "2026-11-22T03:00:00Z")]
    [TestCase("reporting.job_progress", "reporting.job_progress")]
    [TestCase("arn:aws:s3:eu-central-1:123456789012:accesspoint/audit", "arn:aws:s3:eu-central-1:123456789012:accesspoint/audit")]
    [TestCase("cron(0 6 ? * MON-FRI *)", "cron(0 6 ? * MON-FRI *)")]
    [TestCase("someone@example.com", "someone@example.com")]
    [TestCase("https://example.com:8443/hook/x", "https://example.com:8443/hook/x")]
    [TestCase("s3://audit", "s3://audit")]
    [TestCase("https://example.com/hook?token=abc&abc#abc", "https://example.com/hook?token=***&***")]
    [TestCase("https://user:pass@example.com/", "***")]
    [TestCase("user:pass@example.com", "***")]
    [TestCase("https:/user:pass@example.com", "***")]
    [TestCase("https:\\/\\/user:pass@example.com", "***")]
    [TestCase("postgres://jobs:a b@db/app", "***")]
    [TestCase("host=db password=x", "***")]
    [TestCase("Host=db,Pwd=x", "***")]
    [TestCase("Data Source=db;User Id=x", "***")]
    [TestCase("Authorization: Bearer abc", "***")]
    [TestCase("Bearer abc", "***")]
    [TestCase("""{"password":"x"}""", "***")]
    [TestCase("https://${Host}/hook", "*** with ${Host}")]
    [TestCase("https://${Host}/${Stage.Name}", "*** with ${Host}, ${Stage.Name}")]
    [TestCase("https://example.com/hook#abc", "https://example.com/hook")]
    [TestCase("https://example.com/hook?a=1#abc", "https://example.com/hook?a=***")]
    [TestCase("https://example.com/hook?=abc", "https://example.com/hook?***")]
    [TestCase("https://example.com/hook?k3y=abc&name=", "https://example.com/hook?***&name=***")]
    [TestCase("https://example.com/hook#?abc", "https://example.com/hook")]
    [TestCase("https://example.com/hook?", "https://example.com/hook")]
    [TestCase("ftp://user?abc", "***")]
    [TestCase("ftp://example.com/a?abc", "***")]
    [TestCase("ftp://example.com/a#abc", "ftp://example.com/a")]
    [TestCase("a\nb", @"a\nb")]
    [TestCase("backup --password=abc", "***")]
    [TestCase("backup --token abc", "***")]
    [TestCase("AKIAIOSFODNN7EXAMPLE", "***")]
    [TestCase("backup --keep 7", "backup --keep 7")]
    public void Value_OfASetting_ShowsOnlyWhatIsHarmless(string value, string expected) =>
        Assert.That(Redaction.Value(value), Is.EqualTo(expected));

    [TestCase("/hook?token=abc", UriKind.Relative, "***")]
    [TestCase("mailto:", UriKind.Absolute, "***")]
    [TestCase("https://user:pass@example.com/hook?token=abc&abc#abc", UriKind.Absolute, "https://example.com/hook?token=***&***")]
    [TestCase("https://example.com/hook?", UriKind.Absolute, "https://example.com/hook")]
    [TestCase("ftp://example.com/a?abc", UriKind.Absolute, "***")]
    [TestCase("https://example.com/?#abc", UriKind.Absolute, "https://example.com/")]
    [TestCase("https://pass/@example.com", UriKind.Absolute, "https://***@example.com")]
    [TestCase("https://user/pass/@example.com/hook?token=abc", UriKind.Absolute, "https://***@example.com/hook?token=***")]
    [TestCase("https://example.com/%40name?to=a@b", UriKind.Absolute, "https://example.com/%40name?to=***")]
    public void Url_Parsed_ShowsOnlyWhatIsHarmless(string url, UriKind kind, string expected) =>
        Assert.That(Redaction.Url(new Uri(url, kind)), Is.EqualTo(expected));

    [Test]
    public void Value_Long_IsTruncated() => Assert.That(Redaction.Value(new string('a', 5000)), Has.Length.EqualTo(81).And.EndsWith("…"));

    [Test]
    public void Value_MegabytesOfOneLetter_AreNotSearchedThrough() =>
        Assert.That(Redaction.Value(new string('a', 50_000_000)), Has.Length.EqualTo(81));

    [TestCase("connect to https://user:pass@example.com/x failed", "connect to https://***@example.com/x failed")]
    [TestCase("GET https://example.com/x?sig=abc failed", "GET https://example.com/x?*** failed")]
    [TestCase("GET https://example.com/x?token=***&*** failed", "GET https://example.com/x?token=***&*** failed")]
    [TestCase("GET https://example.com/x?token=***, then", "GET https://example.com/x?token=***, then")]
    [TestCase("keyword 'Password=abc' is wrong", "keyword 'Password=***' is wrong")]
    [TestCase("password='a b' host=x", "password=*** host=x")]
    [TestCase("the header Authorization: abc, was refused", "the header Authorization: ***, was refused")]
    [TestCase("Permission denied for relation x", "Permission denied for relation x")]
    [TestCase("backup --password=abc --host db", "backup --password=*** --host db")]
    [TestCase("backup --password abc --host db", "backup --password *** --host db")]
    [TestCase("backup --db-password 'a b' --host db", "backup --db-password *** --host db")]
    [TestCase("command [backup, --token, abc, --host, db]", "command [backup, --token, ***, --host, db]")]
    [TestCase("[\"backup\",\"--api-key\",\"abc\"]", "[\"backup\",\"--api-key\",\"***\"]")]
    [TestCase("backup --password=p@ss:w/rd --host db", "backup --password=*** --host db")]
    [TestCase("docker run -e TOKEN=abc -e A=b app", "docker run -e TOKEN=*** -e A=b app")]
    [TestCase("PGPASSWORD=abc psql -h db", "PGPASSWORD=*** psql -h db")]
    [TestCase("AWS_SECRET_ACCESS_KEY=abc/def run", "AWS_SECRET_ACCESS_KEY=*** run")]
    [TestCase("curl -u jobs:abc https://example.com/", "curl -u *** https://example.com/")]
    [TestCase("curl --user 'jobs:a b' x", "curl --user '*** b' x")]
    [TestCase("rsync jobs:abc@db.example.com x", "rsync jobs:*** x")]
    [TestCase("image app@sha256:0123 and app:v1@sha256:0123", "image app@sha256:0123 and app:v1@sha256:0123")]
    [TestCase("kwargs {\"password\": \"abc\", \"a\": \"b\"}", "kwargs {\"password\": ***, \"a\": \"b\"}")]
    [TestCase("kwargs {'password': 'abc', 'a': 'b'}", "kwargs {'password': ***, 'a': 'b'}")]
    [TestCase("body {\\\"token\\\":\\\"abc\\\",\\\"a\\\":1}", "body {\\\"token\\\":***,\\\"a\\\":1}")]
    [TestCase("pin {\"password\":1234}", "pin {\"password\":***}")]
    [TestCase("sent Authorization: Bearer abc.def and more", "sent Authorization: Bearer *** and more")]
    [TestCase("sent Bearer abc.def", "sent Bearer ***")]
    [TestCase("uses AKIAIOSFODNN7EXAMPLE now", "uses *** now")]
    [TestCase("uses ghp_0123456789abcdefghijklmnop now", "uses *** now")]
    [TestCase("uses eyJhbGciOiJI.eyJzdWIiOiIx.abc-def now", "uses *** now")]
    [TestCase("Parameter 'password' is missing. Give it.", "Parameter 'password' is missing. Give it.")]
    [TestCase("Parameter 'secret': it must be a name.", "Parameter 'secret': it must be a name.")]
    [TestCase("the password of Basic authentication", "the password of Basic authentication")]
    [TestCase("wrote --password-file FILE", "wrote --password-file FILE")]
    [TestCase("s3://media/uploads/me@example.com?x#y.mp4 is locked", "s3://media/uploads/me@example.com?x#y.mp4 is locked")]
    [TestCase("hash key 'id', sort key 'day'", "hash key 'id', sort key 'day'")]
    [TestCase("arn:aws:sts::123456789012:assumed-role/jobs/me@corp", "arn:aws:sts::123456789012:assumed-role/jobs/me@corp")]
    [TestCase("password authentication failed for user \"jobs\"", "password authentication failed for user \"jobs\"")]
    public void Sentence_OfALibrary_MasksWhatItQuotes(string text, string expected) =>
        Assert.That(Redaction.Sentence(text), Is.EqualTo(expected));

    [TestCase("password", true)]
    [TestCase("dbPassword", true)]
    [TestCase("API_TOKEN", true)]
    [TestCase("tokens", true)]
    [TestCase("x-api-key", true)]
    [TestCase("Authorization", true)]
    [TestCase("X-Amz-Signature", true)]
    [TestCase("session_id", true)]
    [TestCase("sessionId", true)]
    [TestCase("sessions", false)]
    [TestCase("key", false)]
    [TestCase("hashKey", false)]
    [TestCase("routingKey", false)]
    [TestCase("tokenizer", false)]
    [TestCase("author", false)]
    public void AnnouncesSecret_Name_IsJudgedByItsEnd(string name, bool expected) =>
        Assert.That(Redaction.AnnouncesSecret(name), Is.EqualTo(expected));

    [TestCase("tokens", true)]
    [TestCase("proxyAuth", true)]
    [TestCase("sharedKey", true)]
    [TestCase("hashKey", true)]
    [TestCase("key", true)]
    [TestCase("db password", true)]
    [TestCase("db/password", true)]
    [TestCase("keyword", false)]
    [TestCase("author", false)]
    [TestCase("user", false)]
    public void MayAnnounceSecret_Name_IsJudgedByItsEnd(string name, bool expected) =>
        Assert.That(Redaction.MayAnnounceSecret(name), Is.EqualTo(expected));

    [TestCase("reports.tasks.build", true)]
    [TestCase("täglich-7", true)]
    [TestCase("nightly:12", true)]
    [TestCase("user:s3cr3tPl4nt", false)]
    [TestCase("nightly:12:3", false)]
    [TestCase("api-token:12", false)]
    [TestCase("a b", false)]
    [TestCase("", false)]
    public void IsName_Text_IsANameWithAtMostARevision(string text, bool expected) =>
        Assert.That(Redaction.IsName(text), Is.EqualTo(expected));

    [TestCase("tokens", "abc", "***")]
    [TestCase("sharedKey", "abc", "***")]
    [TestCase("user", "abc", "***")]
    [TestCase("day", "abc", "abc")]
    [TestCase("day", "Bearer abc", "***")]
    [TestCase("day", "https://example.com/?a=b", "***")]
    [TestCase("-u", "admin:abc", "***")]
    public void Value_OfAName_IsMaskedByItsNameOrByItself(string name, string value, string expected) =>
        Assert.That(Redaction.Value(name, value), Is.EqualTo(expected));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property Value_ConnectionStringsAndUrls_NeverShowTheSecret() => Prop.ForAll(
        SecretTexts.WithSecret(Secret).ToArbitrary(),
        static text => !Redaction.Value(text).Contains(Secret, StringComparison.OrdinalIgnoreCase));
}

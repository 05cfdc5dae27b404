using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Tests.Text;

/// <summary>
/// Connection strings, URLs and headers that hold a secret, in every known form, with wrong separators, missing parts and odd quoting.
/// </summary>
internal static class SecretTexts
{
    private static readonly Gen<string> Separator = Gen.Elements(" ", ";", ",", "; ", "&", "\n", "  ", "\t");
    private static readonly Gen<string> Equal = Gen.Elements("=", " = ", "= ", "%3D=");
    private static readonly Gen<string> Quote = Gen.Elements("", "", "", "'", "\"", "\\'");
    private static readonly Gen<string> Scheme =
        Gen.Elements("postgres://", "postgresql://", "https://", "http://", "https:/", "https:\\/\\/", "amqp://", "redis://", "s3://",
            "HTTPS://", "");

    private static readonly Gen<string> Host = Gen.Elements("db", "db.example.com", "127.0.0.1", "[::1]", "db:5432", "db, db2", "d b", "");

    /// <summary>Makes texts that hold a secret.</summary>
    /// <param name="secret">The secret.</param>
    public static Gen<string> WithSecret(string secret) => Gen.OneOf(ConnectionString(secret), Url(secret), Header(secret));

    private static Gen<string> ConnectionString(string secret) =>
        from password in Gen.Elements("password", "Password", "PWD", "pass", "passfile password")
        from equal in Equal
        from quote in Quote
        from closing in Quote
        from host in Gen.Elements("host=db", "Host=db", "Server=db", "hostaddr=127.0.0.1", "Data Source=db", "db", "")
        from user in Gen.Elements("user=jobs", "Username=jobs", "User Id=jobs", "uid=jobs", "")
        from separator in Separator
        from other in Separator
        from prefix in Gen.Elements("", "?", "jdbc:", "'", "{")
        select $"{prefix}{host}{separator}{user}{other}{password}{equal}{quote}{secret}{closing}{separator}dbname=app";

    private static Gen<string> Url(string secret) =>
        from scheme in Scheme
        from user in Gen.Elements("jobs", "", "jo bs", "jobs%40corp", "a@b")
        from colon in Gen.Elements(":", "::", "%3A:")
        from noise in Gen.Elements("", "@", "/", "#", "?", "%", "%zz", " ", "\\", "[")
        from host in Host
        from tail in Gen.Elements("", "/app", "/app?sslmode=require", "?x=1", "/a b")
        select $"{scheme}{user}{colon}{noise}{secret}@{host}{tail}";

    private static Gen<string> Header(string secret) =>
        from text in Gen.Elements(
            "Authorization: Bearer "
                + "{0}", "authorization:{0}", "X-Api-Key: {0}", "x-internal-secret={0}", "Bearer {0}", "Basic {0}", "Cookie: id={0}",
            "https://example.com/x?token={0}", "https://example.com/x?{0}", "https://example.com/x#{0}", "aws_secret_access_key = {0}",
            "{{\"apiKey\":\"{0}\"}}", "AccountKey={0}", "token={0}", "secret: {0}", "Credentials={0}")
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, text, secret);
}

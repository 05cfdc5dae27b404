using System.Globalization;
using Dispatcher.Failures;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>
/// Reads <c>postgres://user:password@host:port/database?sslmode=…</c>. No part of the text reaches an error message: a character that
/// should have been escaped can move the password into any part of a URL.
/// </summary>
internal static class DatabaseUrl
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];
    private static readonly string[] KnownOptions = ["application_name", "connect_timeout", "host", "sslmode", "sslrootcert", "target_session_attrs"];

    public static bool IsUrl(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="key">Where it stands, for the error message.</param>
    /// <returns>The same as a connection string.</returns>
    /// <exception cref="PermanentJobException">It cannot be read.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text, string key)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.AbsolutePath.IndexOf('/', 1) > 0)
        {
            throw Unreadable(key);
        }

        var builder = new NpgsqlConnectionStringBuilder();
        if (url.Host.Length > 0)
        {
            builder.Host = url.Host.Trim('[', ']');
        }

        if (url.Port > 0)
        {
            builder.Port = url.Port;
        }

        var credentials = url.UserInfo.Split(':', 2);
        builder.Username = credentials[0].Length > 0 ? Uri.UnescapeDataString(credentials[0]) : null;
        builder.Password = credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : null;
        builder.Database = url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : null;

        foreach (var option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            Apply(builder, pair[0], Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : string.Empty), key);
        }

        return builder;
    }

    private static void Apply(NpgsqlConnectionStringBuilder builder, string option, string value, string key)
    {
        switch (option)
        {
            case "application_name":
                // Every session is named after its job and run.
                break;
            case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds):
                builder.Timeout = Math.Min(seconds, 1024);
                break;
            case "host":
                builder.Host = value;
                break;
            case "sslmode":
                builder.SslMode = ReadSslMode(value, key);
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "target_session_attrs":
                builder.TargetSessionAttributes = value;
                break;
            default:
                throw new PermanentJobException(
                    $"{key} is a URL with an option that is not known, or with a value that is not. Known options: {string.Join(", ", KnownOptions)}. "
                    + "If the password holds one of : / ? # @ %, write it percent-encoded. (The value is not shown: it may hold a password.)");
        }
    }

    private static SslMode ReadSslMode(string value, string key) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new PermanentJobException($"{key} has an sslmode that is not known. Use require, verify-ca or verify-full."),
    };

    private static PermanentJobException Unreadable(string key) => new(
        $"{key} is not a URL of the form postgres://USER:PASSWORD@HOST:5432/DATABASE. "
        + "If the password holds one of : / ? # @ %, write it percent-encoded. (The value is not shown: it may hold a password.)");
}

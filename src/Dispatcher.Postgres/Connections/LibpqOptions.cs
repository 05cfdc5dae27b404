using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>A translation of libpq's keywords, which its URLs use as well, into Npgsql's.</summary>
internal static class LibpqOptions
{
    /// <summary>The value of sslrootcert that stands for the certificate authorities of the operating system.</summary>
    private const string SystemAuthorities = "system";

    /// <summary>Applies keywords, the last of a kind as libpq does.</summary>
    /// <param name="pairs">Keywords and values.</param>
    /// <param name="isEscaped">Whether odd characters in names are meant, as in a URL that has them percent-encoded.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="UnreadableConnectionException">A keyword is not known, or a value is not valid.</exception>
    public static ConnectionTarget Apply(IReadOnlyList<KeyValuePair<string, string>> pairs, bool isEscaped)
    {
        var target = new ConnectionTarget();
        foreach (var (keyword, value) in pairs)
        {
            Apply(target, keyword.ToLowerInvariant(), value, isEscaped);
        }

        // libpq reads sslmode=require with an authority as verify-ca; Npgsql would not look at the authority.
        if (target.Builder is { SslMode: SslMode.Require, RootCertificate.Length: > 0 })
        {
            target.SetSslMode(SslMode.VerifyCA);
        }

        return target;
    }

    private static void Apply(ConnectionTarget target, string keyword, string value, bool isEscaped)
    {
        switch (keyword)
        {
            case "host":
                target.SetHost(value);
                break;
            case "port":
                target.SetPort(value);
                break;
            case "user":
                target.SetUser(value, isEscaped);
                break;
            case "password":
                target.SetPassword(value);
                break;
            case "dbname":
                target.SetDatabase(value, isEscaped);
                break;
            case "sslmode":
                target.SetSslMode(ReadSslMode(value));
                break;
            case "sslrootcert" when value == SystemAuthorities:
                target.SetSslMode(SslMode.VerifyFull);
                break;
            case "application_name" or "fallback_application_name" or "keepalives_count":
                // Every session is named after its job and run; Npgsql leaves the number of probes to the operating system.
                break;
            case "client_encoding" when value.Replace(
                "-", string.Empty, StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase) || value == "auto":
                break;
            case "connect_timeout":
                target.Builder.Timeout = Math.Min(ConnectionTarget.ReadNumber(value, keyword, 0, int.MaxValue), 1024);
                break;
            case "keepalives":
                target.Builder.TcpKeepAlive = ConnectionTarget.ReadNumber(value, keyword, 0, 1) == 1;
                break;
            default:
                target.SetOption(Translate(keyword), value, keyword);
                break;
        }
    }

    private static string Translate(string keyword) => keyword switch
    {
        "channel_binding" => "Channel Binding",
        "gssencmode" => "GSS Encryption Mode",
        "keepalives_idle" => "TCP Keepalive Time",
        "keepalives_interval" => "TCP Keepalive Interval",
        "krbsrvname" => "Kerberos Service Name",
        "options" => "Options",
        "passfile" => "Passfile",
        "require_auth" => "Require Auth",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "sslnegotiation" => "SSL Negotiation",
        "sslpassword" => "SSL Password",
        "sslrootcert" => "Root Certificate",
        "target_session_attrs" => "Target Session Attributes",
        "client_encoding" => throw new UnreadableConnectionException("has a client_encoding other than UTF8. Remove it: "
            + "sessions speak UTF-8."),
        _ => throw KeywordHint.Unknown(keyword, KeywordHint.Libpq),
    };

    private static SslMode ReadSslMode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new UnreadableConnectionException("has an sslmode that is not known. Use require, verify-ca or verify-full."),
    };
}

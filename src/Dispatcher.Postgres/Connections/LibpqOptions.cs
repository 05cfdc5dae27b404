using System.Globalization;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>A translation of libpq's keywords, which its URLs use as well, into Npgsql's.</summary>
internal static class LibpqOptions
{
    /// <summary>The value of sslrootcert that stands for the certificate authorities of the operating system.</summary>
    private const string SystemAuthorities = "system";

    /// <summary>Linux's time before the first probe, which Npgsql has to be told together with the time between two.</summary>
    private const int DefaultKeepAliveSeconds = 7200;

    /// <summary>The longest time to connect that Npgsql accepts.</summary>
    private const int MaxTimeoutSeconds = 1024;

    /// <summary>Applies keywords, the last of a kind as libpq does.</summary>
    /// <param name="pairs">Keywords and values.</param>
    /// <param name="isEscaped">Whether odd characters in names are meant, as in a URL that has them percent-encoded.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="UnreadableConnectionException">A keyword is not known, or a value is not valid.</exception>
    public static ConnectionTarget Apply(IReadOnlyList<KeyValuePair<string, string>> pairs, bool isEscaped)
    {
        var target = new ConnectionTarget();
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((keyword, value), place) in pairs.Select((pair, index) => (pair, index + 1)))
        {
            Apply(target, keyword.ToLowerInvariant(), value, isEscaped, place);
            last[keyword.ToLowerInvariant()] = value;
        }

        ApplyHostAddress(target, last);
        ApplyAuthorities(target, last);
        if (target.Builder is { TcpKeepAliveInterval: > 0, TcpKeepAliveTime: 0 })
        {
            target.Builder.TcpKeepAliveTime = DefaultKeepAliveSeconds;
        }

        return target.Complete();
    }

    private static void Apply(ConnectionTarget target, string keyword, string value, bool isEscaped, int place)
    {
        switch (keyword)
        {
            case "host":
                target.ServerList.SetHosts(value);
                break;
            case "port":
                target.ServerList.SetPorts(value);
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
            case "ssl" when isEscaped && value == "true":
                // An alias from JDBC, which libpq reads in a URL.
                target.SetSslMode(SslMode.Require);
                break;
            case "sslrootcert" when value == SystemAuthorities:
                target.Builder.RootCertificate = null;
                break;
            case "application_name" or "fallback_application_name" or "keepalives_count" or "tcp_user_timeout" or "sslcompression"
                or "hostaddr":
                // Sessions are named after job and run; the operating system decides on the number of probes and on the time without an
                // acknowledgement; libpq itself ignores sslcompression; hostaddr is applied at the end.
                break;
            case "client_encoding" when value.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant()
                is "UTF8" or "UNICODE" or "AUTO":
                break;
            case "connect_timeout":
                target.Builder.Timeout = Math.Min(ReadSeconds(value, keyword), MaxTimeoutSeconds);
                break;
            case "keepalives":
                target.TcpKeepAlive = ReadSeconds(value, keyword) != 0;
                break;
            case "keepalives_idle":
                target.Builder.TcpKeepAliveTime = ReadSeconds(value, keyword);
                break;
            case "keepalives_interval":
                target.Builder.TcpKeepAliveInterval = ReadSeconds(value, keyword);
                break;
            case "target_session_attrs":
                target.TargetSession = TargetSessions.Parse(value);
                break;
            case "load_balance_hosts":
                target.ServerList.IsShuffled = value switch
                {
                    "random" => true,
                    "disable" => false,
                    _ => throw new UnreadableConnectionException("has a load_balance_hosts that is neither disable nor random."),
                };
                break;
            case "require_auth":
                target.SetOption("Require Auth", string.Join(',', value.Split(',').Select(ReadAuthMethod)), keyword);
                break;
            default:
                target.SetOption(Translate(keyword, place), value, keyword);
                break;
        }
    }

    private static string Translate(string keyword, int place) => keyword switch
    {
        "channel_binding" => "Channel Binding",
        "gssencmode" => "GSS Encryption Mode",
        "krbsrvname" => "Kerberos Service Name",
        "options" => "Options",
        "passfile" => "Passfile",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "sslnegotiation" => "SSL Negotiation",
        "sslpassword" => "SSL Password",
        "sslrootcert" => "Root Certificate",
        "client_encoding" => throw new UnreadableConnectionException("has a client_encoding other than UTF8. Remove it: "
            + "sessions speak UTF-8."),
        _ => throw KeywordHint.Unknown(keyword, place, KeywordHint.Libpq),
    };

    /// <summary>Applies hostaddr, which libpq connects to instead of looking a host name up.</summary>
    private static void ApplyHostAddress(ConnectionTarget target, Dictionary<string, string> options)
    {
        if (options.GetValueOrDefault("hostaddr") is not { Length: > 0 } addresses)
        {
            return;
        }

        if (options.GetValueOrDefault("host") is { Length: > 0 })
        {
            throw new UnreadableConnectionException("has both host and hostaddr, but the driver, Npgsql, verifies the certificate "
                + "against the host that it connects to. Remove hostaddr.");
        }

        target.ServerList.SetHosts(addresses);
    }

    private static void ApplyAuthorities(ConnectionTarget target, Dictionary<string, string> options)
    {
        if (options.GetValueOrDefault("sslrootcert") == SystemAuthorities)
        {
            if (target.IsSslModeGiven && target.Builder.SslMode != SslMode.VerifyFull)
            {
                throw new UnreadableConnectionException("has sslrootcert=system with a weaker sslmode than verify-full, which anybody's "
                    + "certificate would satisfy. Use sslmode=verify-full.");
            }

            target.SetSslMode(SslMode.VerifyFull);
        }

        // libpq reads sslmode=require with an authority as verify-ca; Npgsql would not look at the authority.
        if (target.Builder is { SslMode: SslMode.Require, RootCertificate.Length: > 0 })
        {
            target.SetSslMode(SslMode.VerifyCA);
        }
    }

    /// <summary>Reads a time in seconds; as for libpq, a negative one is none.</summary>
    private static int ReadSeconds(string value, string keyword) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var seconds)
            ? Math.Max(0, seconds)
            : throw new UnreadableConnectionException($"has a value of '{keyword}' that is not a whole number.");

    private static string ReadAuthMethod(string value) => value switch
    {
        ['!', .. var method] => $"!{ReadAuthMethod(method)}",
        "password" => "Password",
        "md5" => "MD5",
        "gss" => "GSS",
        "sspi" => "SSPI",
        "scram-sha-256" => "ScramSHA256",
        "none" => "None",
        _ => throw new UnreadableConnectionException("has a require_auth that is not known. Use scram-sha-256, md5, password, gss, sspi "
            + "or none, separated by commas, perhaps each after '!'."),
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

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// Functions that name keywords of connection strings in errors, but only in the words of the known vocabulary: a keyword that is not known
/// may be a piece of a password.
/// </summary>
internal static class KeywordHint
{
    /// <summary>libpq's keywords that this project supports.</summary>
    public static readonly IReadOnlyList<string> Libpq =
    [
        "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname", "fallback_application_name", "gssencmode",
        "host",
        "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname", "options", "passfile", "password", "port",
        "require_auth", "sslcert", "sslkey", "sslmode", "sslnegotiation", "sslpassword", "sslrootcert", "target_session_attrs", "user",
    ];

    /// <summary>libpq's keywords that have no counterpart in Npgsql.</summary>
    public static readonly IReadOnlyList<string> Unsupported =
    [
        "gssdelegation", "gsslib", "hostaddr", "load_balance_hosts", "max_protocol_version", "min_protocol_version", "oauth_client_id",
        "oauth_client_secret", "oauth_issuer", "oauth_scope", "replication", "requirepeer", "requiressl", "scram_client_key",
        "scram_server_key",
        "service", "servicefile", "ssl_max_protocol_version", "ssl_min_protocol_version", "sslcertmode", "sslcompression", "sslcrl",
        "sslcrldir",
        "sslkeylogfile", "sslsni", "tcp_user_timeout",
    ];

    /// <summary>The Npgsql keywords that errors name.</summary>
    public static readonly IReadOnlyList<string> Npgsql =
    [
        "Application Name", "Cancellation Timeout", "Channel Binding", "Client Encoding", "Command Timeout", "Database", "Encoding", "Host",
        "Keepalive", "Options", "Passfile", "Password", "Pooling", "Port", "Require Auth", "Root Certificate", "Search Path",
        "SSL Certificate",
        "SSL Key", "SSL Mode", "SSL Negotiation", "SSL Password", "TCP Keepalive", "Target Session Attributes", "Timeout", "Timezone",
        "Trust Server Certificate", "Username",
    ];

    /// <summary>Makes the error about a keyword that is not known.</summary>
    public static UnreadableConnectionException Unknown(string keyword, IReadOnlyList<string> known)
    {
        if (Unsupported.Contains(keyword, StringComparer.OrdinalIgnoreCase))
        {
            return new($"has the option '{keyword.ToLowerInvariant()}', which is not supported. Remove it.");
        }

        return new($"has an option that is not known. Known options: {string.Join(", ", known)}.");
    }

    /// <summary>Gets a keyword as the vocabulary spells it, for an error about its value.</summary>
    public static string Name(string keyword, IReadOnlyList<string> known) =>
        known.FirstOrDefault(name => Plain(name) == Plain(keyword)) ?? "an option";

    private static string Plain(string keyword) => keyword.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}

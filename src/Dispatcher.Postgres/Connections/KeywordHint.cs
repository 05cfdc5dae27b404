using Dispatcher.Text;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// Functions that name keywords of connection strings in errors. A keyword that resembles none may be a piece of a password, and is not
/// shown: its place tells which one it is.
/// </summary>
internal static class KeywordHint
{
    /// <summary>libpq's keywords that this project supports.</summary>
    public static readonly IReadOnlyList<string> Libpq =
    [
        "application_name", "channel_binding", "client_encoding", "connect_timeout", "dbname", "fallback_application_name", "gssencmode",
        "host", "hostaddr", "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname", "load_balance_hosts",
        "options", "passfile", "password", "port", "require_auth", "sslcert", "sslkey", "sslmode", "sslnegotiation", "sslpassword",
        "sslrootcert", "target_session_attrs", "tcp_user_timeout", "user",
    ];

    /// <summary>The Npgsql keywords that errors name.</summary>
    public static readonly IReadOnlyList<string> Npgsql =
    [
        "Application Name", "Cancellation Timeout", "Channel Binding", "Client Encoding", "Command Timeout", "Database", "Encoding", "Host",
        "Keepalive", "Load Balance Hosts", "Options", "Passfile", "Password", "Pooling", "Port", "Require Auth", "Root Certificate",
        "Search Path", "SSL Certificate", "SSL Key", "SSL Mode", "SSL Negotiation", "SSL Password", "TCP Keepalive",
        "Target Session Attributes", "Timeout", "Timezone", "Trust Server Certificate", "Username",
    ];

    /// <summary>Returns the error about a keyword that is not supported.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="place">The number of the option in the connection string, from 1.</param>
    /// <param name="known">The keywords that would be.</param>
    public static UnreadableConnectionException Unknown(string keyword, int place, IReadOnlyList<string> known)
    {
        if (UnsupportedKeywords.FindReason(keyword) is { } unsupported)
        {
            return new($"has the option '{unsupported.Keyword}', which is not supported: {unsupported.Reason}");
        }

        var list = $"Known options: {string.Join(", ", known)}.";
        return FindMisspelt(keyword, known) is { } meant
            ? new($"has the option '{keyword}', which is not known. Did you mean '{meant}'? {list}")
            : new($"has an option that is not known, option {place} of it. {list}");
    }

    /// <summary>Gets a keyword as the vocabulary spells it, for an error about its value.</summary>
    public static string Name(string keyword, IReadOnlyList<string> known) =>
        known.FirstOrDefault(name => Plain(name) == Plain(keyword)) ?? "an option";

    /// <summary>Finds the keyword that a misspelt one was meant to be; a short word resembles too many others.</summary>
    private static string? FindMisspelt(string keyword, IReadOnlyList<string> known) =>
        keyword.Length >= 4 && keyword.All(static letter => char.IsAsciiLetter(letter) || letter is '_' or ' ')
            ? SpellingSuggester.Find(keyword, known)
            : null;

    private static string Plain(string keyword) => keyword.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}

namespace Dispatcher.Postgres.Connections;

/// <summary>Options of libpq and of other drivers that cannot be applied here, each with the reason and what to write instead.</summary>
internal static class UnsupportedKeywords
{
    private const string NoFile = "a function has no such file. Write host, port, user, password and dbname.";
    private const string Driver = "the driver, Npgsql, has no such check. Remove it.";
    private const string OAuth = "the driver, Npgsql, does not sign in with OAuth. Use a password, or a password provider in code.";
    private const string OtherDriver = "another driver reads it. Remove it.";
    private const string SearchPath = "write options=-csearch_path%3DNAME in a URL, or options='-csearch_path=NAME' with keywords.";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["service"] = NoFile,
        ["servicefile"] = NoFile,
        ["gssdelegation"] = Driver,
        ["gsslib"] = Driver,
        ["max_protocol_version"] = "sessions speak protocol 3.0, which every server accepts. Remove it.",
        ["min_protocol_version"] = "sessions speak protocol 3.0, which every server accepts. Remove it.",
        ["oauth_ca_file"] = OAuth,
        ["oauth_client_id"] = OAuth,
        ["oauth_client_secret"] = OAuth,
        ["oauth_issuer"] = OAuth,
        ["oauth_scope"] = OAuth,
        ["replication"] = "jobs run SQL, not the replication protocol. Remove it.",
        ["requirepeer"] = Driver,
        ["requiressl"] = "libpq has removed it as well. Use sslmode=require.",
        ["scram_client_key"] = Driver,
        ["scram_server_key"] = Driver,
        ["ssl_max_protocol_version"] = "the operating system decides on the versions of TLS. Remove it.",
        ["ssl_min_protocol_version"] = "the operating system decides on the versions of TLS. Remove it.",
        ["sslcertmode"] = Driver,
        ["sslcrl"] = "the driver, Npgsql, reads no revocation lists from files. Remove it.",
        ["sslcrldir"] = "the driver, Npgsql, reads no revocation lists from files. Remove it.",
        ["sslkeylogfile"] = "the keys of a session are written nowhere. Remove it.",
        ["sslsni"] = "the driver, Npgsql, always sends the host's name. Remove it.",
        ["connection_limit"] = OtherDriver,
        ["pgbouncer"] = OtherDriver,
        ["pool_size"] = OtherDriver,
        ["pool_timeout"] = OtherDriver,
        ["prepareThreshold"] = OtherDriver,
        ["socket_timeout"] = OtherDriver,
        ["sslaccept"] = OtherDriver,
        ["sslfactory"] = OtherDriver,
        ["statement_cache_size"] = OtherDriver,
        ["uselibpqcompat"] = OtherDriver,
        ["ApplicationName"] = "sessions are named after job and run. Remove it.",
        ["currentSchema"] = SearchPath,
        ["schema"] = SearchPath,
        ["search_path"] = SearchPath,
        ["ssl"] = "only ssl=true is known, in a URL. Use sslmode=require, or verify-full with a root certificate.",
        ["statement_timeout"] = "the run's deadline decides. Remove it.",
    };

    /// <summary>Finds an option, ignoring case.</summary>
    /// <returns>The option as it is spelt here, and the reason; <see langword="null"/> if it is not among them.</returns>
    public static (string Keyword, string Reason)? FindReason(string keyword) =>
        Reasons.TryGetValue(keyword, out var reason)
            ? (Reasons.Keys.First(known => known.Equals(keyword, StringComparison.OrdinalIgnoreCase)), reason)
            : null;
}

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// Functions that read <c>postgres://user:password@host:port/database?sslmode=…</c> by libpq's grammar, but refuse every character that
/// should have been percent-encoded: it can move the password into any other part.
/// </summary>
internal static class DatabaseUrl
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>Determines whether a text begins as a URL does.</summary>
    public static bool IsUrl(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <returns>Its parts as libpq's keywords, in the order in which libpq applies them.</returns>
    /// <exception cref="UnreadableConnectionException">It cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var rest = text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..];
        if (rest.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)
            || letter is '#' or '"' or '\'' or '\\' or ';' or '<' or '>'))
        {
            throw new UnreadableConnectionException("is a URL with a character that has to be percent-encoded.");
        }

        var (beforeQuery, query) = Split(rest, '?');
        var (authority, path) = Split(beforeQuery, '/');
        var at = authority.IndexOf('@', StringComparison.Ordinal);
        var options = new List<KeyValuePair<string, string>>();
        if (at >= 0)
        {
            AddCredentials(authority[..at], options);
        }

        AddHosts(authority[(at + 1)..], options);
        if (path is { Length: > 0 })
        {
            Add("dbname", RequireWithout(path, '/', '@', ':', '=', '&'), options);
        }

        AddQuery(query, options);
        return options;
    }

    private static void AddCredentials(string credentials, List<KeyValuePair<string, string>> options)
    {
        var (user, password) = Split(credentials, ':');
        if (user.Length > 0)
        {
            Add("user", user, options);
        }

        if (password is { Length: > 0 })
        {
            Add("password", password, options);
        }
    }

    private static void AddHosts(string authority, List<KeyValuePair<string, string>> options)
    {
        RequireWithout(authority, '@', '=', '&');

        var servers = authority.Split(',').Select(static server => Split(server, ':', FindEndOfAddress(server))).ToList();
        if (servers.Exists(server => server.Before.Length > 0) || servers.Count > 1)
        {
            Add("host", string.Join(',', servers.Select(server => server.Before)), options);
        }

        if (servers.Exists(server => server.After is { Length: > 0 }))
        {
            Add("port", string.Join(',', servers.Select(server => server.After)), options);
        }
    }

    /// <summary>Finds where an IPv6 address in brackets ends, whose colons separate nothing.</summary>
    private static int FindEndOfAddress(string server) => !server.StartsWith('[') ? 0
        : server.IndexOf(']', StringComparison.Ordinal) is >= 0 and var end ? end + 1
        : server.Length;

    private static void AddQuery(string? query, List<KeyValuePair<string, string>> options)
    {
        foreach (var option in (query ?? string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(option, '=');
            if (value is null)
            {
                throw new UnreadableConnectionException("is a URL with an option behind '?' that has no '='.");
            }

            Add(Decode(name), RequireWithout(value, '=', '@', '?'), options);
        }
    }

    private static void Add(string keyword, string encoded, List<KeyValuePair<string, string>> options) =>
        options.Add(new(keyword, Decode(encoded)));

    private static string RequireWithout(string part, params ReadOnlySpan<char> letters) => part.AsSpan().IndexOfAny(letters) < 0
        ? part
        : throw new UnreadableConnectionException("is a URL with a character that has to be percent-encoded, "
            + "or with parts in the wrong order.");

    private static string Decode(string part)
    {
        for (var index = part.IndexOf('%', StringComparison.Ordinal); index >= 0; index = part.IndexOf('%', index + 1))
        {
            if (index + 2 >= part.Length || !char.IsAsciiHexDigit(
                part[index + 1]) || !char.IsAsciiHexDigit(part[index + 2]) || part[(index + 1)..(index + 3)] == "00")
            {
                throw new UnreadableConnectionException("is a URL with a '%' that is not followed by two hexadecimal digits. "
                    + "Write '%' itself as %25.");
            }
        }

        return Uri.UnescapeDataString(part);
    }

    private static (string Before, string? After) Split(string text, char separator, int start = 0)
    {
        var index = text.IndexOf(separator, start);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Dispatcher.Postgres.Sql;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// A connection whose parts were recognised, and the rule for what of it may be shown: the host and port, and a user or database whose name
/// is plain. Everything else may hold a password that an odd quote or separator has moved there.
/// </summary>
internal sealed partial class ConnectionTarget
{
    private readonly List<string> _hidden = [];

    /// <summary>Gets the connection as Npgsql takes it.</summary>
    public NpgsqlConnectionStringBuilder Builder { get; } = [];

    /// <summary>Gets the hosts and ports as they are read.</summary>
    public ServerList ServerList { get; } = new();

    /// <summary>Gets the servers, in the order in which they are tried.</summary>
    public IReadOnlyList<ServerAddress> Servers { get; private set; } = [];

    /// <summary>Gets or sets which of the servers will do; <see langword="null"/> if any.</summary>
    /// <remarks>Npgsql refuses it in the connection string of a single host.</remarks>
    public TargetSessionAttributes? TargetSession { get; set; }

    /// <summary>Gets or sets whether the operating system probes an idle connection; <see langword="null"/> if this is not given.</summary>
    public bool? TcpKeepAlive { get; set; }

    /// <summary>Gets a value indicating whether an SSL mode was given.</summary>
    public bool IsSslModeGiven { get; private set; }

    /// <summary>
    /// Gets the target as a person knows it, without the password: <c>database 'app' on db.example.org:5432 as user 'jobs'</c>.
    /// </summary>
    public string Description =>
        $"{Name("database", Builder.Database ?? Builder.Username)} on {ServersShown} as {Name("user", Builder.Username)}";

    /// <summary>Gets the servers for a message.</summary>
    public string ServersShown => this switch
    {
        { MayShowServers: true } => string.Join(", ", Servers),
        { Servers.Count: 1 } => "the host that is configured",
        _ => $"{Servers.Count} hosts",
    };

    /// <summary>
    /// Gets a value indicating whether the hosts may be shown. Without a recognised password, an entry of a list may be a piece of one.
    /// </summary>
    public bool MayShowServers =>
        !string.IsNullOrEmpty(Builder.Password) || (Servers.Count == 1 && Servers[0].IsPlain);

    /// <summary>
    /// Determines whether a name may be shown. Without a recognised password, the name of the user may be the password, or end with it: a
    /// colon may be missing between them.
    /// </summary>
    private bool IsPlain(string name) =>
        PlainName().IsMatch(name)
            && (!string.IsNullOrEmpty(Builder.Password) || name == Builder.Database);

    /// <summary>Gets the SQL that lets the user connect to the database; <see langword="null"/> if their names may not be shown.</summary>
    public string? GrantConnect =>
        Builder.Username is { } user && IsPlain(user) && IsPlain(Builder.Database ?? user)
            ? $"GRANT CONNECT ON DATABASE {SqlName.Quote(Builder.Database ?? user)} TO {SqlName.Quote(user)}"
            : null;

    /// <summary>Decides on the servers, when all options are known.</summary>
    /// <returns>This connection.</returns>
    /// <exception cref="UnreadableConnectionException">The hosts and ports do not make sense.</exception>
    public ConnectionTarget Complete()
    {
        Servers = ServerList.Read();
        if ((Servers.Count > 1 || TargetSession is not null)
            && Servers.Any(server => server.IsSocket && server.Host.Contains(':', StringComparison.Ordinal)))
        {
            throw new UnreadableConnectionException("has a Unix socket with ':' in its path among several hosts or with "
                + "target_session_attrs, where the driver, Npgsql, takes it for a port. Name that host alone.");
        }

        Builder.Port = Servers[0].Port;
        Builder.Host = Servers.All(server => server.Port == Builder.Port)
            ? string.Join(',', Servers.Select(server => server.Host))
            : string.Join(',', Servers);
        if (!MayShowServers)
        {
            Servers.ToList().ForEach(server => Hide(server.Host));
        }

        return this;
    }

    /// <summary>Sets the user.</summary>
    /// <param name="value">The name.</param>
    /// <param name="isEscaped">
    /// Whether an odd character in it is meant: it was percent-encoded, or the name stands in a setting that holds nothing else.
    /// </param>
    public void SetUser(string value, bool isEscaped) => Builder.Username = ReadName(value, "user", isEscaped);

    /// <summary>Sets the database, as <see cref="SetUser"/>.</summary>
    public void SetDatabase(string value, bool isEscaped) => Builder.Database = ReadName(value, "database", isEscaped);

    public void SetPassword(string value)
    {
        Builder.Password = value.Length == 0 ? null : value;
        Hide(value);
    }

    public void SetSslMode(SslMode value)
    {
        Builder.SslMode = value;
        IsSslModeGiven = true;
    }

    /// <summary>Sets an option by Npgsql's keyword.</summary>
    /// <param name="keyword">The keyword, one that Npgsql knows.</param>
    /// <param name="value">The value, never shown.</param>
    /// <param name="name">The keyword as the user knows it.</param>
    public void SetOption(string keyword, string value, string name)
    {
        try
        {
            Builder[keyword] = value;
        }
        catch (Exception exception) when (
            exception is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // Neither the message nor the inner exception goes further: both can repeat the value.
            throw new UnreadableConnectionException($"has a value of '{name}' that is not valid.");
        }

        if (!IsHarmless().IsMatch(value))
        {
            Hide(value);
        }
    }

    /// <summary>Reads a whole number.</summary>
    public static int ReadNumber(string value, string name, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UnreadableConnectionException($"has a value of '{name}' that is not a number from {least} to {most}.");

    /// <summary>
    /// Determines whether somebody else's words about the connection may be shown. A server may repeat any part of a value that it did not
    /// understand, so nothing of what it says is shown if there is a value that may not be.
    /// </summary>
    public bool MayShow(string words) =>
        _hidden.TrueForAll(value => value == Builder.Password && !words.Contains(value, StringComparison.Ordinal))
        && !words.Contains("assword=", StringComparison.OrdinalIgnoreCase);

    private string Name(string kind, string? name) => name switch
    {
        null => $"the default {kind}",
        _ when IsPlain(name) => $"{kind} '{name}'",
        _ => $"the {kind} that is configured",
    };

    private string? ReadName(string value, string kind, bool isEscaped)
    {
        if (!isEscaped && (value.AsSpan().IndexOfAny("='\";\\") >= 0 || value.Any(char.IsControl)))
        {
            throw new UnreadableConnectionException($"has a {kind} with one of = ; ' \" \\ in its name, "
                + "as a wrong separator or quote leaves it.");
        }

        if (!PlainName().IsMatch(value))
        {
            Hide(value);
        }

        return value.Length == 0 ? null : value;
    }

    private void Hide(string value)
    {
        if (value.Length > 0)
        {
            _hidden.Add(value);
        }
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_][\p{L}\p{N}_$.@+-]*\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"^[A-Za-z0-9_. -]{0,40}\z")]
    private static partial Regex IsHarmless();
}

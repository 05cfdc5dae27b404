using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>The settings of a connection: <c>DATABASE_URL</c>, <c>DATABASE_URL_NAME</c> or the <c>RDS_…</c> variables.</summary>
internal sealed class ConnectionSettings
{
    internal const string UrlKey = "DATABASE_URL";
    internal const string ProxyKey = "RDS_PROXY_ENDPOINT";

    /// <summary>PostgreSQL cuts longer application names off (NAMEDATALEN - 1).</summary>
    internal const int MaxApplicationName = 63;

    private readonly ConnectionTarget _target;
    private readonly string _key;
    private readonly bool _isGiven;

    private ConnectionSettings(ConnectionTarget target, string key, bool isGiven = false)
    {
        var builder = target.Builder;
        TransportSecurity.Require(target, key);

        // One run holds its connections for as long as it lasts and no longer, so nothing is reset between two uses: DISCARD ALL
        // would pin a session of RDS Proxy. Whoever runs the job sees names of columns in an error, never the values of rows.
        builder.Pooling = true;
        builder.MaxPoolSize = 4;
        builder.MinPoolSize = 0;
        builder.NoResetOnClose = true;
        builder.IncludeErrorDetail = false;
        builder.PersistSecurityInfo = false;
        builder.LogParameters = false;

        // The server's statement_timeout and the run's cancellation token end a statement; a dead peer is found by TCP.
        builder.CommandTimeout = 0;
        builder.TcpKeepAlive = target.TcpKeepAlive ?? true;
        _target = target;
        _key = key;
        _isGiven = isGiven;
        Certificates =
        [
            .. target.Servers.Where(static server => !server.IsSocket).Select(server => new ServerCertificate(
                server, builder.SslMode == SslMode.VerifyFull, hasAuthority: !string.IsNullOrEmpty(builder.RootCertificate))),
        ];
    }

    /// <summary>Gets the servers' certificates, for an error about one.</summary>
    public IReadOnlyList<ServerCertificate> Certificates { get; }

    /// <summary>Gets a value indicating whether there are several hosts, any of which may do.</summary>
    public bool HasSeveralServers => _target.Servers.Count > 1;

    /// <summary>Describes one of the servers, as <see cref="Description"/> does.</summary>
    public string Describe(ServerAddress server) => HasSeveralServers && _target.MayShowServers ? server.ToString() : Description;

    /// <summary>Gets which of the servers will do; <see langword="null"/> if any.</summary>
    public TargetSessionAttributes? TargetSession => _target.TargetSession;

    /// <summary>
    /// Gets the target as a person knows it, without the password: <c>database 'app' on db.example.org:5432 as user 'jobs'</c>.
    /// </summary>
    public string Description => _target.Description;

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The configuration that holds them.</param>
    /// <param name="connection">The name of the connection; <see langword="null"/> for the default one.</param>
    /// <param name="connectionString">The connection string, if an option holds it.</param>
    /// <param name="connectionStringKey">The configuration key of the connection string, if an option names it.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="PermanentJobException">There are none, or they cannot be read. The message holds no part of them.</exception>
    public static ConnectionSettings Read(
        IConfiguration configuration, string? connection, string? connectionString = null, string? connectionStringKey = null)
    {
        if (connectionString is { } given)
        {
            var name = $"The connection string of {(connection is null ? "the database" : $"database '{connection}'")}";
            return new ConnectionSettings(ConnectionString.Parse(given.Trim(), name), name, isGiven: true);
        }

        if (connectionStringKey is { } custom)
        {
            return configuration[custom] is { } own && !string.IsNullOrWhiteSpace(own)
                ? new ConnectionSettings(ConnectionString.Parse(own.Trim(), custom), custom)
                : throw new PermanentJobException(
                    $"{(connection is null ? "The database" : $"Connection '{connection}'")} is not configured. "
                    + $"Set '{custom}' in the configuration (environment variable "
                    + $"{custom.Replace(":", "__", StringComparison.Ordinal)}) to {ConnectionString.RecommendedForm}.");
        }

        if (connection is not null)
        {
            var key = $"{UrlKey}_{connection.Replace('-', '_').ToUpperInvariant()}";
            return configuration[key] is { } named && !string.IsNullOrWhiteSpace(named)
                ? new ConnectionSettings(ConnectionString.Parse(named.Trim(), key), key)
                : throw new PermanentJobException(
                    $"Connection '{connection}' is not configured. Set the environment variable {key} to {ConnectionString.RecommendedForm}"
                    + $"{ListNamed(configuration)}.");
        }

        if (configuration[UrlKey] is { } url && !string.IsNullOrWhiteSpace(url))
        {
            return new ConnectionSettings(ConnectionString.Parse(url.Trim(), UrlKey), UrlKey);
        }

        if (configuration[ProxyKey] is { } endpoint && !string.IsNullOrWhiteSpace(endpoint))
        {
            return new ConnectionSettings(RdsVariables.Read(configuration, endpoint.Trim()), ProxyKey);
        }

        throw new PermanentJobException(
            $"No database is configured. Set the environment variable {UrlKey} to {ConnectionString.RecommendedForm}, "
            + $"or {ProxyKey}, RDS_PORT, RDS_DBNAME, RDS_USERNAME and RDS_PASSWORD.");
    }

    /// <summary>Makes a data source whose sessions carry the name of the job and the run.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="configure">Configures the data source further.</param>
    /// <returns>The data source.</returns>
    /// <exception cref="PermanentJobException">Options contradict each other. The message holds no part of them.</exception>
    public NpgsqlDataSource CreateDataSource(string job, string runId, Action<NpgsqlSlimDataSourceBuilder>? configure = null)
    {
        // The slim builder leaves out the type plugins that are hardly ever used, and with them much of a cold start.
        var source = new NpgsqlSlimDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(
                _target.Builder.ConnectionString) { ApplicationName = NameSession(job, runId) }.ConnectionString);
        source.EnableTransportSecurity().EnableArrays().EnableRanges().EnableMultiranges().EnableJsonTypes();
        configure?.Invoke(source);
        try
        {
            return TargetSession is null ? source.Build() : source.BuildMultiHost();
        }
        catch (Exception exception) when (exception is
            ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            throw new PermanentJobException(
                $"{_key} has options that cannot be used together. Leave out all but host, port, user, password, "
                    + "database and the SSL mode. "
                + "(The value is not shown: it may hold a password.)");
        }
    }

    /// <summary>
    /// Gets what a server or a library says about the connection, or a note instead if it might repeat a part of the connection string.
    /// </summary>
    public string Quote(string words) =>
        _target.MayShow(words) ? words.TrimEnd('.') : "its words are not shown, since they may repeat a part of the connection string";

    /// <summary>Gets the exception for a stack trace, unless the trace might repeat a part of the connection string.</summary>
    public Exception? Show(Exception exception) => _target.MayShow(exception.ToString()) ? exception : null;

    /// <summary>Gets what to do about a user that may not connect.</summary>
    public string GrantConnect => _target.GrantConnect is { } grant ? $"Run {grant}." : "Grant the user CONNECT on the database.";

    /// <summary>Gets what to do about a password that the server does not accept.</summary>
    public string CorrectPassword =>
        "If its secret was rotated, deploy with the new version of the secret; on this machine, correct "
        + (_isGiven ? "the connection string."
            : _key == ProxyKey ? $"the environment variable {RdsVariables.PasswordKey}."
            : $"the environment variable {_key.Replace(":", "__", StringComparison.Ordinal)}.");

    /// <summary>Joins job and run; a long job name gives way to the run's id.</summary>
    internal static string NameSession(string job, string runId)
    {
        var room = Math.Max(0, MaxApplicationName - Encoding.UTF8.GetByteCount(runId) - 1);
        return $"{(job.Length > room ? job[..room] : job)} {runId}";
    }

    private static string ListNamed(IConfiguration configuration)
    {
        var names = configuration.GetChildren()
            .Where(section => section.Key.StartsWith($"{UrlKey}_", StringComparison.OrdinalIgnoreCase))
            .Select(section => section.Key[(UrlKey.Length + 1)..].ToLowerInvariant())
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count == 0 ? string.Empty : $", or use one of: {string.Join(", ", names)}";
    }
}

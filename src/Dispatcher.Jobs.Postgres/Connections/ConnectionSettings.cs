using System.Globalization;
using System.Text;
using Dispatcher.Failures;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>Knows where to connect: <c>DATABASE_URL</c>, <c>DATABASE_URL_NAME</c> or the <c>RDS_…</c> variables.</summary>
internal sealed class ConnectionSettings
{
    internal const string UrlKey = "DATABASE_URL";
    internal const string ProxyKey = "RDS_PROXY_ENDPOINT";

    /// <summary>PostgreSQL cuts longer application names off (NAMEDATALEN - 1).</summary>
    internal const int MaxApplicationName = 63;

    private readonly NpgsqlConnectionStringBuilder _builder;

    private ConnectionSettings(NpgsqlConnectionStringBuilder builder, string key)
    {
        TransportSecurity.Require(builder, key);

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
        builder.TcpKeepAlive = true;
        _builder = builder;
    }

    /// <summary>Gets the target as a person knows it, without the password: <c>'app' as 'jobs' on db.example.org:5432</c>.</summary>
    public string Description =>
        $"database '{_builder.Database ?? _builder.Username}' on {_builder.Host ?? "localhost"}:{_builder.Port} as user '{_builder.Username}'";

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">Where they stand.</param>
    /// <param name="connection">The name of the connection; the default one where it is left out.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="PermanentJobException">There are none, or they cannot be read. The message holds no value.</exception>
    public static ConnectionSettings Read(IConfiguration configuration, string? connection)
    {
        if (connection is not null)
        {
            var key = $"{UrlKey}_{connection.Replace('-', '_').ToUpperInvariant()}";
            return configuration[key] is { } named && !string.IsNullOrWhiteSpace(named)
                ? new ConnectionSettings(Parse(named.Trim(), key), key)
                : throw new PermanentJobException(
                    $"Connection '{connection}' is not configured. Set the environment variable {key} to postgres://USER:PASSWORD@HOST:5432/DATABASE"
                    + $"{ListNamed(configuration)}.");
        }

        if (configuration[UrlKey] is { } url && !string.IsNullOrWhiteSpace(url))
        {
            return new ConnectionSettings(Parse(url.Trim(), UrlKey), UrlKey);
        }

        if (configuration[ProxyKey] is { } endpoint && !string.IsNullOrWhiteSpace(endpoint))
        {
            return new ConnectionSettings(ReadRds(configuration, endpoint.Trim()), ProxyKey);
        }

        throw new PermanentJobException(
            $"No database is configured. Set the environment variable {UrlKey} to postgres://USER:PASSWORD@HOST:5432/DATABASE, "
            + $"or {ProxyKey}, RDS_PORT, RDS_DBNAME, RDS_USERNAME and RDS_PASSWORD.");
    }

    /// <summary>Makes a data source whose sessions carry the name of the job and the run.</summary>
    public NpgsqlDataSource CreateDataSource(string job, string runId)
    {
        var builder = new NpgsqlConnectionStringBuilder(_builder.ConnectionString) { ApplicationName = NameSession(job, runId) };

        // The slim builder leaves out the type plugins that this project never uses, and with them much of a cold start.
        var source = new NpgsqlSlimDataSourceBuilder(builder.ConnectionString);
        source.EnableTransportSecurity();
        return source.Build();
    }

    /// <summary>Joins job and run; a long job name gives way to the run's id.</summary>
    internal static string NameSession(string job, string runId)
    {
        var room = Math.Max(0, MaxApplicationName - Encoding.UTF8.GetByteCount(runId) - 1);
        return $"{(job.Length > room ? job[..room] : job)} {runId}";
    }

    private static NpgsqlConnectionStringBuilder Parse(string text, string key)
    {
        if (DatabaseUrl.IsUrl(text))
        {
            return DatabaseUrl.Parse(text, key);
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Neither the message nor the inner exception goes further: both can repeat a piece of the text.
            throw new PermanentJobException(
                $"{key} can be read neither as postgres://USER:PASSWORD@HOST:5432/DATABASE nor as Npgsql keywords such as "
                + "Host=…;Database=…;Username=…;Password=…. (The value is not shown: it may hold a password.)");
        }
    }

    private static NpgsqlConnectionStringBuilder ReadRds(IConfiguration configuration, string endpoint)
    {
        var problems = new List<string>();
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = endpoint,
            Database = Need("RDS_DBNAME"),
            Username = Need("RDS_USERNAME"),
            Password = Need("RDS_PASSWORD"),
        };

        if (configuration["RDS_PORT"] is { } text && !string.IsNullOrWhiteSpace(text))
        {
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            {
                builder.Port = port;
            }
            else
            {
                problems.Add($"The environment variable RDS_PORT is '{text}'. Set it to a port such as 5432.");
            }
        }

        return problems.Count == 0 ? builder : throw new PermanentJobException(problems);

        string? Need(string key)
        {
            var value = configuration[key];
            if (string.IsNullOrWhiteSpace(value))
            {
                problems.Add($"The environment variable {key} is missing. {ProxyKey} needs RDS_DBNAME, RDS_USERNAME and RDS_PASSWORD beside it.");
            }

            return value;
        }
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

using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>Options for a database: its connection string, and what is done to its data sources.</summary>
public sealed class PostgresOptions
{
    private readonly List<Action<IServiceProvider, NpgsqlSlimDataSourceBuilder>> _configure = [];

    /// <summary>Gets or sets the connection string: a URL, libpq's keywords or Npgsql's keywords.</summary>
    /// <value>The default value is <see langword="null"/>: the configuration key <see cref="ConnectionStringKey"/> holds it.</value>
    public string? ConnectionString { get; set; }

    /// <summary>Gets or sets the configuration key of the connection string, for example <c>ConnectionStrings:Reports</c>.</summary>
    /// <value>
    /// The default value is <see langword="null"/>: <c>DATABASE_URL_REPORTS</c> for a database named <c>reports</c>; <c>DATABASE_URL</c>,
    /// else the <c>RDS_…</c> variables, for the one without a name.
    /// </value>
    public string? ConnectionStringKey { get; set; }

    /// <summary>Adds a step before a data source is built, for types: <c>source => source.MapEnum&lt;Colour&gt;()</c>.</summary>
    /// <param name="configure">Configures the data source.</param>
    public void ConfigureDataSource(Action<NpgsqlSlimDataSourceBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ConfigureDataSource((_, source) => configure(source));
    }

    /// <summary>Adds a step before a data source is built that needs services, for example a provider of passwords.</summary>
    /// <param name="configure">Configures the data source, with the services of the attempt.</param>
    public void ConfigureDataSource(Action<IServiceProvider, NpgsqlSlimDataSourceBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configure.Add(configure);
    }

    internal void Apply(IServiceProvider services, NpgsqlSlimDataSourceBuilder source) =>
        _configure.ForEach(configure => configure(services, source));
}

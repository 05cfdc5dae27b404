using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>Options for <see cref="PostgresDatabase"/>.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// Gets what is done to each data source before it is built, for example <c>source => source.MapEnum&lt;Colour&gt;()</c>.
    /// </summary>
    /// <value>
    /// The default value is empty: arrays, ranges, multiranges and JSON (<c>JsonDocument</c>, text) are enabled beside the basic types and
    /// TLS.
    /// </value>
    public IList<Action<NpgsqlSlimDataSourceBuilder>> ConfigureDataSource { get; } = [];
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>Extensions that register what PostgreSQL jobs share.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="PostgresDatabase"/>, one per attempt of a run, and the classification of PostgreSQL's errors. Can be repeated.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="configure">
    /// Configures each data source, for types that are not built in: <c>source => source.EnableNetworkTypes()</c>. Arrays, ranges and JSON
    /// are enabled already. If the method is called several times, each action applies.
    /// </param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddPostgres(this IDispatcherBuilder builder, Action<NpgsqlSlimDataSourceBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<PostgresOptions>();
        if (configure is not null)
        {
            builder.Services.Configure<PostgresOptions>(options => options.ConfigureDataSource.Add(configure));
        }

        builder.Services.TryAddScoped<PostgresDatabase>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, PostgresFailureRule>());
        return builder;
    }
}

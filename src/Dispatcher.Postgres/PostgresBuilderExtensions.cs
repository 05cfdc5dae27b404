using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>Extensions that register databases for jobs.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="PostgresDatabase"/>, one per attempt of a run, and the classification of PostgreSQL's errors. Can be repeated.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="configure">
    /// Configures each data source of each database, for types that are not built in: <c>source => source.EnableNetworkTypes()</c>. Arrays,
    /// ranges and JSON are enabled already. If the method is called several times, each action applies.
    /// </param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddPostgres(this IDispatcherBuilder builder, Action<NpgsqlSlimDataSourceBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<PostgresOptions>();
        if (configure is not null)
        {
            builder.Services.ConfigureAll<PostgresOptions>(options => options.ConfigureDataSource(configure));
        }

        builder.Services.TryAddScoped(static services => Create(services, name: null));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, PostgresFailureRule>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunTargets, PostgresTargets>());
        return builder;
    }

    /// <summary>
    /// Adds a database with a name, beside the one without. A job receives it as
    /// <c>[FromKeyedServices("reports")] PostgresDatabase reports</c>. Can be repeated, also for the same name.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name. Without other options, <c>reports</c> is configured as <c>DATABASE_URL_REPORTS</c>.</param>
    /// <param name="configure">Sets the connection string or its key, and configures the data sources of this database.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddPostgres(
        this IDispatcherBuilder builder, string name, Action<PostgresOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        builder.AddPostgres();
        builder.Services.TryAddKeyedScoped(name, static (services, key) => Create(services, (string?)key));
        if (configure is not null)
        {
            builder.Services.Configure(name, configure);
        }

        return builder;
    }

    private static PostgresDatabase Create(IServiceProvider services, string? name) => new(
        services,
        services.GetRequiredService<IConfiguration>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<IOptionsMonitor<PostgresOptions>>(),
        name);
}

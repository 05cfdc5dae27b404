using Dispatcher.Failures;
using Dispatcher.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>Registers what PostgreSQL jobs share.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>Adds <see cref="PostgresDatabase"/>, one per attempt of a run, and what PostgreSQL's errors mean. Can be repeated.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddPostgres(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddScoped<PostgresDatabase>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, PostgresFailureRule>());
        return builder;
    }
}

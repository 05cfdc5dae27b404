using Dispatcher.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The registration of <c>refresh-materialized-view</c>.</summary>
public static class RefreshMaterializedViewBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "refresh-materialized-view";

    /// <summary>The CloudWatch namespace of the job's counts.</summary>
    public const string MetricsNamespace = "MaterializedView/Refresh";

    /// <summary>Adds the job and the database that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddRefreshMaterializedView(this IDispatcherBuilder builder, string name = DefaultName) =>
        builder.AddPostgres().AddJob<RefreshMaterializedViewJob, RefreshMaterializedViewParameters>(
            name,
            RefreshMaterializedViewJsonContext.Default.RefreshMaterializedViewParameters,
            options =>
            {
                options.Description = "Refreshes PostgreSQL materialized views without blocking their readers.";
                options.CountsNamespace = MetricsNamespace;
            });
}

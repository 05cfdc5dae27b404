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

    /// <summary>
    /// Adds the job and the database that it uses. With a run store, one run at a time refreshes the same views of a database.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddRefreshMaterializedView(this IDispatcherBuilder builder, string name = DefaultName) =>
        builder.AddPostgres().AddJob<RefreshMaterializedViewJob, RefreshMaterializedViewParameters>(
            name,
            static () => RefreshMaterializedViewJsonContext.Default.RefreshMaterializedViewParameters,
            options =>
            {
                options.Description = "Refreshes PostgreSQL materialized views without blocking their readers.";
                options.CountsNamespace = MetricsNamespace;
                options.PreventOverlap<RefreshMaterializedViewParameters>(NameViews);
                options.Deploy(Declare);
            });

    /// <summary>Names the views that runs must not refresh at the same time.</summary>
    private static string NameViews(RefreshMaterializedViewParameters parameters)
    {
        var views = string.Join(", ", parameters.View.Items.Select(ViewName.Normalize).Order(StringComparer.Ordinal));
        return $"{DatabaseJobs.OverlapKey(parameters.Connection)}: {views}";
    }

    private static void Declare(JobDeployment deploy) => deploy
        .Label(DatabaseJobs.Label)
        .Enabled(byDefault: false, "Whether refresh-materialized-view is scheduled.")
        .Schedule("rate(1 minute)", """{"view":"${RefreshMaterializedViewName}"}""", "Refreshes a materialized view.")
        .Parameter("RefreshMaterializedViewName", parameter => parameter
            .Text("job_progress", @"[A-Za-z_][A-Za-z0-9_]*(\.([A-Za-z_][A-Za-z0-9_]*|\*))?")
            .Describe("The view: name or schema.name; schema.* is all materialized views of a schema."))
        .UsePostgres(DatabaseJobs.Label)
        .AlarmAbove("Failed + ItemErrors", 5, TimeSpan.FromMinutes(2), "errors",
            "More than 5 errors of refresh-materialized-view within 2 minutes: failed runs and failed views together.");
}

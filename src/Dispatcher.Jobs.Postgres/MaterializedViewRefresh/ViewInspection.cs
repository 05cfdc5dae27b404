using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Functions that inspect views and decide how to refresh them.</summary>
internal static class ViewInspection
{
    private static readonly string Sql = EmbeddedSql.Read<ScheduledView>("view-inspection.sql");

    // The size is the one fact that waits for the locks of other sessions.
    private static readonly string CheckSql = Sql.Replace("pg_total_relation_size(c.oid)", "0::bigint", StringComparison.Ordinal);

    /// <summary>Inspects a view and decides how to refresh it.</summary>
    /// <exception cref="PermanentJobException">It cannot be refreshed; the message says what to do.</exception>
    public static Task<RefreshPlan> PlanAsync(
        PostgresTransaction transaction, ScheduledView view, RefreshMaterializedViewParameters parameters,
        CancellationToken cancellationToken) => PlanAsync(transaction, Sql, view, parameters, cancellationToken);

    /// <summary>
    /// Finds the views that cannot be refreshed before the first one is: what is missing is known at once, and no view is refreshed for the
    /// sake of one that cannot be.
    /// </summary>
    public static async Task<IReadOnlyList<ScheduledView>> CheckAsync(
        PostgresTransaction transaction, IReadOnlyList<ScheduledView> views, RefreshMaterializedViewParameters parameters,
        CancellationToken cancellationToken)
    {
        var checkedViews = new List<ScheduledView>(views.Count);
        foreach (var view in views)
        {
            try
            {
                await PlanAsync(transaction, CheckSql, view, parameters, cancellationToken);
                checkedViews.Add(view);
            }
            catch (PermanentJobException exception) when (exception is not DryRunViolationException)
            {
                checkedViews.Add(view with { Refusal = exception });
            }
        }

        return checkedViews;
    }

    private static async Task<RefreshPlan> PlanAsync(
        PostgresTransaction transaction, string sql, ScheduledView view, RefreshMaterializedViewParameters parameters,
        CancellationToken cancellationToken) => RefreshPlan.Create(
            view.Name,
            await transaction.ReadOneAsync(SqlText.Create(sql, SqlValue.Of(view.Name.Quoted)), ViewState.Read, cancellationToken),
            parameters,
            view.Last?.ToString());
}

using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The views of a run, in order.</summary>
/// <param name="Views">The views.</param>
/// <param name="Log">The log table.</param>
/// <param name="Stale">The views that select from one of the run's and are not refreshed with it.</param>
internal sealed record RefreshSchedule(IReadOnlyList<ScheduledView> Views, RefreshLog Log, IReadOnlyList<ViewName> Stale)
{
    private const int MaxShown = 20;

    private static readonly string CatalogSql = EmbeddedSql.Read<RefreshSchedule>("view-catalog.sql");
    private static readonly string DependenciesSql = EmbeddedSql.Read<RefreshSchedule>("view-dependencies.sql");

    /// <summary>Reads the views and decides their order.</summary>
    public static async Task<RefreshSchedule> ReadAsync(
        PostgresTransaction transaction, RefreshMaterializedViewParameters parameters, JobContext context,
            CancellationToken cancellationToken)
    {
        var log = await RefreshLog.FindAsync(transaction, ViewName.Parse(parameters.LogTable), context, cancellationToken);
        var graph = await ReadGraphAsync(transaction, cancellationToken);
        var views = await ReadViewsAsync(transaction, [.. parameters.View.Items.Select(ViewName.Parse)], log, cancellationToken);
        var dependents = graph.DependentsOf([.. views.Where(view => view.Id != 0).Select(view => view.Id)]);
        if (parameters.Cascade)
        {
            views.AddRange(dependents.Select((dependent, index) => new ScheduledView(dependent.Name)
            {
                Id = dependent.Id,
                Position = parameters.View.Items.Count + index,
                Age = dependent.Age,
                Last = log.Last(dependent.Name, dependent.Name),
            }));
        }

        var stale = parameters.Cascade ? [] : dependents.Where(dependent => dependent.IsPopulated).Select(dependent => dependent.Name);
        return new RefreshSchedule(RefreshOrder.Arrange(views, graph), log, [.. stale]);
    }

    /// <summary>Describes the order; <see langword="null"/> for a single view.</summary>
    public string? DescribeOrder() => Views.Count < 2
        ? null
        : $"Order, stalest first: {string.Join(", ", Views.Take(MaxShown).Select(Describe))}{More(Views.Count)}";

    /// <summary>Describes the views that stay stale; <see langword="null"/> if there are none.</summary>
    public string? DescribeStale() => Stale.Count == 0
        ? null
        : $"Warning: {string.Join(", ", Stale.Take(MaxShown).Select(view => view.Shown))}{More(Stale.Count)} "
            + $"select{(Stale.Count == 1 ? "s" : string.Empty)} "
          + "from these views and keep" + (Stale.Count == 1 ? "s" : string.Empty) + " the old contents: name "
          + (Stale.Count == 1 ? "it" : "them") + " in 'view' too, or set 'cascade'";

    private static string Describe(ScheduledView view) => view.After.Count == 0
        ? view.Name.Shown
        : $"{view.Name.Shown} (after {string.Join(", ", view.After.Take(MaxShown).Select(source => source.Shown))}, which it selects from)";

    private static string More(int count) => count > MaxShown ? $" and {count - MaxShown} more" : string.Empty;

    private static async Task<DependencyGraph> ReadGraphAsync(PostgresTransaction transaction, CancellationToken cancellationToken)
    {
        var graph = new DependencyGraph();
        await transaction.ReadAsync(
            SqlText.Create(DependenciesSql),
            row => graph.Add(
                new DependencyGraph.Dependent(
                    row.GetInt64(0), new ViewName(row.GetString(2), row.GetString(3)), row.GetBoolean(4), row.GetInt64(5)),
                row.GetInt64(1)),
            cancellationToken);
        return graph;
    }

    /// <summary>Looks the names up. Two names of one view are one view.</summary>
    private static async Task<List<ScheduledView>> ReadViewsAsync(
        PostgresTransaction transaction, ViewName[] names, RefreshLog log, CancellationToken cancellationToken)
    {
        var views = names.Select((name, index) => new ScheduledView(name) { Position = index, Last = log.Last(name, name) }).ToArray();
        await transaction.ReadAsync(
            SqlText.Create(
                CatalogSql,
                SqlValue.Of<string?[]>([.. names.Select(name => name.Schema)]),
                SqlValue.Of<string[]>([.. names.Select(name => name.Name)])),
            row =>
            {
                var index = row.GetInt32(0) - 1;
                views[index] = views[index] with
                {
                    Id = row.GetInt64(1),
                    Age = row.GetInt64(5),
                    Last = log.Last(names[index], new ViewName(row.GetString(2), row.GetString(3))),
                };
            },
            cancellationToken);
        return [.. views.DistinctBy(view => view.Id == 0 ? -1 - view.Position : view.Id)];
    }
}

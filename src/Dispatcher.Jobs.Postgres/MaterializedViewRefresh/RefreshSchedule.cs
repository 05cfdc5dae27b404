using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The views of a run, in order.</summary>
/// <param name="Views">The views.</param>
/// <param name="Log">The log table.</param>
/// <param name="Stale">The views that select from one of the run's and are not refreshed with it.</param>
/// <param name="Problems">The schemas that have no view, each with the reason.</param>
internal sealed record RefreshSchedule(
    IReadOnlyList<ScheduledView> Views, RefreshLog Log, IReadOnlyList<ViewName> Stale, IReadOnlyList<KeyValuePair<string, string>> Problems)
{
    private const int MaxShown = 20;

    private static readonly string DependenciesSql = EmbeddedSql.Read<RefreshSchedule>("view-dependencies.sql");

    /// <summary>Reads the views and decides their order.</summary>
    public static async Task<RefreshSchedule> ReadAsync(
        PostgresTransaction transaction, RefreshMaterializedViewParameters parameters, JobContext context,
            CancellationToken cancellationToken)
    {
        var log = await RefreshLog.FindAsync(transaction, ViewName.Parse(parameters.LogTable), context, cancellationToken);
        var graph = await ReadGraphAsync(transaction, cancellationToken);
        var (views, problems) = await RequestedViews.ReadAsync(transaction, parameters.View.Items, log, cancellationToken);
        var dependents = graph.DependentsOf([.. views.Where(view => view.Id != 0).Select(view => view.Id)]);
        if (parameters.Cascade)
        {
            var position = views.Count == 0 ? 0 : views.Max(view => view.Position) + 1;
            views.AddRange(dependents.Select((dependent, index) => new ScheduledView(dependent.Name)
            {
                Id = dependent.Id,
                Position = position + index,
                Age = dependent.Age,
                Last = log.Last(dependent.Name, dependent.Name),
            }));
        }

        var stale = parameters.Cascade ? [] : dependents.Where(dependent => dependent.IsPopulated).Select(dependent => dependent.Name);
        var ordered = RefreshOrder.Arrange(views, graph);
        if (ordered.Count > 1)
        {
            ordered = await ViewInspection.CheckAsync(transaction, ordered, parameters, cancellationToken);
        }

        return new RefreshSchedule(ordered, log, [.. stale], problems);
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
}

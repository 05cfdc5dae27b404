using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The views that the parameter 'view' names, with those of whole schemas.</summary>
/// <param name="Views">The views, each once.</param>
/// <param name="Problems">The schemas that have none, each with the reason.</param>
internal sealed record RequestedViews(List<ScheduledView> Views, IReadOnlyList<KeyValuePair<string, string>> Problems)
{
    private static readonly string CatalogSql = EmbeddedSql.Read<RequestedViews>("view-catalog.sql");
    private static readonly string SchemaSql = EmbeddedSql.Read<RequestedViews>("schema-views.sql");

    /// <summary>Looks the views up. Two names of one view are one view.</summary>
    public static async Task<RequestedViews> ReadAsync(
        PostgresTransaction transaction, IReadOnlyList<string> items, RefreshLog log, CancellationToken cancellationToken)
    {
        var views = new List<ScheduledView>();
        var problems = new List<KeyValuePair<string, string>>();
        await ReadNamedAsync(transaction, views, items, log, cancellationToken);
        await ReadSchemasAsync(transaction, views, problems, items, log, cancellationToken);
        return new([.. views.DistinctBy(view => view.Id == 0 ? -1 - view.Position : view.Id)], problems);
    }

    private static async Task ReadNamedAsync(
        PostgresTransaction transaction, List<ScheduledView> views, IReadOnlyList<string> items, RefreshLog log,
        CancellationToken cancellationToken)
    {
        ViewName[] names = [.. items.Where(item => !ViewName.TryParseSchema(item, out _)).Select(ViewName.Parse)];
        if (names.Length == 0)
        {
            return;
        }

        views.AddRange(names.Select((name, index) => new ScheduledView(name) { Position = index, Last = log.Last(name, name) }));
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
    }

    private static async Task ReadSchemasAsync(
        PostgresTransaction transaction, List<ScheduledView> views, List<KeyValuePair<string, string>> problems,
        IReadOnlyList<string> items, RefreshLog log, CancellationToken cancellationToken)
    {
        string[] schemas = [.. items.Select(item => ViewName.TryParseSchema(item, out var schema) ? schema : null).OfType<string>()];
        if (schemas.Length == 0)
        {
            return;
        }

        await transaction.ReadAsync(
            SqlText.Create(SchemaSql, SqlValue.Of(schemas)),
            row =>
            {
                var schema = schemas[row.GetInt32(0) - 1];
                if (row.IsDBNull(2))
                {
                    problems.Add(KeyValuePair.Create(ViewName.ShowSchema(schema), DescribeEmpty(schema, exists: row.GetBoolean(1))));
                    return;
                }

                var name = new ViewName(schema, row.GetString(3));
                views.Add(new ScheduledView(name)
                {
                    Id = row.GetInt64(2), Position = views.Count, Age = row.GetInt64(4), Last = log.Last(name, name),
                });
            },
            cancellationToken);
    }

    private static string DescribeEmpty(string schema, bool exists) => exists
        ? $"Schema {SqlName.Quote(schema)} has no materialized view. Correct the parameter 'view', or create the view."
        : $"There is no schema {SqlName.Quote(schema)} (3F000). Correct the parameter 'view'; names are folded to lower case unless "
            + "quoted.";
}

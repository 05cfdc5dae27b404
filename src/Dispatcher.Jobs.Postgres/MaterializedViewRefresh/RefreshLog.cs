using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The table that keeps each view's last refresh, if it exists. Its problems never keep a view from being refreshed.</summary>
internal sealed class RefreshLog
{
    private static readonly string InspectionSql = EmbeddedSql.Read<RefreshLog>("log-inspection.sql");
    private static readonly string WriteSql = EmbeddedSql.Read<RefreshLog>("log-refresh.sql");

    private readonly Dictionary<string, LastRefresh> _last = new(StringComparer.Ordinal);
    private string? _table;

    /// <summary>Gets a value indicating whether refreshes are logged: the table exists, and the role may write it.</summary>
    public bool IsKept => _table is not null;

    /// <summary>Gets why the refreshes of this run are not logged although something has the table's name.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks for the table and reads it.</summary>
    public static async Task<RefreshLog> FindAsync(
        PostgresTransaction transaction, ViewName table, JobContext context, CancellationToken cancellationToken)
    {
        var log = new RefreshLog();
        if (await transaction.TryAsync(() => log.ReadAsync(transaction, table, cancellationToken), cancellationToken) is { } failure)
        {
            (log._table, log.Problem) = (null, $"The log table {table.Shown} cannot be used: {context.Classify(failure).Message}");
        }

        return log;
    }

    /// <summary>Gets when a view was last refreshed, under either of its names.</summary>
    public LastRefresh? Last(ViewName name, ViewName fullName) =>
        new[] { name, fullName }.Select(key => _last.GetValueOrDefault(key.ToString())).MaxBy(last => last?.At);

    /// <summary>Writes a refresh into a table that is kept, under the name that the parameter gave the view.</summary>
    public Task WriteAsync(
        PostgresTransaction transaction, ViewName view, RefreshOutcome outcome, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            SqlText.Create(
                WriteSql.Replace("%1", _table, StringComparison.Ordinal),
                SqlValue.Of(view.ToString()), SqlValue.Of(outcome.DurationMs),
                SqlValue.Of(Figure(outcome, "totalJobs")), SqlValue.Of(Figure(outcome, "totalObjects"))),
            cancellationToken);

    private static long? Figure(RefreshOutcome outcome, string name) =>
        outcome.Statistics.TryGetValue(name, out var value) ? value : null;

    private async Task ReadAsync(PostgresTransaction transaction, ViewName table, CancellationToken cancellationToken)
    {
        var found = await transaction.ReadOneAsync(
            SqlText.Create(InspectionSql, SqlValue.Of(table.Quoted)),
            static row => new
            {
                IsTable = row.GetBoolean(0), MayRead = row.GetBoolean(1), MayWrite = row.GetBoolean(2), User = row.GetString(3),
            },
            cancellationToken);
        if (found is not { } state)
        {
            return;
        }

        if (!state.IsTable)
        {
            Problem = $"The log table {table.Shown} is not a table, so refreshes are not logged. Correct the parameter 'logTable'.";
            return;
        }

        if (state.MayRead)
        {
            await transaction.ReadAsync(
                SqlText.Create(
                    "SELECT view_name::text, (last_refreshed_at AT TIME ZONE 'UTC')::timestamp, refresh_duration_ms::bigint "
                    + $"FROM {table.Quoted} WHERE view_name IS NOT NULL"),
                row => _last[row.GetString(0)] = new LastRefresh(row.GetFieldValue<DateTime?>(1), row.GetFieldValue<long?>(2)),
                cancellationToken);
        }

        if (state.MayRead && state.MayWrite)
        {
            _table = table.Quoted;
        }
        else
        {
            Problem = $"The role may not write the log table {table.Shown}, so refreshes are not logged. "
                      + $"Run GRANT SELECT, INSERT, UPDATE ON {table.Printable} TO {SqlName.Quote(state.User)}.";
        }
    }
}

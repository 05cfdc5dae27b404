using Dispatcher.Failures;
using Dispatcher.Jobs.Postgres.Connections;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Is the table that keeps each view's last refresh, where there is one.</summary>
internal sealed class RefreshLog
{
    private static readonly string InspectionSql = EmbeddedSql.Read("log-inspection.sql");
    private static readonly string WriteSql = EmbeddedSql.Read("log-refresh.sql");

    private readonly string? _table;

    private RefreshLog(string? table) => _table = table;

    /// <summary>Looks for the table.</summary>
    /// <exception cref="PermanentJobException">It is there, but cannot be written.</exception>
    public static async Task<RefreshLog> FindAsync(PostgresTransaction transaction, ViewName table, CancellationToken cancellationToken)
    {
        var found = await transaction.ReadOneAsync(
            InspectionSql,
            [SqlValue.Of(table.Quoted)],
            static row => ((bool IsTable, bool MayWrite)?)(row.GetBoolean(0), row.GetBoolean(1)),
            cancellationToken);
        return found switch
        {
            null => new RefreshLog(null),
            { IsTable: false } => throw new PermanentJobException($"The log table {table} is not a table. Correct the parameter 'logTable'."),
            { MayWrite: false } => throw new PermanentJobException(
                $"The role may not write the log table {table}. Run GRANT SELECT, INSERT, UPDATE ON {table.Quoted} TO the role."),
            _ => new RefreshLog(table.Quoted),
        };
    }

    /// <summary>Reads when a view was last refreshed and how long that took.</summary>
    public async Task<string?> ReadLastAsync(PostgresTransaction transaction, ViewName view, CancellationToken cancellationToken) =>
        _table is null
            ? null
            : await transaction.ReadOneAsync(
                $"SELECT to_char(last_refreshed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), refresh_duration_ms::text FROM {_table} WHERE view_name = $1",
                [SqlValue.Of(view.ToString())],
                static row => $"{(row.IsDBNull(0) ? "unknown" : row.GetString(0))} UTC in {(row.IsDBNull(1) ? "?" : row.GetString(1))} ms",
                cancellationToken);

    /// <summary>Keeps a refresh, under the name that the parameter gave the view.</summary>
    public async Task WriteAsync(
        PostgresTransaction transaction, ViewName view, long durationMs, IReadOnlyDictionary<string, long> statistics, CancellationToken cancellationToken)
    {
        if (_table is not null)
        {
            await transaction.ExecuteAsync(
                WriteSql.Replace("%1", _table, StringComparison.Ordinal),
                [
                    SqlValue.Of(view.ToString()),
                    SqlValue.Of(durationMs),
                    SqlValue.Of(Figure(statistics, "totalJobs")),
                    SqlValue.Of(Figure(statistics, "totalObjects")),
                ],
                cancellationToken);
        }
    }

    private static long? Figure(IReadOnlyDictionary<string, long> statistics, string name) =>
        statistics.TryGetValue(name, out var value) ? value : null;
}

using Dispatcher.Jobs.Postgres.Connections;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Refreshes one view, in one transaction: advisory lock, refresh, figures, log.</summary>
internal sealed class ViewRefresh(PostgresTransaction transaction, ViewName name, RefreshMaterializedViewParameters parameters, TimeProvider timeProvider)
{
    private const string JobProgressView = "job_progress";

    private static readonly string InspectionSql = EmbeddedSql.Read("view-inspection.sql");
    private static readonly string JobProgressSql = EmbeddedSql.Read("job-progress-statistics.sql");

    private RefreshLog? _log;

    /// <summary>Looks at the view and decides.</summary>
    public async Task<RefreshPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var state = await transaction.ReadOneAsync(
            InspectionSql,
            [SqlValue.Of(name.Quoted)],
            static row => new ViewState(
                row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetString(4), row.GetString(5), row.GetBoolean(6),
                row.GetInt64(7), row.GetBoolean(8)),
            cancellationToken);
        _log = await RefreshLog.FindAsync(transaction, ViewName.Parse(parameters.LogTable), cancellationToken);
        return RefreshPlan.Create(name, state, parameters, await _log.ReadLastAsync(transaction, name, cancellationToken));
    }

    /// <summary>Carries the plan out.</summary>
    /// <returns>What was measured; nothing where another run is refreshing the view.</returns>
    public async Task<RefreshOutcome?> ApplyAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        if (!await transaction.TryLockAsync($"refresh {plan.View}", cancellationToken))
        {
            return null;
        }

        var began = timeProvider.GetTimestamp();
        await transaction.ExecuteAsync(plan.Sql, [], cancellationToken);
        var durationMs = (long)timeProvider.GetElapsedTime(began).TotalMilliseconds;

        var statistics = await ReadStatisticsAsync(plan, cancellationToken);
        await _log!.WriteAsync(transaction, name, durationMs, statistics, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new RefreshOutcome(durationMs, statistics);
    }

    private async Task<IReadOnlyDictionary<string, long>> ReadStatisticsAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        // Somebody who asks for figures of their own does not pay for these as well.
        if (parameters.StatisticsQuery is not null)
        {
            return new Dictionary<string, long>();
        }

        var sql = name.Name == JobProgressView ? JobProgressSql.Replace("%1", plan.View, StringComparison.Ordinal) : $"SELECT count(*) AS rows FROM {plan.View}";
        return (await transaction.ReadOneAsync(sql, [], Statistics.Read, cancellationToken))!;
    }
}

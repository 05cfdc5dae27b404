using Dispatcher.Failures;
using Dispatcher.Postgres;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Refreshes one view, in one transaction: advisory lock, refresh, figures, log. What fails after the refresh does not undo it.</summary>
internal sealed class ViewRefresh(
    PostgresTransaction transaction,
    ScheduledView view,
    RefreshLog log,
    RefreshMaterializedViewParameters parameters,
    FailureClassifier failures,
    TimeProvider timeProvider)
{
    private const string JobProgressView = "job_progress";

    private static readonly string InspectionSql = EmbeddedSql.Read("view-inspection.sql");
    private static readonly string JobProgressSql = EmbeddedSql.Read("job-progress-statistics.sql");

    /// <summary>Looks at the view and decides.</summary>
    public async Task<RefreshPlan> PlanAsync(CancellationToken cancellationToken) => RefreshPlan.Create(
        view.Name,
        await transaction.ReadOneAsync(InspectionSql, [SqlValue.Of(view.Name.Quoted)], ViewState.Read, cancellationToken),
        parameters,
        view.Last?.ToString());

    /// <summary>Gets the name of a view's advisory lock.</summary>
    public static string LockName(RefreshPlan plan) => $"refresh {plan.View}";

    /// <summary>Carries the plan out.</summary>
    /// <returns>What was measured; <see langword="null"/> if another run is refreshing the view.</returns>
    public async Task<RefreshOutcome?> ApplyAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        if (!await transaction.TryLockAsync(LockName(plan), cancellationToken))
        {
            return null;
        }

        var began = timeProvider.GetTimestamp();
        await transaction.ExecuteAsync(plan.Sql, [], cancellationToken);
        var outcome = new RefreshOutcome((long)timeProvider.GetElapsedTime(began).TotalMilliseconds) { MissingFigures = plan.MissingFigures };

        outcome = await AddStatisticsAsync(plan, outcome, cancellationToken);
        outcome = await AddLogRowAsync(outcome, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    private async Task<RefreshOutcome> AddStatisticsAsync(RefreshPlan plan, RefreshOutcome outcome, CancellationToken cancellationToken)
    {
        // Somebody who asks for figures of their own does not pay for these as well.
        if (parameters.StatisticsQuery is not null || plan.MissingFigures is not null)
        {
            return outcome;
        }

        var sql = view.Name.Name == JobProgressView
            ? JobProgressSql.Replace("%1", plan.State.Name.Quoted, StringComparison.Ordinal)
            : $"SELECT count(*) AS rows FROM {plan.State.Name.Quoted}";
        IReadOnlyDictionary<string, long> statistics = new Dictionary<string, long>();
        var failure = await transaction.TryAsync(
            async () => statistics = (await transaction.ReadOneAsync(sql, [], Statistics.Read, cancellationToken))!, cancellationToken);
        return failure switch
        {
            null => outcome with { Statistics = statistics },
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => outcome with { MissingFigures = RefreshPlan.DescribeMissing(plan.State) },
            _ => outcome with { Problems = [$"its figures are missing: {failures.Classify(failure).Message}"] },
        };
    }

    private async Task<RefreshOutcome> AddLogRowAsync(RefreshOutcome outcome, CancellationToken cancellationToken)
    {
        var failure = await transaction.TryAsync(
            () => log.WriteAsync(transaction, view.Name, outcome.DurationMs, outcome.Statistics, cancellationToken), cancellationToken);
        return failure is null
            ? outcome
            : outcome with { Problems = [.. outcome.Problems, $"its row in the log table is missing: {failures.Classify(failure).Message}"] };
    }
}

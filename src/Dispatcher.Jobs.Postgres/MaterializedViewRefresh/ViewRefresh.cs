using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>
/// The refresh of one view in one transaction: advisory lock, refresh, figures, log row. A failure after the refresh does not undo it.
/// </summary>
internal sealed class ViewRefresh(RefreshRun run, PostgresTransaction transaction, ScheduledView view)
{
    private const string JobProgressView = "job_progress";

    private static readonly string JobProgressSql = EmbeddedSql.Read<ViewRefresh>("job-progress-statistics.sql");

    /// <summary>Inspects the view and decides how to refresh it.</summary>
    public Task<RefreshPlan> PlanAsync(CancellationToken cancellationToken) =>
        ViewInspection.PlanAsync(transaction, view, run.Parameters, cancellationToken);

    /// <summary>Carries out the plan. A view that another session has locked is skipped.</summary>
    public async Task<ChangeOutcome> ApplyAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var name = $"refresh {plan.View}";
            return await transaction.TryLockAsync(name, cancellationToken)
                ? await RefreshAsync(plan, cancellationToken)
                : run.Skip(
                    $"{plan.View} is being refreshed by another run: "
                    + await run.DescribeLockHoldersAsync(new LockQuery([], name), cancellationToken));
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await transaction.RollbackAsync();
            return await run.SkipLockedAsync(plan.View, plan.State.Name, includeReaders: !plan.Concurrently, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            throw new TransientJobException(
                $"The refresh of {view.Name.Shown} was cancelled by the server before it was done (57014): statement_timeout, or an "
                + "administrator. The old contents stay readable. Give the run more time.",
                exception);
        }
        catch (PostgresException exception) when (
            exception.SqlState is PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.UniqueViolation)
        {
            throw new PermanentJobException(
                $"The query of {view.Name.Shown} returns several rows for one key of its unique index ({exception.SqlState}); "
                    + "the old contents "
                + "stay. Correct the view's query, or its index.",
                exception);
        }
    }

    private async Task<ChangeOutcome> RefreshAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        var began = run.TimeProvider.GetTimestamp();
        await transaction.ExecuteAsync(SqlText.Create(plan.Sql), cancellationToken);
        var outcome = new RefreshOutcome(
            (long)run.TimeProvider.GetElapsedTime(began).TotalMilliseconds) { MissingFigures = plan.MissingFigures };
        await ReadStatisticsAsync(plan, outcome, cancellationToken);
        await WriteLogAsync(outcome, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        run.Report(plan, outcome);
        return ChangeOutcome.Applied;
    }

    private async Task ReadStatisticsAsync(RefreshPlan plan, RefreshOutcome outcome, CancellationToken cancellationToken)
    {
        // With a statistics query of its own, a run does not pay for these as well.
        if (run.Parameters.StatisticsQuery is not null || plan.MissingFigures is not null)
        {
            return;
        }

        var sql = view.Name.Name == JobProgressView
            ? JobProgressSql.Replace("%1", plan.State.Name.Quoted, StringComparison.Ordinal)
            : $"SELECT count(*) AS rows FROM {plan.State.Name.Quoted}";
        switch (await transaction.TryAsync(
            async () => outcome.Statistics = (
                await transaction.ReadOneAsync(SqlText.Create(sql), Statistics.Read, cancellationToken))!, cancellationToken))
        {
            case PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege }:
                outcome.MissingFigures = RefreshPlan.DescribeMissing(plan.State);
                break;
            case { } failure:
                outcome.Problems.Add($"its figures are missing: {run.Context.Classify(failure).Message}");
                break;
        }
    }

    private async Task WriteLogAsync(RefreshOutcome outcome, CancellationToken cancellationToken)
    {
        if (!run.LogTable.IsKept)
        {
            return;
        }

        var failure = await transaction.TryAsync(
            () => run.LogTable.WriteAsync(transaction, view.Name, outcome, cancellationToken), cancellationToken);
        if (failure is not null)
        {
            outcome.Problems.Add($"its row in the log table is missing: {run.Context.Classify(failure).Message}");
        }
    }
}

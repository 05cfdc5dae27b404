using Dispatcher.Changes;
using Dispatcher.DryRun;
using Dispatcher.Failures;
using Dispatcher.Jobs.Postgres.Connections;
using Dispatcher.Jobs.Postgres.Migrations;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Refreshes materialized views, one after the other; one that fails does not keep the others from being refreshed.</summary>
internal sealed class RefreshMaterializedViewJob(PostgresDatabase database, FailureClassifier failures, TimeProvider timeProvider)
    : MaintenanceJob<RefreshMaterializedViewParameters>
{
    protected override async Task<JobResult> RunAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var report = new RefreshReport();
        foreach (var text in parameters.View.Items)
        {
            context.Progress.Report(new JobProgress("Refreshing views", report.Count, parameters.View.Items.Count));
            await RefreshAsync(ViewName.Parse(text), parameters, context, report, cancellationToken);
        }

        if (parameters.StatisticsQuery is not null && !report.IsNothingDone)
        {
            await ReadStatisticsAsync(parameters, context, report, cancellationToken);
        }

        context.Counters.Set("viewsSkipped", report.Skipped);
        return report.Conclude();
    }

    private async Task RefreshAsync(
        ViewName name, RefreshMaterializedViewParameters parameters, JobContext context, RefreshReport report, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginAsync(context, Session(parameters), cancellationToken);
            var refresh = new ViewRefresh(transaction, name, parameters, timeProvider);
            var plan = await refresh.PlanAsync(cancellationToken);
            Log.Refreshing(context.Logger, plan.View, $"{plan.Kind}, because {plan.Why}");

            Exception? failure = null;
            var outcome = await context.Changes.ApplyAsync(
                plan.Change,
                async token =>
                {
                    try
                    {
                        var measured = await refresh.ApplyAsync(plan, token);
                        return measured is null ? SkipRunning(plan, report) : Count(plan, measured, context, report);
                    }
                    catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
                    {
                        return SkipLocked(plan, parameters, report);
                    }
                    catch (Exception exception) when (exception is not OperationCanceledException)
                    {
                        failure = exception;
                        return transaction.Failed(Describe(name, exception));
                    }
                },
                cancellationToken);

            if (failure is not null)
            {
                Fail(name, failure, context, report);
            }
            else if (outcome.Kind == ChangeOutcomeKind.Planned)
            {
                report.Plan(plan);
            }
        }
        catch (Exception exception) when (IsAboutThisView(exception))
        {
            Fail(name, exception, context, report);
        }
    }

    private static bool IsAboutThisView(Exception exception) =>
        exception is (PermanentJobException or PostgresException) and not (DryRunViolationException or ChangeLimitExceededException);

    private static PostgresSessionOptions Session(RefreshMaterializedViewParameters parameters) => new()
    {
        Connection = parameters.Connection,
        LockTimeout = TimeSpan.FromSeconds(parameters.LockTimeoutSeconds),
    };

    private static ChangeOutcome Count(RefreshPlan plan, RefreshOutcome measured, JobContext context, RefreshReport report)
    {
        context.Counters.Add("refreshDurationMs", measured.DurationMs);
        context.Counters.Add("plainRefreshes", plan.Concurrently ? 0 : 1);
        foreach (var (count, value) in measured.Statistics)
        {
            context.Counters.Add(count, value);
        }

        report.Refreshed(plan, measured);
        return ChangeOutcome.Applied;
    }

    private static ChangeOutcome SkipRunning(RefreshPlan plan, RefreshReport report)
    {
        report.Skip($"{plan.View} is being refreshed by another run");
        return ChangeOutcome.Skipped("another run is refreshing it");
    }

    private static ChangeOutcome SkipLocked(RefreshPlan plan, RefreshMaterializedViewParameters parameters, RefreshReport report)
    {
        report.Skip($"{plan.View} was locked by another session for more than {parameters.LockTimeoutSeconds} s (55P03), as by another refresh");
        return ChangeOutcome.Skipped("another session holds a lock on it");
    }

    private void Fail(ViewName name, Exception exception, JobContext context, RefreshReport report)
    {
        var message = Describe(name, exception);
        context.Errors.Add(name.ToString(), message);
        report.Fail(message, exception);
    }

    private string Describe(ViewName name, Exception exception) => (exception as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled =>
            $"The refresh of {name} was cancelled by the server before it was done (57014): statement_timeout, or an administrator. "
            + "The old contents stay readable. Give the run more time.",
        PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.UniqueViolation =>
            $"The query of {name} returns several rows for one key of its unique index ({((PostgresException)exception).SqlState}); the old contents stay. "
            + "Correct the view's query, or its index.",
        _ => failures.Classify(exception).Message,
    };

    private async Task ReadStatisticsAsync(
        RefreshMaterializedViewParameters parameters, JobContext context, RefreshReport report, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginAsync(context, Session(parameters) with { ReadOnly = true }, cancellationToken);

            // As a subquery nothing but a query is accepted; the read-only transaction is the second lock on the same door.
            var rows = 0;
            IReadOnlyDictionary<string, long> statistics = new Dictionary<string, long>();
            await transaction.ReadAsync(
                $"SELECT * FROM ({SqlStatementSplitter.Split(parameters.StatisticsQuery!)[0].Text}\n) AS statistics LIMIT 2",
                [],
                row => (rows, statistics) = (rows + 1, Statistics.Read(row)),
                cancellationToken);
            if (rows != 1)
            {
                throw new PermanentJobException($"The statistics query returns {(rows == 0 ? "no row" : "several rows")}. Return one.");
            }

            foreach (var (count, value) in statistics)
            {
                context.Counters.Set(count, value);
            }
        }
        catch (Exception exception) when (IsAboutThisView(exception))
        {
            // The views are refreshed all the same.
            context.Errors.Add("statisticsQuery", failures.Classify(exception).Message);
            report.LoseStatistics();
        }
    }
}

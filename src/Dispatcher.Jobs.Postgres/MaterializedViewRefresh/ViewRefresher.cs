using Dispatcher.Changes;
using Dispatcher.DryRun;
using Dispatcher.Failures;
using Dispatcher.Postgres;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Takes the views of a run one after the other through plan, change gate and refresh, and reports what became of each.</summary>
internal sealed class ViewRefresher(
    PostgresDatabase database,
    FailureClassifier failures,
    TimeProvider timeProvider,
    RefreshMaterializedViewParameters parameters,
    JobContext context,
    RefreshLog log,
    RefreshReport report)
{
    /// <summary>Makes the options of a run's sessions.</summary>
    public static PostgresSessionOptions Session(RefreshMaterializedViewParameters parameters) => new()
    {
        Connection = parameters.Connection,
        LockTimeout = TimeSpan.FromSeconds(parameters.LockTimeoutSeconds),
    };

    /// <summary>Refreshes a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>Whether there was time for it, or nothing that a follow-up run could do better: no view has been refreshed before it.</returns>
    public async Task<bool> RefreshAsync(ScheduledView view, CancellationToken cancellationToken)
    {
        if (!report.IsNothingDone && RunClock.RemainingMs(context, timeProvider) is { } remaining && view.Last?.DurationMs >= remaining)
        {
            return false;
        }

        try
        {
            var failure = await ApplyAsync(view, cancellationToken);
            if (failure is not null && IsForLackOfTime(failure))
            {
                return false;
            }

            if (failure is not null)
            {
                Fail(view.Name, failure);
            }
        }
        catch (Exception exception) when (IsForLackOfTime(exception))
        {
            return false;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            report.Skip(await DescribeLockedAsync(view.Name.Shown, view.Name, cancellationToken));
        }
        catch (Exception exception) when (IsAboutThisView(exception))
        {
            Fail(view.Name, exception);
        }

        return true;
    }

    /// <summary>Determines whether an exception is about one view, so that the others can still be refreshed.</summary>
    public static bool IsAboutThisView(Exception exception) =>
        exception is (PermanentJobException or PostgresException) and not (DryRunViolationException or ChangeLimitExceededException);

    /// <summary>Plans and refreshes a view. Answers the exception that was rolled back, if any.</summary>
    private async Task<Exception?> ApplyAsync(ScheduledView view, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(context, Session(parameters), cancellationToken);
        var refresh = new ViewRefresh(transaction, view, log, parameters, failures, timeProvider);
        var plan = await refresh.PlanAsync(cancellationToken);
        Log.Refreshing(context.Logger, plan.View, $"{plan.Kind}, because {plan.Why}");

        Exception? failure = null;
        var outcome = await context.Changes.TryApplyAsync(
            plan.Change,
            async token =>
            {
                try
                {
                    return await refresh.ApplyAsync(plan, token) is { } measured
                        ? Count(plan, measured)
                        : await SkipRunningAsync(plan, token);
                }
                catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    await transaction.RollbackAsync();
                    return await SkipLockedAsync(plan, token);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    failure = exception;
                    return transaction.Failed(Describe(view.Name, exception));
                }
            },
            cancellationToken);

        if (outcome.Kind == ChangeOutcomeKind.Planned)
        {
            report.Plan(plan);
        }

        return failure;
    }

    private ChangeOutcome Count(RefreshPlan plan, RefreshOutcome measured)
    {
        context.Counters.Add("refreshDurationMs", measured.DurationMs);
        context.Counters.Add("plainRefreshes", plan.Concurrently ? 0 : 1);
        foreach (var (count, value) in measured.Statistics)
        {
            context.Counters.Add(count, value);
        }

        foreach (var problem in measured.Problems)
        {
            context.Errors.Add(plan.View, $"{plan.View} was refreshed, but {problem}");
        }

        report.Refreshed(plan, measured);
        return ChangeOutcome.Applied;
    }

    private async Task<ChangeOutcome> SkipRunningAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        var holder = await LockHolders.DescribeAsync(
            database, context, parameters.Connection, new LockQuery([], ViewRefresh.LockName(plan)), cancellationToken);
        report.Skip($"{plan.View} is being refreshed by another run: {holder}");
        return ChangeOutcome.Skipped($"another run is refreshing it: {holder}");
    }

    private async Task<ChangeOutcome> SkipLockedAsync(RefreshPlan plan, CancellationToken cancellationToken)
    {
        var reason = await DescribeLockedAsync(plan.View, plan.State.Name, cancellationToken, readersToo: !plan.Concurrently);
        report.Skip(reason);
        return ChangeOutcome.Skipped(reason);
    }

    private async Task<string> DescribeLockedAsync(string shown, ViewName name, CancellationToken cancellationToken, bool readersToo = false)
    {
        var holder = await LockHolders.DescribeAsync(
            database, context, parameters.Connection, new LockQuery([name.Quoted], ReadersToo: readersToo), cancellationToken);
        return $"{shown} was locked by another session for more than {parameters.LockTimeoutSeconds} s (55P03): {holder}";
    }

    private void Fail(ViewName name, Exception exception)
    {
        var message = Describe(name, exception);
        context.Errors.Add(name.Shown, message);
        report.Fail(message, exception);
    }

    /// <summary>Determines whether a follow-up run can do what this one has no time for. It cannot if a single view takes longer than a run.</summary>
    private bool IsForLackOfTime(Exception exception) =>
        !report.IsNothingDone
        && exception is OperationCanceledException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        && RunClock.IsOutOfTime(context, timeProvider);

    private string Describe(ViewName name, Exception exception) => (exception as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled =>
            $"The refresh of {name.Shown} was cancelled by the server before it was done (57014): statement_timeout, or an administrator. "
            + "The old contents stay readable. Give the run more time.",
        PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.UniqueViolation =>
            $"The query of {name.Shown} returns several rows for one key of its unique index ({((PostgresException)exception).SqlState}); the old contents stay. "
            + "Correct the view's query, or its index.",
        _ => failures.Classify(exception).Message,
    };
}

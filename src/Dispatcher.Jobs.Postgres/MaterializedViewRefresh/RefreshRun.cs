using Dispatcher.Postgres;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>One run: its views, one after the other, and the report about each.</summary>
internal sealed class RefreshRun(
    PostgresDatabase database, RefreshMaterializedViewParameters parameters, JobContext context, RefreshLog log, TimeProvider timeProvider)
{
    private readonly RefreshReport _report = new();

    // The views that have failed, and those that were skipped because of one.
    private readonly HashSet<ViewName> _failed = [];

    public RefreshMaterializedViewParameters Parameters => parameters;

    public JobContext Context => context;

    public RefreshLog LogTable => log;

    public TimeProvider TimeProvider => timeProvider;

    public RefreshReport Results => _report;

    /// <summary>Determines whether an exception is about one view, so that the others can still be refreshed.</summary>
    public static bool IsAboutOneView(Exception exception) =>
        exception is (PermanentJobException or TransientJobException or NpgsqlException)
            and not (DryRunViolationException or ChangeLimitExceededException);

    /// <summary>Refreshes a view.</summary>
    /// <returns><see langword="false"/> if time ran out and a follow-up run can do better, because it begins with this view.</returns>
    public async Task<bool> RefreshAsync(ScheduledView view, CancellationToken cancellationToken)
    {
        if (!_report.IsNothingDone && view.Last?.DurationMs >= database.GetRemainingTime(context)?.TotalMilliseconds)
        {
            return false;
        }

        if (SkipBehindFailure(view))
        {
            return true;
        }

        try
        {
            if (view.Refusal is not null)
            {
                throw view.Refusal;
            }

            await using var transaction = await database.BeginAsync(context, parameters.Session, cancellationToken);
            var refresh = new ViewRefresh(this, transaction, view);
            var plan = await refresh.PlanAsync(cancellationToken);
            Log.Refreshing(context.Logger, plan.View, $"{plan.Kind}, because {plan.Why}");
            var outcome = await context.Changes.ApplyAsync(plan.Change, token => refresh.ApplyAsync(plan, token), cancellationToken);
            if (outcome.Kind == ChangeOutcomeKind.Planned)
            {
                _report.Plan(plan);
            }
            else if (outcome.IsOutsidePlan)
            {
                _report.Skip($"{plan.View}: {outcome.Detail}");
            }
        }
        catch (Exception exception) when (IsForLackOfTime(exception))
        {
            return false;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await SkipLockedAsync(view.Name.Shown, view.Name, includeReaders: false, cancellationToken);
        }
        catch (Exception exception) when (IsAboutOneView(exception))
        {
            _failed.Add(view.Name);
            Fail(view.Name.Shown, exception);
        }

        return true;
    }

    /// <summary>Skips a view that selects from one that has failed: it would only read the old contents again.</summary>
    /// <returns><see langword="true"/> if the view was skipped.</returns>
    public bool SkipBehindFailure(ScheduledView view)
    {
        var sources = view.After.Where(_failed.Contains).Select(static source => source.Shown).ToList();
        if (sources.Count > 0)
        {
            _failed.Add(view.Name);
            _report.Skip($"{view.Name.Shown} keeps its old contents, because {string.Join(", ", sources)}, which it selects from, "
                + (context.DryRun ? "would not be refreshed" : "was not refreshed"));
        }

        return sources.Count > 0;
    }

    /// <summary>Reports a view, or a schema, that cannot be refreshed.</summary>
    public void Fail(string item, Exception exception)
    {
        var message = context.Classify(exception).Message;
        context.Errors.Add(item, message);
        _report.Fail(message, exception);
    }

    /// <summary>Reports a view as refreshed.</summary>
    public void Report(RefreshPlan plan, RefreshOutcome outcome)
    {
        context.Counters.Add("refreshDurationMs", outcome.DurationMs);
        context.Counters.Add("plainRefreshes", plan.Concurrently ? 0 : 1);
        foreach (var (count, value) in outcome.Statistics)
        {
            context.Counters.Add(count, value);
        }

        foreach (var problem in outcome.Problems)
        {
            context.Errors.Add(plan.View, $"{plan.View} was refreshed, but {problem}");
        }

        _report.Refreshed(plan, outcome);
    }

    /// <summary>Reports a view as skipped.</summary>
    public ChangeOutcome Skip(string reason)
    {
        _report.Skip(reason);
        return ChangeOutcome.Skipped(reason);
    }

    /// <summary>Reports a view as skipped because another session has locked it.</summary>
    public async Task<ChangeOutcome> SkipLockedAsync(string shown, ViewName name, bool includeReaders, CancellationToken cancellationToken)
    {
        var holder = await DescribeLockHoldersAsync(new LockQuery([name.Quoted], IncludeReaders: includeReaders), cancellationToken);
        return Skip($"{shown} was locked by another session for more than {parameters.LockTimeoutSeconds} s (55P03): {holder}");
    }

    public Task<string> DescribeLockHoldersAsync(LockQuery query, CancellationToken cancellationToken) =>
        database.DescribeLockHoldersAsync(context, parameters.Connection, query, cancellationToken);

    /// <summary>
    /// Determines whether a follow-up run can do what this one has no time for. It cannot if a single view takes longer than a run.
    /// </summary>
    private bool IsForLackOfTime(Exception exception) =>
        !_report.IsNothingDone
        && (exception is OperationCanceledException
            || (exception.InnerException ?? exception) is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled })
        && database.IsOutOfTime(context);
}

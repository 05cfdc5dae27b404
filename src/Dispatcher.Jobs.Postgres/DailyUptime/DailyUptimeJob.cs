using System.Runtime.ExceptionServices;
using Dispatcher.Changes;
using Dispatcher.Failures;
using Dispatcher.Postgres;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>
/// Gives every user with an "Uptime" contribution one for each day since their first, and brings totals and ranks of the leaderboard up to date:
/// all of it in one transaction, or nothing.
/// </summary>
internal sealed class DailyUptimeJob(PostgresDatabase database, FailureClassifier failures, TimeProvider timeProvider)
    : MaintenanceJob<DailyUptimeParameters>
{
    private const string Lock = "daily-uptime";

    // A quoted name is looked up by the search_path as the statements' own are.
    private static readonly string[] Tables =
    [
        "contributions_contribution", "leaderboard_leaderboardentry", "users_user", "contributions_contributiontype", "leaderboard_globalleaderboardmultiplier",
    ];

    protected override async Task<JobResult> RunAsync(
        DailyUptimeParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await RunTransactionAsync(parameters, context, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            var holder = await LockHolders.DescribeAsync(database, context, parameters.Connection, new LockQuery(Tables), cancellationToken);
            throw new LockedException(
                $"Another session kept a table or row of daily-uptime locked for more than {parameters.LockTimeoutSeconds} s (55P03): {holder}. "
                + "Nothing was changed. Run the job again when that session has ended, or raise 'lockTimeoutSeconds'.",
                exception);
        }
    }

    private async Task<JobResult> RunTransactionAsync(
        DailyUptimeParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var until = ReadUntil(parameters);
        await using var transaction = await database.BeginAsync(
            context,
            new PostgresSessionOptions
            {
                Connection = parameters.Connection,
                LockTimeout = TimeSpan.FromSeconds(parameters.LockTimeoutSeconds),
                TimeZone = "UTC",
            },
            cancellationToken);

        // A dry run changes nothing, so it has to keep nobody out; holding the lock it would make a real run turn away.
        if (!context.DryRun && !await transaction.TryLockAsync(Lock, cancellationToken))
        {
            var holder = await LockHolders.DescribeAsync(database, context, parameters.Connection, new LockQuery([], Lock), cancellationToken);
            return JobResult.Skipped($"Another run of daily-uptime is working on this database: {holder}.");
        }

        NpgsqlParameter[] Values() => [SqlValue.Of(until), SqlValue.Of(parameters.Force), SqlValue.Of(parameters.Points)];

        await RequireUptimeTypeAsync(transaction, cancellationToken);
        await RequireFittingMultipliersAsync(transaction, parameters, Values(), cancellationToken);
        var plan = await ReadPlanAsync(transaction, parameters, context, Values(), cancellationToken);
        var effect = await ApplyAsync(transaction, plan, context, Values, cancellationToken)
                     ?? await ReadEffectAsync(transaction, UptimeSql.Forecast, Values(), cancellationToken);

        Report(context.Counters, plan, effect);
        return JobResult.Succeeded(Describe(plan, effect, until, context.DryRun));
    }

    private DateOnly ReadUntil(DailyUptimeParameters parameters)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        var until = parameters.Until ?? today;
        return until <= today
            ? until
            : throw new PermanentJobException(
                $"Parameter 'until' is {until:yyyy-MM-dd}, but today is {today:yyyy-MM-dd} (UTC). "
                + "Leave 'until' out, or give a day up to today.");
    }

    private static async Task RequireUptimeTypeAsync(PostgresTransaction transaction, CancellationToken cancellationToken)
    {
        var exists = await transaction.ReadOneAsync(
            "SELECT EXISTS (SELECT FROM contributions_contributiontype WHERE name = 'Uptime')",
            [],
            static row => row.GetBoolean(0),
            cancellationToken);
        if (!exists)
        {
            throw new PermanentJobException(
                "Table contributions_contributiontype has no row named 'Uptime'. Add the contribution type, spelt exactly so.");
        }
    }

    private static async Task RequireFittingMultipliersAsync(
        PostgresTransaction transaction, DailyUptimeParameters parameters, NpgsqlParameter[] values, CancellationToken cancellationToken)
    {
        var misfit = await transaction.ReadOneAsync(
            UptimeSql.Multipliers,
            values,
            static row => $"Row {row.GetInt64(0)} of leaderboard_globalleaderboardmultiplier, valid from {row.GetString(2)} UTC, holds {row.GetString(1)}",
            cancellationToken);
        if (misfit is not null)
        {
            throw new PermanentJobException(
                $"{misfit}: a multiplier must be from 0 to 999.99, and multiplied by {parameters.Points} points at most {int.MaxValue}. "
                + "Correct the row, or the parameter 'points'. Nothing was changed.");
        }
    }

    private static async Task<UptimePlan> ReadPlanAsync(
        PostgresTransaction transaction, DailyUptimeParameters parameters, JobContext context, NpgsqlParameter[] values, CancellationToken cancellationToken)
    {
        var plan = new UptimePlan();
        await transaction.ReadAsync(
            UptimeSql.Plan,
            values,
            row =>
            {
                var user = new UserDays(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.GetInt64(2),
                    row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
                    row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4));
                plan.Add(user);
                if (parameters.Verbose)
                {
                    Log.UserDays(context.Logger, user.UserId, user.Describe());
                }
            },
            cancellationToken);
        return plan;
    }

    /// <summary>Passes the users to the gate; all of them are done by one statement and one commit. Answers nothing where the gate kept it from being done.</summary>
    private async Task<UptimeEffect?> ApplyAsync(
        PostgresTransaction transaction, UptimePlan plan, JobContext context, Func<NpgsqlParameter[]> values, CancellationToken cancellationToken)
    {
        UptimeEffect? effect = null;
        ExceptionDispatchInfo? failure = null;
        await context.Changes.TryApplyEachAsync(
            plan.Changes,
            async (changes, token) =>
            {
                try
                {
                    effect = await CommitAsync(transaction, plan, values(), token);
                    return Repeat(ChangeOutcome.Applied, changes.Count);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // No user has failed: the transaction has. The run ends with its exception, and is tried again where that may help.
                    failure = ExceptionDispatchInfo.Capture(exception);
                    return Repeat(transaction.Failed(failures.Classify(exception).Message), changes.Count);
                }
            },
            cancellationToken);
        failure?.Throw();
        return effect;
    }

    private static async Task<UptimeEffect> CommitAsync(
        PostgresTransaction transaction, UptimePlan plan, NpgsqlParameter[] values, CancellationToken cancellationToken)
    {
        var effect = await ReadEffectAsync(transaction, UptimeSql.Apply, values, cancellationToken);
        if (effect.ContributionsAdded != plan.Added)
        {
            throw new DataChangedException(
                $"{plan.Added} days were planned, but {effect.ContributionsAdded} were missing when they were to be added: somebody else changed them "
                + "in between. The transaction was rolled back.");
        }

        await transaction.CommitAsync(cancellationToken);
        return effect;
    }

    private static Task<UptimeEffect> ReadEffectAsync(
        PostgresTransaction transaction, string sql, NpgsqlParameter[] values, CancellationToken cancellationToken) =>
        transaction.ReadOneAsync(
            sql, values, static row => new UptimeEffect(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken);

    private static ChangeOutcome[] Repeat(ChangeOutcome outcome, int count)
    {
        var outcomes = new ChangeOutcome[count];
        Array.Fill(outcomes, outcome);
        return outcomes;
    }

    private static void Report(JobCounters counters, UptimePlan plan, UptimeEffect effect)
    {
        counters.Set("users", plan.Users);
        counters.Set("contributionsAdded", effect.ContributionsAdded);
        counters.Set("daysSkippedNoMultiplier", plan.Skipped);
        counters.Set("leaderboardEntriesUpdated", effect.LeaderboardEntriesUpdated);
        counters.Set("ranksChanged", effect.RanksChanged);
    }

    private static string Describe(UptimePlan plan, UptimeEffect effect, DateOnly until, bool dryRun)
    {
        var skipped = plan.Skipped == 0 ? string.Empty : $" {plan.Skipped} user-days have no multiplier and {(dryRun ? "would be" : "were")} skipped.";
        return $"{(dryRun ? "Would add" : "Added")} {effect.ContributionsAdded} days up to {until:yyyy-MM-dd} for {plan.Changes.Count} of {plan.Users} users; "
               + $"{effect.LeaderboardEntriesUpdated} leaderboard entries and {effect.RanksChanged} ranks {(dryRun ? "would change" : "changed")}.{skipped}";
    }
}

using Dispatcher.Postgres;
using Dispatcher.Text;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>
/// The job that gives every user with an "Uptime" contribution one for each day since their first, and brings totals and ranks of the
/// leaderboard up to date: all of it in one transaction, or nothing.
/// </summary>
internal sealed class DailyUptimeJob(PostgresDatabase database, TimeProvider timeProvider) : MaintenanceJob<DailyUptimeParameters>
{
    private const string Lock = "daily-uptime";

    // A quoted name is looked up by the search_path as the statements' own are.
    private static readonly string[] Tables =
    [
        "contributions_contribution", "leaderboard_leaderboardentry", "users_user", "contributions_contributiontype",
        "leaderboard_globalleaderboardmultiplier",
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
            var holder = await database.DescribeLockHoldersAsync(context, parameters.Connection, new LockQuery(Tables), cancellationToken);
            throw new TransientJobException(
                $"Another session kept a table or row of daily-uptime locked for more than {parameters.LockTimeoutSeconds} s (55P03): "
                    + $"{holder}. "
                + "Nothing was changed. Run the job again when that session has ended, or raise 'lockTimeoutSeconds'.",
                exception);
        }
    }

    private async Task<JobResult> RunTransactionAsync(
        DailyUptimeParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        var until = ReadUntil(parameters);
        var session = new PostgresSessionOptions
        {
            Connection = parameters.Connection, LockTimeout = TimeSpan.FromSeconds(parameters.LockTimeoutSeconds), TimeZone = "UTC",
            Role = parameters.Role,
        };
        await using var transaction = await database.BeginAsync(context, session, cancellationToken);

        // A dry run changes nothing, so it need not keep others out; with the lock it would make a real run end at once.
        if (!context.DryRun && !await transaction.TryLockAsync(Lock, cancellationToken))
        {
            var holder = await database.DescribeLockHoldersAsync(
                context, parameters.Connection, new LockQuery([], Lock), cancellationToken);
            return JobResult.Skipped($"Another run of daily-uptime is working on this database: {holder}.");
        }

        var uptime = new UptimeTransaction(transaction, parameters, until);
        await uptime.ValidateAsync(cancellationToken);
        var plan = await uptime.PlanAsync(context.Logger, cancellationToken);
        context.Changes.Examined(plan.Users);
        UptimeEffect? applied = null;
        var outcome = await context.Changes.ApplyAllAsync(
            plan.Changes, async token => applied = await uptime.ApplyAsync(plan, token), cancellationToken);
        if (outcome.Kind == ChangeOutcomeKind.Skipped)
        {
            return JobResult.Skipped(
                $"Nothing was added: all days are added together, and at least one user is not as in the plan ({outcome.Detail}).");
        }

        var effect = applied ?? await uptime.ForecastAsync(cancellationToken);
        context.Counters.Set("users", plan.Users);
        context.Counters.Set("contributionsAdded", effect.ContributionsAdded);
        context.Counters.Set("daysSkippedNoMultiplier", plan.Skipped);
        context.Counters.Set("leaderboardEntriesUpdated", effect.LeaderboardEntriesUpdated);
        context.Counters.Set("ranksChanged", effect.RanksChanged);
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

    private static string Describe(UptimePlan plan, UptimeEffect effect, DateOnly until, bool dryRun)
    {
        var skipped = plan.Skipped == 0
            ? ""
            : $" {Quantity.Count(plan.Skipped, "user-day")} without a multiplier {(dryRun ? "would be" : "had to be")} skipped.";
        return $"{(dryRun ? "Would add" : "Added")} {Quantity.Count(effect.ContributionsAdded, "day")} up to {until:yyyy-MM-dd} "
            + $"for {plan.Changes.Count} of {plan.Users} users; {effect.LeaderboardEntriesUpdated} leaderboard entries "
            + $"and {effect.RanksChanged} ranks "
            + $"{(dryRun ? "would change" : "changed")}.{skipped}";
    }
}

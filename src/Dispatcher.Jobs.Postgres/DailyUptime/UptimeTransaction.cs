using Dispatcher.Postgres;
using Dispatcher.Postgres.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>
/// The statements of a run. Plan, forecast and change begin with the same text, so that a dry run cannot differ from the run.
/// </summary>
internal sealed class UptimeTransaction(PostgresTransaction transaction, DailyUptimeParameters parameters, DateOnly until)
{
    private static readonly string MissingDays = EmbeddedSql.Read<DailyUptimeJob>("uptime-missing-days.sql");
    private static readonly string Leaderboard = MissingDays + EmbeddedSql.Read<DailyUptimeJob>("uptime-leaderboard.sql");
    private static readonly string PlanSql = MissingDays + EmbeddedSql.Read<DailyUptimeJob>("uptime-plan.sql");
    private static readonly string MultipliersSql = MissingDays + EmbeddedSql.Read<DailyUptimeJob>("uptime-multipliers.sql");
    private static readonly string ForecastSql = Leaderboard + EmbeddedSql.Read<DailyUptimeJob>("uptime-forecast.sql");
    private static readonly string ApplySql = Leaderboard + EmbeddedSql.Read<DailyUptimeJob>("uptime-apply.sql");

    /// <summary>Validates what the database holds: the contribution type and the multipliers.</summary>
    /// <exception cref="PermanentJobException">Something has to be corrected first.</exception>
    public async Task ValidateAsync(CancellationToken cancellationToken)
    {
        if (!await transaction.ReadScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM contributions_contributiontype WHERE name = 'Uptime')", cancellationToken))
        {
            throw new PermanentJobException(
                "Table contributions_contributiontype has no row named 'Uptime'. Add the contribution type, spelled exactly so.");
        }

        var misfit = await ReadOneAsync(
            MultipliersSql,
            static row => $"Row {row.GetInt64(0)} of leaderboard_globalleaderboardmultiplier, valid from {row.GetString(2)} UTC, "
                + $"holds {row.GetString(1)}",
            cancellationToken);
        if (misfit is not null)
        {
            throw new PermanentJobException(
                $"{misfit}: a multiplier must be from 0 to 999.99, and multiplied by {parameters.Points} points at most {int.MaxValue}. "
                + "Correct the row, or the parameter 'points'. Nothing was changed.");
        }
    }

    /// <summary>Reads which days each user lacks.</summary>
    public async Task<UptimePlan> PlanAsync(ILogger logger, CancellationToken cancellationToken)
    {
        var plan = new UptimePlan();
        await transaction.ReadAsync(
            Statement(PlanSql),
            row =>
            {
                var user = UserDays.Read(row);
                plan.Add(user);
                if (parameters.Verbose)
                {
                    Log.UserDaysFound(logger, user.UserId, user.Describe());
                }
            },
            cancellationToken);
        return plan;
    }

    /// <summary>Reads what <see cref="ApplyAsync"/> would change.</summary>
    public Task<UptimeEffect> ForecastAsync(CancellationToken cancellationToken) =>
        ReadOneAsync(ForecastSql, UptimeEffect.Read, cancellationToken);

    /// <summary>Makes all changes of a plan with one statement, and commits.</summary>
    /// <exception cref="TransientJobException">The data has changed since the plan.</exception>
    public async Task<UptimeEffect> ApplyAsync(UptimePlan plan, CancellationToken cancellationToken)
    {
        var effect = await ReadOneAsync(ApplySql, UptimeEffect.Read, cancellationToken);
        if (effect.ContributionsAdded != plan.Added)
        {
            throw new TransientJobException(
                $"{plan.Added} days were planned, but {effect.ContributionsAdded} were missing when they were to be added: another session "
                + "changed them in between. The transaction was rolled back.");
        }

        await transaction.CommitAsync(cancellationToken);
        return effect;
    }

    private Task<T?> ReadOneAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        transaction.ReadOneAsync(Statement(sql), read, cancellationToken);

    private SqlText Statement(string sql) =>
        SqlText.Create(sql, SqlValue.Of(until), SqlValue.Of(parameters.Force), SqlValue.Of(parameters.Points));
}

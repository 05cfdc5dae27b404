namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>
/// Puts the job's statements together. A plan, a forecast and a change begin with the same text, so that a dry run cannot differ from the run.
/// </summary>
internal static class UptimeSql
{
    private static readonly string MissingDays = EmbeddedSql.Read("uptime-missing-days.sql");
    private static readonly string Leaderboard = MissingDays + EmbeddedSql.Read("uptime-leaderboard.sql");

    /// <summary>Gets the query for each user's missing days.</summary>
    public static string Plan { get; } = MissingDays + EmbeddedSql.Read("uptime-plan.sql");

    /// <summary>Gets the query for a multiplier that does not fit its columns.</summary>
    public static string Multipliers { get; } = MissingDays + EmbeddedSql.Read("uptime-multipliers.sql");

    /// <summary>Gets the query for the effect of a change.</summary>
    public static string Forecast { get; } = Leaderboard + EmbeddedSql.Read("uptime-forecast.sql");

    /// <summary>Gets the change.</summary>
    public static string Apply { get; } = Leaderboard + EmbeddedSql.Read("uptime-apply.sql");
}

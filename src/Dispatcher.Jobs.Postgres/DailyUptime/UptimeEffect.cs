using Npgsql;

namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>The changes that a run makes, or would make.</summary>
/// <param name="ContributionsAdded">How many days are added.</param>
/// <param name="LeaderboardEntriesUpdated">How many entries are created, or get another total.</param>
/// <param name="RanksChanged">How many entries get another rank.</param>
internal readonly record struct UptimeEffect(long ContributionsAdded, long LeaderboardEntriesUpdated, long RanksChanged)
{
    public static UptimeEffect Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
}

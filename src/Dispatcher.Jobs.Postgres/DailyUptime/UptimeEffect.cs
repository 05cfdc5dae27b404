namespace Dispatcher.Jobs.Postgres.DailyUptime;

/// <summary>Is what a run changes, or would.</summary>
/// <param name="ContributionsAdded">How many days are added.</param>
/// <param name="LeaderboardEntriesUpdated">How many entries are created, or get another total.</param>
/// <param name="RanksChanged">How many entries get another rank.</param>
internal readonly record struct UptimeEffect(long ContributionsAdded, long LeaderboardEntriesUpdated, long RanksChanged);

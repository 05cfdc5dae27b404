using Dispatcher.IntegrationTests.Postgres.DailyUptime;
using Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;
using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres.Killed;

/// <summary>A database with work for both jobs, which is there again after each reset.</summary>
internal sealed class KilledWorld : IAsyncDisposable
{
    private const string Sessions = "(application_name LIKE 'daily-uptime %' OR application_name LIKE 'refresh-materialized-view %')";

    private readonly TestDatabase _database;
    private int _rows;

    private KilledWorld(TestDatabase database, IReadOnlyList<string> idle, IReadOnlyList<string> done) =>
        (_database, UptimeBefore, UptimeAfter) = (database, idle, done);

    public static IReadOnlyList<string> Views { get; } = ["first", "second", "third"];

    public string Url => _database.Url;

    /// <summary>Gets the rows that daily-uptime finds.</summary>
    public IReadOnlyList<string> UptimeBefore { get; }

    /// <summary>Gets the rows that daily-uptime leaves, worked out one by one.</summary>
    public IReadOnlyList<string> UptimeAfter { get; }

    public static async Task<KilledWorld> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync("uptime-schema.sql", "uptime-users.sql");
        await database.ExecuteAsync(ViewSql.Log + "CREATE TABLE source (id int PRIMARY KEY);");
        foreach (var view in Views)
        {
            await database.ExecuteAsync(
                $"CREATE MATERIALIZED VIEW {view} AS SELECT id FROM source; CREATE UNIQUE INDEX ON {view} (id);");
        }

        await database.ExecuteAsync(
            "CREATE TABLE kept_contributions AS TABLE contributions_contribution; "
            + "CREATE TABLE kept_entries AS TABLE leaderboard_leaderboardentry;");
        var reference = await UptimeReference.LoadAsync(database);
        reference.Run(new DateOnly(2026, 11, 22), 1, force: false);
        return new KilledWorld(database, await UptimeAsync(database), [.. reference.Contributions, .. reference.Entries]);
    }

    /// <summary>Gives both jobs their work again.</summary>
    public Task ResetAsync() => _database.ExecuteAsync(
        $"""
         TRUNCATE contributions_contribution, leaderboard_leaderboardentry;
         INSERT INTO contributions_contribution SELECT * FROM kept_contributions;
         INSERT INTO leaderboard_leaderboardentry SELECT * FROM kept_entries;
         DELETE FROM materialized_view_refresh_log;
         INSERT INTO source VALUES ({++_rows});
         """);

    /// <summary>Waits in the server, and ends the sessions of the jobs.</summary>
    public Task KillAsync(double afterSeconds) => _database.ReadRowsAsync(
        FormattableString.Invariant(
            $"""
             SELECT pg_terminate_backend(pid)
             FROM (SELECT pg_sleep({afterSeconds})) AS pause,
                  LATERAL (SELECT pid FROM pg_stat_get_activity(NULL) AS session JOIN pg_database d ON d.oid = session.datid
                           WHERE {Sessions} AND pause IS NOT NULL AND d.datname = current_database()) AS sessions
             """));

    /// <summary>Waits until the server has noticed that the sessions of the jobs are gone, and counts the advisory locks.</summary>
    public async Task<string> CountAdvisoryLocksAsync()
    {
        await _database.WaitUntilAsync(
            $"NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND {Sessions})");
        return await _database.ReadAsync(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
            + "WHERE locktype = 'advisory' AND datname = current_database()");
    }

    /// <summary>Reads what daily-uptime changes.</summary>
    public Task<IReadOnlyList<string>> UptimeAsync() => UptimeAsync(_database);

    /// <summary>Returns the views that hold the newest row.</summary>
    public async Task<IReadOnlyList<string>> FreshViewsAsync()
    {
        var fresh = new List<string>();
        foreach (var view in Views)
        {
            if (await _database.ReadAsync($"SELECT max(id) = {_rows} FROM {view}") == "True")
            {
                fresh.Add(view);
            }
        }

        return fresh;
    }

    /// <summary>Returns the views that the log table says were refreshed.</summary>
    public Task<IReadOnlyList<string>> LoggedViewsAsync() =>
        _database.ReadRowsAsync("SELECT view_name FROM materialized_view_refresh_log WHERE last_refreshed_at IS NOT NULL");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task<IReadOnlyList<string>> UptimeAsync(TestDatabase database)
    {
        var contributions = await database.ReadRowsAsync(
            "SELECT user_id, contribution_type_id, points, frozen_global_points, to_char(contribution_date AT TIME ZONE 'UTC', "
            + "'YYYY-MM-DD HH24:MI:SS.US') FROM contributions_contribution");
        var entries = await database.ReadRowsAsync("SELECT user_id, category_id, total_points, rank FROM leaderboard_leaderboardentry");
        return [.. contributions.Order(StringComparer.Ordinal), .. entries.Order(StringComparer.Ordinal)];
    }
}

using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>The tables of the file, and their version.</summary>
internal static class RunFileSchema
{
    private const long Version = 1;

    private const string Tables = """
        CREATE TABLE runs (
            run_id TEXT NOT NULL, job TEXT NOT NULL, started_at INTEGER NOT NULL, status TEXT NOT NULL, record TEXT NOT NULL,
            PRIMARY KEY (run_id, job)) STRICT;
        CREATE INDEX runs_by_job ON runs (job, run_id);
        CREATE INDEX runs_by_start ON runs (started_at);
        CREATE TABLE leases (
            job TEXT NOT NULL, key TEXT NOT NULL, token INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            holder TEXT, since INTEGER, until INTEGER,
            done_by TEXT, done_status TEXT, done_at INTEGER, keep_until INTEGER,
            PRIMARY KEY (job, key)) STRICT, WITHOUT ROWID;
        CREATE INDEX leases_by_expiry ON leases (expires_at);
        CREATE TABLE imports (
            file TEXT NOT NULL PRIMARY KEY, runs INTEGER NOT NULL, unreadable INTEGER NOT NULL, lines TEXT NOT NULL) STRICT;
        PRAGMA user_version = 1;
        """;

    /// <summary>Creates the tables unless they exist. Of many processes at once, one does.</summary>
    /// <exception cref="PermanentJobException">The file belongs to a newer version, or to another program.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        if (ReadVersion(connection) == Version)
        {
            return;
        }

        // It is a property of the file, and cannot be set within a transaction.
        if (IsEmpty(connection))
        {
            connection.Execute("PRAGMA journal_mode = WAL");
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        switch (ReadVersion(connection))
        {
            case Version:
                return;
            case 0 when IsEmpty(connection):
                connection.Execute(Tables);
                transaction.Commit();
                return;
            case 0:
                throw new PermanentJobException(
                    $"{connection.DataSource} is an SQLite database of another program. Set {RunFileSettings.PathKey} to another file.");
            case var newer:
                throw new PermanentJobException(
                    $"{connection.DataSource} was written by a newer version of the dispatcher (format {newer}; this version reads "
                    + $"{Version}). Update this tool, or set {RunFileSettings.PathKey} to another file.");
        }
    }

    private static long ReadVersion(SqliteConnection connection) => connection.Read<long>("PRAGMA user_version");

    private static bool IsEmpty(SqliteConnection connection) => connection.Read<long>("SELECT count(*) FROM sqlite_schema") == 0;
}

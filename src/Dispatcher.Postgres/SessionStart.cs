using System.Globalization;

namespace Dispatcher.Postgres;

/// <summary>
/// The statements that begin a transaction. They set timeouts and, on request, the time zone; everything else stays as server, database and
/// role are configured, because it may change what a query returns.
/// </summary>
internal static class SessionStart
{
    /// <summary>Returns the statements.</summary>
    public static IEnumerable<string> Statements(bool isDryRun, PostgresSessionOptions options, long timeoutMs)
    {
        yield return (isDryRun, options.ReadOnly) switch
        {
            (true, _) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            (_, true) => "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY",
            _ => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        };
        if (options.TimeZone is { } timeZone)
        {
            yield return $"SET LOCAL timezone = '{timeZone.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        // A session whose client is frozen or gone must not hold its locks for long.
        yield return "SET LOCAL idle_in_transaction_session_timeout = '60s'";
        if (options.LockTimeout is { } lockTimeout)
        {
            yield return Setting("lock_timeout", (long)lockTimeout.TotalMilliseconds);
        }

        if (timeoutMs > 0)
        {
            yield return Setting("statement_timeout", timeoutMs);
        }

        // From the first query on, the server no longer lets a transaction leave READ ONLY.
        yield return "SELECT 1";
    }

    /// <summary>Creates the statement that sets the role of the transaction.</summary>
    public static string SetRole(string role) => $"SET LOCAL ROLE \"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Creates the statement that sets a timeout for the transaction.</summary>
    public static string Setting(string name, long milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {name} = {Math.Clamp(milliseconds, 1, int.MaxValue)}");
}

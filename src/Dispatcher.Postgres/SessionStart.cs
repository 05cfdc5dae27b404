using System.Globalization;

namespace Dispatcher.Postgres;

/// <summary>
/// The statements that begin a transaction. They set timeouts and, if it is asked for, the time zone; all else is as server, database and role
/// are configured, because it may change what a query returns.
/// </summary>
internal static class SessionStart
{
    /// <summary>Gets the statements.</summary>
    public static IEnumerable<string> Statements(JobContext context, PostgresSessionOptions options, long timeoutMs)
    {
        yield return (context.DryRun, options.ReadOnly) switch
        {
            (true, _) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            (_, true) => "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY",
            _ => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        };
        if (options.TimeZone is { } timeZone)
        {
            yield return $"SET LOCAL timezone = '{timeZone.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        // What holds locks while its caller is frozen or gone must not hold them for long.
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

    /// <summary>Makes the statement that sets a timeout for the transaction.</summary>
    public static string Setting(string name, long milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {name} = {Math.Clamp(milliseconds, 1, int.MaxValue)}");
}

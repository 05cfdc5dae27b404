using System.Net.Sockets;
using Dispatcher.DryRun;
using Dispatcher.Failures;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>
/// Knows what PostgreSQL answers, by SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html): which errors pass by themselves,
/// and what to do about the others.
/// </summary>
public sealed class PostgresFailureRule : IFailureRule
{
    // Codes that Npgsql has no names for.
    private const string IdleSessionTimeout = "57P05";
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <inheritdoc />
    public Failure? Classify(Exception exception) => exception switch
    {
        DatabaseUnavailableException unavailable => unavailable.Failure,
        DataChangedException changed => Transient(changed.Message),
        PostgresException answer => ClassifyAnswer(answer),
        NpgsqlException { InnerException: (SocketException or IOException or TimeoutException) and var cause } =>
            Transient($"The connection to PostgreSQL was lost: {cause.Message}"),
        _ => null,
    };

    /// <summary>Tells whether the server ends sessions: a restart, a failover, an administrator.</summary>
    internal static bool IsServerGoingAway(string sqlState) => sqlState is
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        or IdleSessionTimeout or IdleInTransactionSessionTimeout
        || sqlState.StartsWith("08", StringComparison.Ordinal)
        || sqlState.StartsWith("53", StringComparison.Ordinal);

    private static Failure ClassifyAnswer(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction when DryRunGuard.Current is { } guard =>
            Permanent(guard.Refuse($"PostgreSQL ({answer.MessageText})").Message),
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            Permanent(Say(answer, "The server or the role is read-only. Connect to the writer endpoint.")),
        PostgresErrorCodes.InsufficientPrivilege =>
            new Failure(FailureKind.Denied, Say(answer, "Grant the role what the job's documentation lists."), IsExpected: true),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction =>
            Permanent(Say(answer, "Check that the connection leads to the right database, and the role's search_path.")),
        PostgresErrorCodes.QueryCanceled =>
            Transient(Say(answer, "statement_timeout or a pg_cancel_backend ended it; nothing was changed. Give the run more time.")),
        PostgresErrorCodes.LockNotAvailable =>
            Transient(Say(answer, "Another session holds the lock; see pg_locks. Try again later, or raise lockTimeoutSeconds.")),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            Transient(Say(answer, "Another session changed the same rows; the transaction was rolled back.")),
        PostgresErrorCodes.NumericValueOutOfRange =>
            Permanent(Say(answer, "A number became too large for its column; the transaction was rolled back.")),
        _ when answer.SqlState.StartsWith("23", StringComparison.Ordinal) =>
            Permanent(Say(answer, $"Constraint '{answer.ConstraintName}' of table '{answer.TableName}' refused the change; the transaction was rolled back.")),
        _ when answer.IsTransient || IsServerGoingAway(answer.SqlState) => Transient(Say(answer, "The server may be back in a moment.")),
        _ => new Failure(FailureKind.Permanent, Say(answer, string.Empty)),
    };

    private static string Say(PostgresException answer, string remedy) =>
        $"PostgreSQL answered {answer.SqlState}: {answer.MessageText.TrimEnd('.')}. {remedy}".TrimEnd();

    private static Failure Permanent(string message) => new(FailureKind.Permanent, message, IsExpected: true);

    private static Failure Transient(string message) => new(FailureKind.Transient, message, IsExpected: true);
}

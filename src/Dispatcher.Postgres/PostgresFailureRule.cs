using System.Net.Sockets;
using Dispatcher.Postgres.Connections;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// The classification of PostgreSQL's errors by SQLSTATE (https://www.postgresql.org/docs/17/errcodes-appendix.html): which ones pass by
/// themselves, and what to do about the others.
/// </summary>
public sealed class PostgresFailureRule : IFailureRule
{
    // Codes that Npgsql has no names for.
    private const string TransactionTimeout = "25P04";
    private const string SnapshotTooOld = "72000";

    // The text of an error that has no code: another session changed the same row of the catalogs.
    private const string TupleConcurrentlyUpdated = "tuple concurrently updated";

    /// <inheritdoc />
    public Failure? Classify(Exception exception) => exception switch
    {
        DatabaseUnavailableException unavailable => unavailable.Failure,
        PostgresException answer => ClassifyAnswer(answer),
        NpgsqlException { InnerException: (SocketException or IOException or TimeoutException) and var cause } =>
            Transient($"The connection to PostgreSQL was lost: {cause.Message}"),
        _ => null,
    };

    private static Failure ClassifyAnswer(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction when DryRunGuard.Current is { } guard =>
            Permanent(guard.Refuse($"PostgreSQL ({answer.MessageText})").Message),
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            Permanent(Format(answer, "The server or the role is read-only. Connect to the writer endpoint.")),
        PostgresErrorCodes.InsufficientPrivilege =>
            new Failure(FailureKind.Denied, Format(answer, "Grant the role what the job's documentation lists."), HasUserMessage: true),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedObject =>
            Permanent(Format(answer, "Check that the connection leads to the right database, and the role's search_path.")),
        PostgresErrorCodes.QueryCanceled or TransactionTimeout =>
            Transient(Format(answer, "A timeout or an administrator ended the statement; nothing was changed. Give the run more time.")),
        PostgresErrorCodes.LockNotAvailable =>
            Transient(Format(answer, "Another session holds the lock; see pg_locks. Try again later, or raise lockTimeoutSeconds.")),
        PostgresErrorCodes.ObjectInUse =>
            Transient(Format(answer, "Another session uses the object. Try again later.")),
        PostgresErrorCodes.TransactionRollback or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or SnapshotTooOld =>
            Transient(Format(answer, "Another session changed the same data; the transaction was rolled back.")),
        PostgresErrorCodes.InternalError when answer.MessageText == TupleConcurrentlyUpdated =>
            Transient(Format(answer, "Another session changed the same object at the same time; the transaction was rolled back.")),
        PostgresErrorCodes.NumericValueOutOfRange =>
            Permanent(Format(answer, "A number became too large for its column; the transaction was rolled back.")),
        PostgresErrorCodes.DiskFull =>
            Permanent(Format(answer, "The server's disk is full. Free space or enlarge the storage; the transaction was rolled back.")),
        PostgresErrorCodes.ConfigurationLimitExceeded =>
            Permanent(Format(answer, "A configured limit of the server was reached, such as temp_file_limit. Raise it, "
                + "or lower what the query needs.")),
        PostgresErrorCodes.ObjectNotInPrerequisiteState =>
            Permanent(Format(answer, "The object is not in the state that the statement needs. Correct it first.")),
        PostgresErrorCodes.ProtocolViolation =>
            Permanent(Format(answer, "The server, or a pooler in front of it, does not understand what it was sent. "
                + "Check the pooler's settings.")),
        PostgresErrorCodes.DatabaseDropped =>
            Permanent(Format(answer, "The database was dropped. Create it again, or correct the connection's environment variable.")),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.IoError
        or PostgresErrorCodes.SystemError
            or PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.DuplicateFile =>
            Permanent(Format(answer, "The server's storage is damaged or unreachable. "
                + "See the server's log before anything is written again.")),
        _ when answer.SqlState.StartsWith("23", StringComparison.Ordinal) => Permanent(Format(answer, DescribeConstraint(answer))),
        PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.TooManyConnections =>
            Transient(Format(answer, "The server was short of memory or sessions; that may pass when others end.")),
        _ when TransientSqlStates.Contains(answer.SqlState) => Transient(Format(answer, "The server may be back in a moment.")),
        _ => new Failure(FailureKind.Permanent, Format(answer, string.Empty)),
    };

    private static string DescribeConstraint(PostgresException answer) =>
        answer.ConstraintName is { } constraint
            ? $"Constraint '{constraint}' of table '{answer.TableName}' refused the change; the transaction was rolled back."
            : $"A constraint of table '{answer.TableName}' refused the change; the transaction was rolled back.";

    private static string Format(PostgresException answer, string remedy)
    {
        var hint = answer.Hint is { Length: > 0 } text ? $"{text.TrimEnd('.')}. " : string.Empty;
        return $"PostgreSQL answered {answer.SqlState}: {answer.MessageText.TrimEnd('.')}. {hint}{remedy}".TrimEnd();
    }

    private static Failure Permanent(string message) => new(FailureKind.Permanent, message, HasUserMessage: true);

    private static Failure Transient(string message) => new(FailureKind.Transient, message, HasUserMessage: true);
}

using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// Work on the rows of a query, batch after batch, each in its own transaction: what to find, which change each row is, and how to make
/// the changes of a batch. <see cref="PostgresDatabase.RunBatchesAsync{TRow}"/> does the rest.
/// </summary>
/// <typeparam name="TRow">What a row is read into.</typeparam>
public sealed record PostgresBatch<TRow>
{
    /// <summary>
    /// Gets the query that finds the rows that are due, in the order in which they are taken. It has no LIMIT and no locking clause, which
    /// are appended; and a row that was changed must not match it any more.
    /// </summary>
    public required SqlText Query { get; init; }

    /// <summary>Gets the function that reads one row.</summary>
    public required Func<NpgsqlDataReader, TRow> Read { get; init; }

    /// <summary>Gets the function that describes the change of a row. Its target identifies the row.</summary>
    public required Func<TRow, Change> Change { get; init; }

    /// <summary>
    /// Gets the function that changes the rows of a batch in its transaction and returns how many it changed: the affected rows of its
    /// statement. Any other number than that of the rows rolls the batch back. It neither commits nor is it called in a dry run.
    /// </summary>
    public required Func<PostgresTransaction, IReadOnlyList<TRow>, CancellationToken, Task<int>> Apply { get; init; }

    /// <summary>Gets the most rows of one transaction.</summary>
    /// <value>The default value is 500.</value>
    public int Size { get; init; } = 500;

    /// <summary>Gets what the rows are, in the plural, for the summary and the progress: <c>expired invitations</c>.</summary>
    /// <value>The default value is <c>rows</c>.</value>
    public string Rows { get; init; } = "rows";

    /// <summary>
    /// Gets the clause that locks the rows of a batch, so that they stay as they were found. A query that joins tables names the one that
    /// is changed: <c>FOR UPDATE OF i SKIP LOCKED</c>. It is left out in a dry run.
    /// </summary>
    /// <value>The default value is <c>FOR UPDATE SKIP LOCKED</c>: rows that another session has locked are left for a later run.</value>
    public string LockingClause { get; init; } = "FOR UPDATE SKIP LOCKED";

    /// <summary>
    /// Gets a value indicating whether the rows are counted before the first batch, so that a run that would exceed its limit of changes
    /// is refused before its first change and the progress has a total.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool CountFirst { get; init; } = true;

    /// <summary>Gets the options of each transaction.</summary>
    /// <value>The default value is the session's defaults.</value>
    public PostgresSessionOptions Session { get; init; } = new();
}

using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// One transaction of a run. Values of a statement are <c>$1</c>, <c>$2</c>, …; several statements in one text are refused.
/// </summary>
public sealed class PostgresTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly StatementRunner _statements;

    private PostgresTransaction(NpgsqlConnection connection, StatementRunner statements)
    {
        _connection = connection;
        _statements = statements;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its values, created by <see cref="SqlValue"/>.</param>
    /// <param name="cancellationToken">Cancels the statement on the server.</param>
    /// <returns>The number of affected rows.</returns>
    /// <exception cref="DryRunViolationException">The statement is not a read, and this is a dry run.</exception>
    public Task<int> ExecuteAsync(string sql, IReadOnlyList<NpgsqlParameter> values, CancellationToken cancellationToken) =>
        _statements.RunAsync(sql, values, static (batch, token) => batch.ExecuteNonQueryAsync(token), cancellationToken);

    /// <summary>Runs a query and passes each row to a reader as it arrives, so that memory does not grow with the rows.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its values, created by <see cref="SqlValue"/>.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public Task<long> ReadAsync(
        string sql, IReadOnlyList<NpgsqlParameter> values, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);

        return _statements.RunAsync(
            sql,
            values,
            async (batch, token) =>
            {
                await using var reader = await batch.ExecuteReaderAsync(token);
                var rows = 0L;
                for (; await reader.ReadAsync(token); rows++)
                {
                    read(reader);
                }

                return rows;
            },
            cancellationToken);
    }

    /// <summary>Runs a query that returns one row.</summary>
    /// <typeparam name="T">What the row is read into.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its values, created by <see cref="SqlValue"/>.</param>
    /// <param name="read">Reads the row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The row; <see langword="default"/> if the query returns none.</returns>
    public async Task<T?> ReadOneAsync<T>(
        string sql, IReadOnlyList<NpgsqlParameter> values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var row = default(T);
        await ReadAsync(sql, values, reader => row = read(reader), cancellationToken);
        return row;
    }

    /// <summary>
    /// Tries to get an advisory lock that lasts until the transaction ends. It never waits, so that a second run of the same work ends
    /// instead of queueing.
    /// </summary>
    /// <param name="name">The name of the lock in this database.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns><see langword="true"/> if no other transaction holds it.</returns>
    public async Task<bool> TryLockAsync(string name, CancellationToken cancellationToken) =>
        await ReadOneAsync(
            "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))",
            [SqlValue.Of(LockHolders.AdvisoryKey(name))],
            static row => row.GetBoolean(0),
            cancellationToken);

    /// <summary>
    /// Runs statements under a savepoint: an error undoes them and nothing before them. They have half of the remaining time, so that what
    /// was done before can still be committed.
    /// </summary>
    /// <param name="run">Runs the statements.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>
    /// The <see cref="PermanentJobException"/> or the server's error; <see langword="null"/> if the statements succeeded. Other exceptions
    /// are thrown.
    /// </returns>
    public Task<Exception?> TryAsync(Func<Task> run, CancellationToken cancellationToken) => _statements.TryAsync(run, cancellationToken);

    /// <summary>Commits the transaction.</summary>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>A task that completes when the server has answered.</returns>
    /// <exception cref="InvalidOperationException">
    /// A statement failed before; the server would answer COMMIT with a silent rollback.
    /// </exception>
    /// <exception cref="TransientJobException">
    /// The server's answer was lost, so that the transaction may be committed: <see cref="TransientJobException.OutcomeUnknown"/> is
    /// <see langword="true"/>. Any other exception means that it was rolled back.
    /// </exception>
    public Task CommitAsync(CancellationToken cancellationToken) => _statements.IsFailed
        ? throw new InvalidOperationException(
            "A statement of this transaction failed, so it cannot be committed. Do not catch the statement's exception, or use TryAsync.")
        : _statements.CommitAsync(cancellationToken);

    /// <summary>Rolls back what is not committed, and releases the transaction's locks.</summary>
    /// <returns>A task that completes when the server has answered.</returns>
    public Task RollbackAsync() => _statements.RollbackAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        await _connection.DisposeAsync();
    }

    internal static async Task<PostgresTransaction> BeginAsync(
        NpgsqlConnection connection, bool isDryRun, PostgresSessionOptions options, RunClock clock, CancellationToken cancellationToken)
    {
        var statements = new StatementRunner(connection, clock);
        await statements.BeginAsync(isDryRun, options, cancellationToken);
        return new PostgresTransaction(connection, statements);
    }
}

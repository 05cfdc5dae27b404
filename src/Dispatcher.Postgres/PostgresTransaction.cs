using System.Runtime.CompilerServices;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// One transaction of a run. Statements are interpolated strings whose values become parameters (<see cref="SqlText"/>); several
/// statements in one text are refused.
/// </summary>
public sealed class PostgresTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly StatementRunner _statements;
    private readonly Func<LostCommit, CancellationToken, Task<bool?>>? _wasCommitted;

    private PostgresTransaction(
        NpgsqlConnection connection, StatementRunner statements, Func<LostCommit, CancellationToken, Task<bool?>>? wasCommitted)
    {
        _connection = connection;
        _statements = statements;
        _wasCommitted = wasCommitted;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <param name="sql">The statement: <c>$"DELETE FROM invitation WHERE id = ANY({ids})"</c>.</param>
    /// <param name="cancellationToken">Cancels the statement on the server.</param>
    /// <returns>The number of affected rows.</returns>
    /// <exception cref="DryRunViolationException">The statement is not a read, and this is a dry run.</exception>
    public Task<int> ExecuteAsync(SqlText sql, CancellationToken cancellationToken) =>
        _statements.RunAsync(sql, static (batch, token) => batch.ExecuteNonQueryAsync(token), cancellationToken);

    /// <summary>Runs a query and passes each row to a reader as it arrives, so that memory does not grow with the rows.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public Task<long> ReadAsync(SqlText sql, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);

        return _statements.RunAsync(
            sql,
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

    /// <summary>Runs a query and returns its rows.</summary>
    /// <typeparam name="T">What a row is read into.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The rows, in order.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(
        SqlText sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await ReadAsync(sql, row => rows.Add(read(row)), cancellationToken);
        return rows;
    }

    /// <summary>Runs a query that returns one row.</summary>
    /// <typeparam name="T">What the row is read into.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads the row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The row; <see langword="default"/> if the query returns none.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public async Task<T?> ReadOneAsync<T>(SqlText sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var row = default(T);
        await ReadAsync(sql, reader => row = read(reader), cancellationToken);
        return row;
    }

    /// <summary>Runs a query that returns one value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The first column of the row; <see langword="default"/> if there is no row or the value is NULL.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public Task<T?> ReadScalarAsync<T>(SqlText sql, CancellationToken cancellationToken) =>
        ReadOneAsync(sql, static row => row.IsDBNull(0) ? default : row.GetFieldValue<T>(0), cancellationToken);

    /// <summary>Runs a query and returns its rows as they arrive, so that memory does not grow with the rows.</summary>
    /// <typeparam name="T">What a row is read into.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The rows. The transaction runs no other statement until all of them are read.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        SqlText sql, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);

        await using var reader = await _statements.OpenAsync(sql, cancellationToken);
        while (await _statements.ReadRowAsync(sql, reader, cancellationToken))
        {
            yield return read(reader);
        }
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
            $"SELECT pg_try_advisory_xact_lock(hashtextextended({LockHolders.AdvisoryKey(name)}, 0))",
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
    /// <see langword="true"/>, unless the server says that it was rolled back (<see cref="PostgresSessionOptions.ResolveLostCommit"/>).
    /// Any other exception means that it was rolled back.
    /// </exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_statements.IsFailed)
        {
            throw new InvalidOperationException(
                "A statement of this transaction failed, so it cannot be committed. Do not catch the statement's exception, "
                + "or use TryAsync.");
        }

        var lost = _wasCommitted is null ? null : await LostCommit.PrepareAsync(this, cancellationToken);
        try
        {
            await _statements.CommitAsync(cancellationToken);
        }
        catch (TransientJobException exception) when (exception.OutcomeUnknown && lost is not null)
        {
            switch (await _wasCommitted!(lost, cancellationToken))
            {
                case true:
                    return;
                case false:
                    throw new TransientJobException(
                        "The connection to PostgreSQL was lost at COMMIT, and the server says that it rolled the transaction back.",
                        exception);
                default:
                    throw;
            }
        }
    }

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
        NpgsqlConnection connection,
        bool isDryRun,
        PostgresSessionOptions options,
        RunClock clock,
        Func<LostCommit, CancellationToken, Task<bool?>>? wasCommitted,
        CancellationToken cancellationToken)
    {
        var statements = new StatementRunner(connection, clock);
        await statements.BeginAsync(isDryRun, options, cancellationToken);
        return new PostgresTransaction(connection, statements, wasCommitted);
    }
}

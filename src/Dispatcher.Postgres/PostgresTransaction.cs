using System.Data;
using Dispatcher.Changes;
using Dispatcher.DryRun;
using Dispatcher.Failures;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// One transaction of a run. Statements take their values as <c>$1</c>, <c>$2</c>, …; several statements in one text are refused.
/// </summary>
public sealed class PostgresTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly JobContext _context;
    private readonly TimeProvider _timeProvider;
    private long _timeoutMs;
    private bool _isFailed;
    private bool _isEnded;
    private bool _mayBeCommitted;

    private PostgresTransaction(NpgsqlConnection connection, JobContext context, TimeProvider timeProvider)
    {
        _connection = connection;
        _context = context;
        _timeProvider = timeProvider;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its values, made by <see cref="SqlValue"/>.</param>
    /// <param name="cancellationToken">Cancels the statement on the server.</param>
    /// <returns>How many rows it affected.</returns>
    /// <exception cref="DryRunViolationException">The statement is not a read, and this is a dry run.</exception>
    public Task<int> ExecuteAsync(string sql, IReadOnlyList<NpgsqlParameter> values, CancellationToken cancellationToken) =>
        RunAsync(sql, values, static (batch, token) => batch.ExecuteNonQueryAsync(token), cancellationToken);

    /// <summary>Runs a query and hands each row to a reader as it arrives, so that memory does not grow with the rows.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its values, made by <see cref="SqlValue"/>.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="DryRunViolationException">The query is not only a read, and this is a dry run.</exception>
    public Task<long> ReadAsync(
        string sql, IReadOnlyList<NpgsqlParameter> values, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);

        return RunAsync(
            sql,
            values,
            async (batch, token) =>
            {
                await using var reader = await batch.ExecuteReaderAsync(token);
                var rows = 0L;
                while (await reader.ReadAsync(token))
                {
                    read(reader);
                    rows++;
                }

                return rows;
            },
            cancellationToken);
    }

    /// <summary>Runs a query that returns one row.</summary>
    /// <typeparam name="T">What the row is read into.</typeparam>
    /// <param name="sql">The query.</param>
    /// <param name="values">Its values, made by <see cref="SqlValue"/>.</param>
    /// <param name="read">Reads the row.</param>
    /// <param name="cancellationToken">Cancels the query on the server.</param>
    /// <returns>The row; <see langword="default"/> where there is none.</returns>
    public async Task<T?> ReadOneAsync<T>(
        string sql, IReadOnlyList<NpgsqlParameter> values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var row = default(T);
        await ReadAsync(sql, values, reader => row = read(reader), cancellationToken);
        return row;
    }

    /// <summary>
    /// Takes an advisory lock that lasts until the transaction ends. It is only ever tried, so that a second run of the same work turns away
    /// instead of waiting.
    /// </summary>
    /// <param name="name">What is locked, in this database.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>Whether no other transaction holds it.</returns>
    public async Task<bool> TryLockAsync(string name, CancellationToken cancellationToken) =>
        await ReadOneAsync(
            "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))",
            [SqlValue.Of(LockHolders.AdvisoryKey(name))],
            static row => row.GetBoolean(0),
            cancellationToken);

    /// <summary>
    /// Runs statements under a savepoint: a failure among them undoes them and no others. They have half of the time that is left, so that what
    /// was done before can still be committed.
    /// </summary>
    /// <param name="run">Runs the statements.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>What failed; <see langword="null"/> for nothing.</returns>
    internal async Task<Exception?> TryAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        await ExecuteAsync("SAVEPOINT attempt", [], cancellationToken);
        var timeoutMs = _timeoutMs;
        if (RunClock.RemainingMs(_context, _timeProvider) is { } remaining)
        {
            await ExecuteAsync(SessionStart.Setting("statement_timeout", _timeoutMs = Math.Max(1, remaining / 2)), [], cancellationToken);
        }

        try
        {
            await run();
            await ExecuteAsync("RELEASE SAVEPOINT attempt", [], cancellationToken);

            // The next statement sets its own again.
            timeoutMs = long.MaxValue;
            return null;
        }
        catch (Exception exception) when (exception is PermanentJobException or PostgresException { InvariantSeverity: "ERROR" })
        {
            // The only statement that a failed transaction accepts. It undoes the savepoint's statement_timeout as well.
            await using var rollback = CreateBatch("ROLLBACK TO SAVEPOINT attempt", []);
            await rollback.ExecuteNonQueryAsync(cancellationToken);
            _isFailed = false;
            return exception;
        }
        finally
        {
            _timeoutMs = timeoutMs;
        }
    }

    /// <summary>Makes the transaction's changes stay.</summary>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>A task that ends when the server has answered.</returns>
    /// <exception cref="InvalidOperationException">A statement failed before; the server would answer COMMIT with a silent rollback.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_isFailed)
        {
            throw new InvalidOperationException("A statement of this transaction failed, so it cannot be committed. Let the statement's exception through.");
        }

        await RunAsync("COMMIT", [], SendCommitAsync, cancellationToken);
        _isEnded = true;
    }

    /// <summary>Says what became of this transaction's changes where it failed: undone, unless the answer to COMMIT got lost.</summary>
    /// <param name="error">What failed.</param>
    /// <returns>The outcome of each of them.</returns>
    public ChangeOutcome Failed(string error) => _mayBeCommitted ? ChangeOutcome.Unknown(error) : ChangeOutcome.Failed(error);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Undoes what is not committed, and gives back its locks.</summary>
    internal async Task RollbackAsync()
    {
        try
        {
            if (!_isEnded && _connection.State == ConnectionState.Open)
            {
                _isEnded = true;
                await using var rollback = CreateBatch("ROLLBACK", []);
                await rollback.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // The server rolls back by itself what a broken connection leaves behind.
        }
    }

    internal static async Task<PostgresTransaction> BeginAsync(
        NpgsqlConnection connection, JobContext context, PostgresSessionOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var transaction = new PostgresTransaction(connection, context, timeProvider);
        transaction._timeoutMs = RunClock.RemainingMs(context, timeProvider) ?? 0;
        await using var batch = connection.CreateBatch();
        foreach (var statement in SessionStart.Statements(context, options, transaction._timeoutMs))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    /// <summary>Begins a statement as a violation names it: its first words, without values.</summary>
    private static string Name(string sql) => $"PostgreSQL '{string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(3))}'";

    private async Task<int> SendCommitAsync(NpgsqlBatch commit, CancellationToken cancellationToken)
    {
        try
        {
            return await commit.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // Only an error that leaves the session alive is the answer "rolled back": a session can end after it has committed and before it says so.
            _mayBeCommitted = exception is not PostgresException { InvariantSeverity: "ERROR" };
            throw;
        }
    }

    private async Task<T> RunAsync<T>(
        string sql, IReadOnlyList<NpgsqlParameter> values, Func<NpgsqlBatch, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        await FollowDeadlineAsync(cancellationToken);
        await using var batch = CreateBatch(sql, values);
        try
        {
            return await run(batch, cancellationToken);
        }
        catch (PostgresException exception) when (
            exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction && DryRunGuard.Current is { } guard)
        {
            _isFailed = true;
            throw guard.Refuse(Name(sql));
        }
        catch
        {
            _isFailed = true;
            throw;
        }
    }

    /// <summary>Keeps statement_timeout below what is left of the run: the server stops by itself even when nobody is left to cancel.</summary>
    private async Task FollowDeadlineAsync(CancellationToken cancellationToken)
    {
        if (RunClock.RemainingMs(_context, _timeProvider) is { } remaining && remaining < _timeoutMs - 1000)
        {
            _timeoutMs = remaining;
            await using var batch = CreateBatch(SessionStart.Setting("statement_timeout", remaining), []);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // A batch of one, because a plain command without parameters is taken apart at its semicolons and sent as several statements.
    private NpgsqlBatch CreateBatch(string sql, IReadOnlyList<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value);
        }

        var batch = _connection.CreateBatch();
        batch.BatchCommands.Add(command);
        return batch;
    }
}

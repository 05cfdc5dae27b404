using System.Data;
using Dispatcher.Postgres.Sql;
using Dispatcher.Text;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// The statements of one transaction, run one at a time and within the run's deadline, with a refusal of every change in a dry run.
/// </summary>
internal sealed class StatementRunner(NpgsqlConnection connection, RunClock clock)
{
    private long _timeoutMs;
    private bool _isEnded;

    /// <summary>Gets a value indicating whether a statement failed, so that the server accepts nothing but a rollback.</summary>
    public bool IsFailed { get; private set; }

    /// <summary>Begins the transaction.</summary>
    public async Task BeginAsync(bool isDryRun, PostgresSessionOptions options, CancellationToken cancellationToken)
    {
        _timeoutMs = clock.RemainingMs ?? 0;
        await using var batch = connection.CreateBatch();
        foreach (var statement in SessionStart.Statements(isDryRun, options, _timeoutMs))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (options.Role is { } role)
        {
            await SetRoleAsync(role, cancellationToken);
        }
    }

    /// <summary>Runs a statement.</summary>
    public async Task<T> RunAsync<T>(
        SqlText sql, Func<NpgsqlBatch, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);

        await FollowDeadlineAsync(cancellationToken);
        await using var batch = CreateBatch(sql);
        return await GuardAsync(sql, () => run(batch, cancellationToken));
    }

    /// <summary>Runs a query whose rows are read later, one at a time, by <see cref="ReadRowAsync"/>.</summary>
    public async Task<NpgsqlDataReader> OpenAsync(SqlText sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);

        // The reader needs its batch, which holds nothing that has to be disposed of, for as long as it reads.
        await FollowDeadlineAsync(cancellationToken);
        var batch = CreateBatch(sql);
        return await GuardAsync(sql, () => batch.ExecuteReaderAsync(cancellationToken));
    }

    /// <summary>Moves the reader of a query to its next row.</summary>
    public Task<bool> ReadRowAsync(SqlText sql, NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        GuardAsync(sql, () => reader.ReadAsync(cancellationToken));

    /// <summary>Commits.</summary>
    /// <exception cref="TransientJobException">The server's answer was lost, so that the transaction may be committed.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await RunAsync($"COMMIT", SendCommitAsync, cancellationToken);
        _isEnded = true;
    }

    /// <summary>Rolls back, unless the transaction has ended or the connection is lost.</summary>
    public async Task RollbackAsync()
    {
        if (_isEnded || connection.State != ConnectionState.Open)
        {
            return;
        }

        _isEnded = true;
        try
        {
            await SendAsync("ROLLBACK", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The server rolls back by itself what a broken connection leaves behind.
        }
    }

    /// <summary>Runs statements under a savepoint. They have half of the remaining time.</summary>
    /// <param name="run">Runs the statements.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The exception; <see langword="null"/> if the statements succeeded.</returns>
    public async Task<Exception?> TryAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        await SendInTimeAsync("SAVEPOINT attempt", cancellationToken);
        var timeoutMs = _timeoutMs;
        if (clock.RemainingMs is { } remaining)
        {
            await SendInTimeAsync(SessionStart.Setting("statement_timeout", _timeoutMs = Math.Max(1, remaining / 2)), cancellationToken);
        }

        try
        {
            await run();
            await SendInTimeAsync("RELEASE SAVEPOINT attempt", cancellationToken);

            // The next statement sets its own again.
            timeoutMs = long.MaxValue;
            return null;
        }
        catch (Exception exception) when (exception is PermanentJobException || IsAnswer(exception))
        {
            // The only statement that a failed transaction accepts. It undoes the savepoint's statement_timeout as well.
            await SendAsync("ROLLBACK TO SAVEPOINT attempt", cancellationToken);
            IsFailed = false;
            return exception;
        }
        finally
        {
            _timeoutMs = timeoutMs;
        }
    }

    // Apart from the other statements, so that an error can only be about the role.
    private async Task SetRoleAsync(string role, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(SessionStart.SetRole(role), cancellationToken);
        }
        catch (PostgresException exception) when (
            exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidParameterValue)
        {
            throw new PermanentJobException(DescribeRole(role, exception), exception);
        }
    }

    private static string DescribeRole(string role, PostgresException refused)
    {
        var remedy = refused.SqlState == PostgresErrorCodes.InsufficientPrivilege
            ? $"Run GRANT {SqlName.Quote(role)} TO the connection's user, from PostgreSQL 16 on WITH SET TRUE, or name another role."
            : "Create the role, or correct its name: it is case-sensitive, as in pg_roles.";
        return $"The role '{PrintableText.Escape(role)}' cannot be used: {PrintableText.Escape(refused.MessageText)} ({refused.SqlState}). "
            + remedy;
    }

    // Only an error that leaves the session alive is an answer: a session can end after it has committed and before it says so.
    private static bool IsAnswer(Exception exception) => exception is PostgresException { InvariantSeverity: "ERROR" };

    private static async Task<int> SendCommitAsync(NpgsqlBatch commit, CancellationToken cancellationToken)
    {
        try
        {
            return await commit.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !IsAnswer(exception))
        {
            throw new TransientJobException(
                $"The answer to COMMIT was lost, so the transaction may be committed or not: {exception.Message.TrimEnd('.')}.", exception)
            {
                OutcomeUnknown = true,
            };
        }
    }

    private async Task<T> GuardAsync<T>(SqlText sql, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (PostgresException exception) when (
            exception.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction && DryRunGuard.Current is { } guard)
        {
            IsFailed = true;
            throw guard.Refuse($"PostgreSQL '{FirstWords(sql.Text)}'");
        }
        catch
        {
            IsFailed = true;
            throw;
        }
    }

    /// <summary>Returns the first words of a statement, without values.</summary>
    private static string FirstWords(string sql) =>
        string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(3));

    /// <summary>Keeps statement_timeout below the remaining time: the server stops by itself even if nobody can cancel any more.</summary>
    private async Task FollowDeadlineAsync(CancellationToken cancellationToken)
    {
        if (clock.RemainingMs is { } remaining && remaining < _timeoutMs - 1000)
        {
            _timeoutMs = remaining;
            await SendAsync(SessionStart.Setting("statement_timeout", remaining), cancellationToken);
        }
    }

    private Task<int> SendInTimeAsync(string sql, CancellationToken cancellationToken) =>
        RunAsync(SqlText.Create(sql), static (batch, token) => batch.ExecuteNonQueryAsync(token), cancellationToken);

    private async Task SendAsync(string sql, CancellationToken cancellationToken)
    {
        await using var batch = CreateBatch(SqlText.Create(sql));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // A batch of one, because a plain command without parameters is taken apart at its semicolons and sent as several statements.
    private NpgsqlBatch CreateBatch(SqlText sql)
    {
        var command = new NpgsqlBatchCommand(sql.Text);
        foreach (var value in sql.Values)
        {
            command.Parameters.Add(value);
        }

        var batch = connection.CreateBatch();
        batch.BatchCommands.Add(command);
        return batch;
    }
}

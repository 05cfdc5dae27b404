using Dispatcher.Postgres.Connections;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// The question whether a transaction was committed although the answer to its COMMIT was lost, as
/// https://www.postgresql.org/docs/17/functions-info.html (<c>pg_xact_status</c>) answers it.
/// </summary>
/// <param name="Transaction">The id of the transaction.</param>
/// <param name="ServerStart">
/// When the server was started. After a failover another server may know the id as that of another transaction, so that only the same
/// process can answer.
/// </param>
internal sealed record LostCommit(string Transaction, DateTime ServerStart)
{
    private const int MaxQuestions = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Notes, before the COMMIT, what the question needs.</summary>
    public static async Task<LostCommit> PrepareAsync(PostgresTransaction transaction, CancellationToken cancellationToken) =>
        (await transaction.ReadOneAsync(
            $"SELECT pg_current_xact_id()::text, pg_postmaster_start_time()",
            static row => new LostCommit(row.GetString(0), row.GetDateTime(1)),
            cancellationToken))!;

    /// <summary>Asks the server in a separate session.</summary>
    /// <param name="begin">Begins a read-only transaction.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>Whether the transaction was committed; <see langword="null"/> if nobody can tell.</returns>
    public async Task<bool?> WasCommittedAsync(
        Func<CancellationToken, Task<PostgresTransaction>> begin, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            for (var question = 1; question <= MaxQuestions; question++)
            {
                await using var session = await begin(cancellationToken);
                var status = await session.ReadScalarAsync<string>(
                    $"SELECT pg_xact_status({Transaction}::xid8) WHERE pg_postmaster_start_time() = {ServerStart}", cancellationToken);
                if (status != "in progress")
                {
                    return status switch { "committed" => true, "aborted" => false, _ => null };
                }

                // The server has not noticed yet that its client is gone, or is committing still.
                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or DatabaseUnavailableException or OperationCanceledException)
        {
            // It stays unknown.
        }

        return null;
    }
}

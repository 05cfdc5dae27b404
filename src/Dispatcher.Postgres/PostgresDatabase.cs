using Dispatcher.Hosting;
using Dispatcher.Postgres.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// The databases of one run. It connects when the first transaction begins and closes all connections with the run, so that a frozen
/// execution environment neither keeps sessions of the server open nor wakes up with stale ones.
/// </summary>
/// <param name="configuration">The configuration that holds <c>DATABASE_URL</c> or one of its alternatives.</param>
/// <param name="timeProvider">The clock for deadlines.</param>
/// <param name="options">Options for the data sources.</param>
public sealed class PostgresDatabase(IConfiguration configuration, TimeProvider timeProvider, IOptions<PostgresOptions>? options = null)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ConnectionSettings Settings, NpgsqlDataSource Source)> _sources = new(StringComparer.Ordinal);

    /// <summary>
    /// Begins a transaction. Settings apply to this transaction only, so that nothing pins a session of RDS Proxy: <c>statement_timeout</c>
    /// from the run's deadline, <c>lock_timeout</c> and the time zone from the options. Everything else is as server, database and role are
    /// configured. In a dry run the transaction is read-only on the server, and all its statements see one snapshot.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <param name="session">Options for the transaction.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The transaction. It is rolled back if it is disposed of without a commit.</returns>
    /// <exception cref="PermanentJobException">No such connection is configured, or it cannot be read.</exception>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or refuses the session.</exception>
    public async Task<PostgresTransaction> BeginAsync(
        JobContext context, PostgresSessionOptions session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(session);

        var (settings, source) = GetSource(context, session.Connection);
        var connection = await OpenAsync(settings, source, context.Logger, cancellationToken);
        try
        {
            return await PostgresTransaction.BeginAsync(
                connection, context.DryRun, session, new RunClock(context, timeProvider), cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Describes who holds a lock that a transaction of this run did not get.</summary>
    /// <param name="context">The run.</param>
    /// <param name="connection">The name of the connection; <see langword="null"/> for the default one.</param>
    /// <param name="query">The lock.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns><c>process 4711 ('pgAdmin' as user 'alice', idle in transaction since …) holds AccessExclusiveLock on totals</c>.</returns>
    public Task<string> DescribeLockHoldersAsync(
        JobContext context, string? connection, LockQuery query, CancellationToken cancellationToken) =>
        LockHolders.DescribeAsync(this, context, connection, query, cancellationToken);

    /// <summary>Returns how long the next statement of a run may take: a little less than the time until the run's deadline.</summary>
    /// <param name="context">The run.</param>
    /// <returns>The time; <see langword="null"/> without a deadline.</returns>
    public TimeSpan? GetRemainingTime(JobContext context) =>
        new RunClock(context, timeProvider).RemainingMs is { } remaining ? TimeSpan.FromMilliseconds(remaining) : null;

    /// <summary>Determines whether the run's deadline is so near that it explains why a statement was cancelled.</summary>
    /// <param name="context">The run.</param>
    /// <returns><see langword="true"/> about a second before the deadline, and from then on.</returns>
    public bool IsOutOfTime(JobContext context) => new RunClock(context, timeProvider).IsOutOfTime;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, source) in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(
        ConnectionSettings settings, NpgsqlDataSource source, ILogger logger, CancellationToken cancellationToken)
    {
        using var notice = new SlowCallNotice(
            logger, timeProvider, () =>
                $"PostgreSQL ({settings.Description}) has not answered for 5 s. The connection is still being waited for.");
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw await ConnectFailures.WrapAsync(exception, settings, cancellationToken);
        }
    }

    private (ConnectionSettings Settings, NpgsqlDataSource Source) GetSource(JobContext context, string? connection)
    {
        lock (_lock)
        {
            var key = connection ?? string.Empty;
            if (!_sources.TryGetValue(key, out var known))
            {
                var settings = ConnectionSettings.Read(configuration, connection);
                known = (settings, settings.CreateDataSource(context.Job, context.RunId, Configure));
                _sources.Add(key, known);
            }

            return known;
        }
    }

    private void Configure(NpgsqlSlimDataSourceBuilder source)
    {
        foreach (var configure in options?.Value.ConfigureDataSource ?? [])
        {
            configure(source);
        }
    }
}

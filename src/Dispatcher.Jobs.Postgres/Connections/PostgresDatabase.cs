using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>
/// Opens transactions for one run. Connects when the first one is asked for, and closes all connections with the run: an execution
/// environment that is frozen until the next run keeps none that the server would have to hold open, and finds none that went stale.
/// </summary>
/// <param name="configuration">Where <c>DATABASE_URL</c> and its like stand.</param>
/// <param name="timeProvider">The clock that deadlines are told by.</param>
public sealed class PostgresDatabase(IConfiguration configuration, TimeProvider timeProvider) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ConnectionSettings Settings, NpgsqlDataSource Source)> _sources = new(StringComparer.Ordinal);

    /// <summary>
    /// Begins a transaction. Everything is set for this transaction only, so that nothing pins a session of RDS Proxy:
    /// <c>statement_timeout</c> from the run's deadline, <c>lock_timeout</c>, time zone UTC. In a dry run it is read-only on the server, and
    /// all its statements see one snapshot.
    /// </summary>
    /// <param name="context">The run.</param>
    /// <param name="options">What else there is to know.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The transaction. It is rolled back where it is disposed of without a commit.</returns>
    /// <exception cref="Failures.PermanentJobException">No such connection is configured, or it cannot be read.</exception>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or refuses the session.</exception>
    public async Task<PostgresTransaction> BeginAsync(
        JobContext context, PostgresSessionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);

        var (settings, source) = GetSource(context, options.Connection);
        var connection = await OpenAsync(settings, source, cancellationToken);
        try
        {
            return await PostgresTransaction.BeginAsync(connection, context, options, timeProvider, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, source) in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(
        ConnectionSettings settings, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new DatabaseUnavailableException(ConnectFailures.Classify(exception, settings.Description), exception);
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
                known = (settings, settings.CreateDataSource(context.Job.Name, context.RunId));
                _sources.Add(key, known);
            }

            return known;
        }
    }
}

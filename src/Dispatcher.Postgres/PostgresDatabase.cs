using Dispatcher.Hosting;
using Dispatcher.Postgres.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dispatcher.Postgres;

/// <summary>
/// A database of one attempt. It connects when the first transaction begins and closes all connections with the attempt, so that a frozen
/// execution environment neither keeps sessions of the server open nor wakes up with stale ones.
/// </summary>
/// <remarks>Register it with <see cref="PostgresBuilderExtensions.AddPostgres(IDispatcherBuilder, string, Action{PostgresOptions}?)"/>
/// or its overload for the database without a name, and take it in the constructor of a job.</remarks>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly IServiceProvider _services;
    private readonly IConfiguration _configuration;
    private readonly TimeProvider _timeProvider;
    private readonly IOptionsMonitor<PostgresOptions> _options;
    private readonly string? _name;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ConnectionSettings Settings, NpgsqlDataSource Source)> _sources = new(StringComparer.Ordinal);

    internal PostgresDatabase(
        IServiceProvider services,
        IConfiguration configuration,
        TimeProvider timeProvider,
        IOptionsMonitor<PostgresOptions> options,
        string? name)
    {
        _services = services;
        _configuration = configuration;
        _timeProvider = timeProvider;
        _options = options;
        _name = name;
    }

    /// <summary>Begins a transaction with default options.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The transaction. It is rolled back if it is disposed of without a commit.</returns>
    /// <exception cref="PermanentJobException">No such connection is configured, or it cannot be read.</exception>
    /// <exception cref="DatabaseUnavailableException">The server cannot be reached, or refuses the session.</exception>
    public Task<PostgresTransaction> BeginAsync(JobContext context, CancellationToken cancellationToken) =>
        BeginAsync(context, new PostgresSessionOptions(), cancellationToken);

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

        var (settings, source) = GetSource(context, session.Connection ?? _name);
        var opening = new SessionOpening(settings, context.Logger, _timeProvider, _services.GetService<FirstAnswerLimit>());
        var connection = await opening.OpenAsync(source, cancellationToken);
        try
        {
            var question = session with { ReadOnly = true, ResolveLostCommit = false };
            return await PostgresTransaction.BeginAsync(
                connection,
                context.DryRun,
                session,
                new RunClock(context, _timeProvider),
                session.ResolveLostCommit
                    ? (lost, token) => lost.WasCommittedAsync(again => BeginAsync(context, question, again), _timeProvider, token)
                    : null,
                cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Works on the rows of a query, batch after batch. A batch is one transaction: its rows are locked, proposed to the change gate and
    /// changed together, or not at all. Whatever ends the run, the next one goes on with the rows that are left.
    /// </summary>
    /// <typeparam name="TRow">What a row is read into.</typeparam>
    /// <param name="context">The run.</param>
    /// <param name="batch">The work.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>
    /// <see cref="JobStatus.Succeeded"/> when no row is left, <see cref="JobStatus.Continued"/> at the deadline. In a dry run, all rows are
    /// proposed from one snapshot.
    /// </returns>
    /// <exception cref="PermanentJobException">
    /// <see cref="PostgresBatch{TRow}.Apply"/> changed another number of rows than the batch has, and the batch was rolled back; or it left
    /// rows in the query's result.
    /// </exception>
    public Task<JobResult> RunBatchesAsync<TRow>(JobContext context, PostgresBatch<TRow> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch.Size, 1);

        return context.DryRun
            ? new BatchPlan<TRow>(this, context, batch).RunAsync(cancellationToken)
            : new BatchRun<TRow>(this, context, batch, _timeProvider).RunAsync(cancellationToken);
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
        new RunClock(context, _timeProvider).RemainingMs is { } remaining ? TimeSpan.FromMilliseconds(remaining) : null;

    /// <summary>Determines whether the run's deadline is so near that it explains why a statement was cancelled.</summary>
    /// <param name="context">The run.</param>
    /// <returns><see langword="true"/> about a second before the deadline, and from then on.</returns>
    public bool IsOutOfTime(JobContext context) => new RunClock(context, _timeProvider).IsOutOfTime;

    /// <summary>Determines whether an exception only says that the run has to stop: its token fired, or the server's timeout did.</summary>
    internal bool IsStop(Exception exception, JobContext context, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => cancellationToken.IsCancellationRequested,
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => IsOutOfTime(context),
        _ => false,
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, source) in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private (ConnectionSettings Settings, NpgsqlDataSource Source) GetSource(JobContext context, string? connection)
    {
        lock (_lock)
        {
            var key = connection ?? Options.DefaultName;
            if (!_sources.TryGetValue(key, out var known))
            {
                var options = _options.Get(key);
                var settings = ConnectionSettings.Read(
                    _configuration, connection, options.ConnectionString, options.ConnectionStringKey);
                known = (settings, settings.CreateDataSource(context.Job, context.RunId, source => options.Apply(_services, source)));
                _sources.Add(key, known);
            }

            return known;
        }
    }
}

using System.Runtime.CompilerServices;
using Dispatcher.Hosting;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite;

/// <summary>The run store in an SQLite file, which many processes share.</summary>
/// <param name="path">The file; neither it nor its folder need exist.</param>
/// <param name="timeProvider">The clock by which leases expire.</param>
internal sealed class RunFile(string path, TimeProvider timeProvider) : IRunStore
{
    private const string CannotRead = "the runs cannot be read from";
    private const string CannotReadLeases = "the leases cannot be read from";

    private readonly RunDatabase _database = new(path);

    /// <inheritdoc />
    public string Location => $"file {_database.Path}";

    /// <inheritdoc />
    public IReadOnlyList<string> Omissions { get; private set; } = [];

    /// <inheritdoc />
    public async Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);

        var json = RunRecordJson.Serialize(record);
        await _database.WriteAsync(
            connection => RunRows.Insert(connection, record, json.Span, replace: true), "the run is not recorded in", cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<RunRecord> ListAsync(
        RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        Omissions = [];
        if (!_database.Exists)
        {
            yield break;
        }

        var unreadable = new UnreadableRows();
        await using var connection = await _database.OpenAsync(CannotRead, cancellationToken);
        Tell(connection, unreadable);
        await using var command = RunRows.Select(connection, query);
        await using var reader = Explain(command.ExecuteReader);
        while (Explain(reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (unreadable.TryRead(reader) is not { } run)
            {
                Tell(connection, unreadable);
            }
            else if (query.Includes(run.Job, run.StartedAt, run.Status))
            {
                yield return run;
            }
        }
    }

    /// <inheritdoc />
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);

        // Ids are written in lower case.
        var beginning = runId.ToLowerInvariant();
        var found = await ReadAsync(connection => RunRows.SelectBeginning(connection, beginning), cancellationToken);
        return found.Count <= 1
            ? found.SingleOrDefault()
            : found.Find(run => run.RunId == beginning)
              ?? throw new AmbiguousRunException(runId, [.. found.Select(static run => run.RunId)]);
    }

    /// <inheritdoc />
    public async Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        ArgumentException.ThrowIfNullOrEmpty(runId);
        return (await ReadAsync(connection => RunRows.SelectOne(connection, job, runId), cancellationToken)).SingleOrDefault();
    }

    /// <inheritdoc />
    public Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _database.WriteAsync(
            connection => LeaseRows.Acquire(connection, request, timeProvider.GetUtcNow()),
            $"the lease '{request.Key}' of job '{request.Job}' cannot be taken in",
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return leases.Count == 0 ? Task.FromResult(true) : _database.WriteAsync(
            connection => LeaseRows.Renew(connection, leases, until), "the leases of the run cannot be renewed in", cancellationToken);
    }

    /// <inheritdoc />
    public Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ends);
        return ends.Count == 0 ? Task.CompletedTask : _database.WriteAsync(
            connection => LeaseRows.End(connection, ends, timeProvider.GetUtcNow()),
            "the leases of the run cannot be ended in",
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!_database.Exists)
        {
            return [.. keys.Select(static _ => (LeaseResult?)null)];
        }

        var now = timeProvider.GetUtcNow();
        await using var connection = await _database.OpenAsync(CannotReadLeases, cancellationToken);
        return Explain<IReadOnlyList<LeaseResult?>>(() => [.. keys.Select(key => LeaseRows.ReadState(connection, job, key, now))]);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LeaseHolder>> ListRunningAsync(string job, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        if (!_database.Exists)
        {
            return [];
        }

        var now = timeProvider.GetUtcNow();
        await using var connection = await _database.OpenAsync(CannotReadLeases, cancellationToken);
        return Explain(() => LeaseHolders.Combine(LeaseRows.ReadHolders(connection, job, now)));
    }

    private async Task<List<RunRecord>> ReadAsync(Func<SqliteConnection, SqliteCommand> select, CancellationToken cancellationToken)
    {
        Omissions = [];
        var runs = new List<RunRecord>();
        if (!_database.Exists)
        {
            return runs;
        }

        var unreadable = new UnreadableRows();
        await using var connection = await _database.OpenAsync(CannotRead, cancellationToken);
        await using var command = select(connection);
        await using var reader = Explain(command.ExecuteReader);
        while (Explain(reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (unreadable.TryRead(reader) is { } run)
            {
                runs.Add(run);
            }
        }

        Tell(connection, unreadable);
        return runs;
    }

    private void Tell(SqliteConnection connection, UnreadableRows unreadable) =>
        Omissions = [.. Explain(() => RunImport.DescribeOmissions(connection).ToList()), .. unreadable.Describe(_database.Path)];

    /// <summary>A file may be damaged anywhere, so that each step of a reading can fail.</summary>
    private T Explain<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException exception)
        {
            throw RunFileErrors.Explain(_database.Path, CannotRead, exception);
        }
    }
}

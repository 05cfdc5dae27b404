using System.Runtime.CompilerServices;
using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>A run store in memory: the runs of one process, for as long as it lives. Thread-safe.</summary>
/// <param name="timeProvider">The clock by which leases expire.</param>
public sealed class MemoryRunStore(TimeProvider timeProvider) : IRunStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Job, string RunId), RunRecord> _runs = [];
    private readonly Dictionary<(string Job, string Key), Entry> _leases = [];

    /// <inheritdoc />
    public string Location => "memory of this process";

    /// <inheritdoc />
    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_lock)
        {
            _runs[(record.Job, record.RunId)] = record;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<RunRecord> ListAsync(
        RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await Task.CompletedTask;
        var found = Snapshot().Where(run => query.Includes(run.Job, run.StartedAt, run.Status));
        if (query.NewestPerJob is { } newest)
        {
            found = found.GroupBy(static run => run.Job, StringComparer.Ordinal).SelectMany(runs => runs.Take(newest))
                .OrderByDescending(static run => run.RunId, StringComparer.Ordinal);
        }

        foreach (var run in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return run;
        }
    }

    /// <inheritdoc />
    public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        RunRecord[] found = [.. Snapshot().Where(run => run.RunId.StartsWith(runId, StringComparison.OrdinalIgnoreCase))];
        return found.Length <= 1 || found.Any(run => run.RunId.Length == runId.Length)
            ? Task.FromResult(found.MinBy(static run => run.RunId.Length))
            : throw new AmbiguousRunException(runId, [.. found.Select(static run => run.RunId)]);
    }

    /// <inheritdoc />
    public Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_runs.GetValueOrDefault((job, runId)));
        }
    }

    /// <inheritdoc />
    public Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            var last = _leases.GetValueOrDefault((request.Job, request.Key));
            if (last?.Outcome is { } outcome && outcome.KeepUntil > now)
            {
                return Task.FromResult(LeaseResult.Finished(outcome));
            }

            if (last?.Holder is { } holder && holder.Until > now)
            {
                if (holder.RunId != request.RunId)
                {
                    return Task.FromResult(LeaseResult.HeldBy(holder));
                }

                // The request was sent again, because its answer was lost.
                var until = request.Until > holder.Until ? request.Until : holder.Until;
                _leases[(request.Job, request.Key)] = last with { Holder = holder with { Until = until } };
                return Task.FromResult(LeaseResult.Taken(new Lease(request.Job, request.Key, request.RunId, last.Token)));
            }

            var token = (last?.Token ?? 0) + 1;
            _leases[(request.Job, request.Key)] = new Entry(token, new LeaseHolder(request.RunId, now, request.Until), null);
            return Task.FromResult(LeaseResult.Taken(new Lease(request.Job, request.Key, request.RunId, token)));
        }
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        lock (_lock)
        {
            if (!leases.All(IsHeld))
            {
                return Task.FromResult(false);
            }

            foreach (var lease in leases)
            {
                var entry = _leases[(lease.Job, lease.Key)];
                _leases[(lease.Job, lease.Key)] = entry with { Holder = entry.Holder! with { Until = until } };
            }

            return Task.FromResult(true);
        }
    }

    /// <inheritdoc />
    public Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ends);
        lock (_lock)
        {
            foreach (var (lease, outcome) in ends.Where(end => IsHeld(end.Lease)))
            {
                _leases[(lease.Job, lease.Key)] = new Entry(lease.Token, null, outcome);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<LeaseResult?>>([.. keys.Select(key => Read(_leases.GetValueOrDefault((job, key)), now))]);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<LeaseHolder>> ListRunningAsync(string job, CancellationToken cancellationToken = default)
    {
        var now = timeProvider.GetUtcNow();
        lock (_lock)
        {
            return Task.FromResult(LeaseHolders.Combine(_leases
                .Where(lease => lease.Key.Job == job)
                .Select(static lease => lease.Value.Holder)
                .OfType<LeaseHolder>()
                .Where(holder => holder.Until > now)));
        }
    }

    private static LeaseResult? Read(Entry? entry, DateTimeOffset now) =>
        entry?.Holder is { } holder ? holder.Until > now ? LeaseResult.HeldBy(holder) : null
            : entry?.Outcome is { } outcome ? LeaseResult.Finished(outcome)
            : null;

    /// <summary>Determines whether nobody has taken a lease over. An expired lease is held until then.</summary>
    private bool IsHeld(Lease lease) =>
        _leases.TryGetValue((lease.Job, lease.Key), out var entry) && entry.Token == lease.Token && entry.Holder is not null;

    private RunRecord[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _runs.Values.OrderByDescending(static run => run.RunId, StringComparer.Ordinal)];
        }
    }

    private sealed record Entry(long Token, LeaseHolder? Holder, LeaseOutcome? Outcome);
}

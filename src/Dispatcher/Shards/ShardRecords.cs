using Dispatcher.Hosting;
using Dispatcher.Leases;

namespace Dispatcher.Shards;

/// <summary>
/// The search for the end of a divided slot. Each run of the slot that ends looks whether all others have ended too, after its own end is
/// in the store: of two that end at once, at least one sees both, and if both do, both write the same record.
/// </summary>
internal sealed class ShardRecords(IRunStore store, TimeProvider timeProvider)
{
    private const int ReadsAtOnce = 8;

    /// <summary>A run writes its record within seconds of its outcome, and looks at the others when it has.</summary>
    private static readonly TimeSpan RecordGrace = TimeSpan.FromSeconds(30);

    /// <summary>Writes the totals of a slot if all of its shards have ended.</summary>
    /// <param name="context">A run of the slot: the one that queued the shards, or one that did a shard.</param>
    /// <param name="own">The record of this run.</param>
    /// <param name="count">The number of shards.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The totals; <see langword="null"/> if a shard has not ended, or the totals are written already.</returns>
    public async Task<RunRecord?> TryCombineAsync(JobContext context, RunRecord own, int count, CancellationToken cancellationToken)
    {
        var first = await ReadFirstAsync(context, count, cancellationToken);
        if (first is not [{ } start, .. var shards] || shards.Contains(null))
        {
            return null;
        }

        if (await ReadRecordAsync(context.Job, start.RunId, own, cancellationToken) is not { } startRecord)
        {
            return null;
        }

        var chains = await FollowAsync(context, [.. shards.Select(static outcome => outcome!)], cancellationToken);
        if (startRecord.Shards is { } known && known.Select(static shard => shard.RunId).SequenceEqual(
            chains.Select(static chain => chain[^1].RunId)))
        {
            return null;
        }

        var parts = new ShardPart?[count];
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (index, token) => parts[index] = await ReadPartAsync(context.Job, index, chains[index], own, token));
        if (parts.Contains(null))
        {
            return null;
        }

        var totals = ShardTotals.Combine(startRecord, [.. parts.Select(static part => part!)]);
        await store.WriteAsync(totals, cancellationToken);
        return totals;
    }

    /// <summary>Reads the outcomes of the run that queued the shards, and of the first run of each shard.</summary>
    private Task<LeaseOutcome?[]> ReadFirstAsync(JobContext context, int count, CancellationToken cancellationToken) => ReadAsync(
        context.Job,
        [
            LeaseKey.ForSlot(context, shard: null, continuation: 0),
            .. Enumerable.Range(0, count).Select(index => LeaseKey.ForSlot(context, new JobShard(index, count), continuation: 0)),
        ],
        cancellationToken);

    /// <summary>Follows each shard through its continuations.</summary>
    /// <returns>The outcomes of the runs of each shard, in their order.</returns>
    private async Task<List<LeaseOutcome>[]> FollowAsync(JobContext context, LeaseOutcome[] first, CancellationToken cancellationToken)
    {
        List<LeaseOutcome>[] chains = [.. first.Select(static outcome => new List<LeaseOutcome> { outcome })];
        for (var continuation = 1; continuation <= JobRequest.MaxContinuation; continuation++)
        {
            int[] open =
            [
                .. Enumerable.Range(0, chains.Length)
                    .Where(index => chains[index].Count == continuation && chains[index][^1].Status == JobStatus.Continued),
            ];
            if (open.Length == 0)
            {
                break;
            }

            var next = await ReadAsync(
                context.Job,
                [.. open.Select(index => LeaseKey.ForSlot(context, new JobShard(index, chains.Length), continuation))],
                cancellationToken);
            foreach (var (index, outcome) in open.Zip(next))
            {
                if (outcome is not null)
                {
                    chains[index].Add(outcome);
                }
            }
        }

        return chains;
    }

    private async Task<LeaseOutcome?[]> ReadAsync(string job, string[] keys, CancellationToken cancellationToken)
    {
        var states = await store.ReadLeasesAsync(job, keys, cancellationToken);
        return [.. states.Select(static state => state?.Outcome)];
    }

    private async Task<ShardPart?> ReadPartAsync(
        string job, int index, List<LeaseOutcome> chain, RunRecord own, CancellationToken cancellationToken)
    {
        var records = new List<RunRecord>();
        foreach (var outcome in chain)
        {
            if (await ReadRecordAsync(job, outcome.RunId, own, cancellationToken) is { } record)
            {
                records.Add(record);
            }
            else if (timeProvider.GetUtcNow() - outcome.FinishedAt < RecordGrace)
            {
                return null;
            }
        }

        var part = new ShardPart(index, chain[^1], records);
        return part.IsContinued ? null : part;
    }

    private async Task<RunRecord?> ReadRecordAsync(string job, string runId, RunRecord own, CancellationToken cancellationToken) =>
        own.RunId == runId ? own : await store.GetAsync(job, runId, cancellationToken);
}

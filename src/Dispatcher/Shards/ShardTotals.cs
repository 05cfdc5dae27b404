using System.Globalization;

namespace Dispatcher.Shards;

/// <summary>The record of a slot that was divided into shards: the totals of all of them.</summary>
internal static class ShardTotals
{
    /// <summary>From the worst to the best. A shard that had nothing to do does not make its slot skipped.</summary>
    private static readonly JobStatus[] WorstFirst =
    [
        JobStatus.Failed, JobStatus.Cancelled, JobStatus.Partial, JobStatus.Continued, JobStatus.Planned, JobStatus.Succeeded,
        JobStatus.Skipped,
    ];

    /// <summary>
    /// Adds up the shards. The same shards give the same record, whoever adds them up: it takes the place of the record of the run that
    /// queued them.
    /// </summary>
    /// <param name="start">The record of the run that queued the shards, or the totals of an earlier time.</param>
    /// <param name="parts">All shards, in their order.</param>
    public static RunRecord Combine(RunRecord start, IReadOnlyList<ShardPart> parts)
    {
        RunRecord[] records = [.. parts.SelectMany(static part => part.Records)];
        var errors = records.SelectMany(static record => record.Errors).ToList();
        return start with
        {
            Status = WorstFirst.First(status => parts.Any(part => part.Status == status)),
            Summary = Describe(parts),
            DurationMs = (long)(parts.Max(static part => part.EndedAt) - start.StartedAt).TotalMilliseconds,
            Attempts = records.Select(static record => record.Attempts).DefaultIfEmpty(1).Max(),
            Counts = Sum(records.SelectMany(static record => record.Counts)),
            Changes = Sum([.. records.Select(static record => record.Changes)]),
            Errors = [.. errors.Take(ItemErrors.MaxKept)],
            ItemErrorCount = records.Sum(static record => Math.Max(record.ItemErrorCount, record.Errors.Count)),
            MemoryMegabytes = null,
            Shards = [.. parts.Select(Describe)],
        };
    }

    private static string Describe(IReadOnlyList<ShardPart> parts)
    {
        var ends = WorstFirst
            .Select(status => (Status: status, Count: parts.Count(part => part.Status == status)))
            .Where(static end => end.Count > 0)
            .Reverse()
            .Select(static end => string.Create(CultureInfo.InvariantCulture, $"{end.Count} {end.Status.ToString().ToLowerInvariant()}"));
        var failed = parts.FirstOrDefault(static part => part.Status == JobStatus.Failed);
        var lost = parts.Count(static part => part.Records.All(record => record.RunId != part.Outcome.RunId));
        return string.Create(CultureInfo.InvariantCulture, $"{parts.Count} shards: {string.Join(", ", ends)}.")
            + (failed is { Records: [.., { Summary: var summary }] } ? $" Shard {failed.Index} failed: {summary}" : string.Empty)
            + (lost == 0 ? string.Empty : string.Create(
                CultureInfo.InvariantCulture, $" The records of {lost} shards are lost, so that their counts are missing."));
    }

    private static ShardRun Describe(ShardPart part) => new(
        part.Index,
        part.Outcome.RunId,
        part.Status,
        Math.Max(1, part.Records.Count),
        part.Records.Sum(static record => record.DurationMs),
        part.Records.Sum(static record => record.Changes.Applied));

    private static ChangesSummary Sum(IReadOnlyList<ChangesSummary> all)
    {
        var items = all.SelectMany(static changes => changes.Items).ToList();
        return new ChangesSummary(
            all.Sum(static changes => changes.Proposed),
            all.Sum(static changes => changes.Applied),
            all.Sum(static changes => changes.Failed),
            all.Sum(static changes => changes.Bytes),
            [.. items.Take(ChangesSummary.MaxItems)],
            items.Count > ChangesSummary.MaxItems || all.Any(static changes => changes.ItemsTruncated))
        {
            Interrupted = all.Sum(static changes => changes.Interrupted),
            ByAction = Sum(all.SelectMany(static changes => changes.ByAction)),
            BytesByClass = all.Any(static changes => changes.BytesByClass is not null)
                ? Sum(all.SelectMany(static changes => changes.BytesByClass ?? new Dictionary<string, long>()))
                : null,
        };
    }

    private static SortedDictionary<string, long> Sum(IEnumerable<KeyValuePair<string, long>> counts)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            sums[name] = sums.GetValueOrDefault(name) + count;
        }

        return sums;
    }
}

using System.Globalization;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>
/// A guard that counts the orphans before anything is changed, and refuses to touch them if there are too many: far more often than a
/// bucket full of garbage, that is the wrong table. Takes a listing of the bucket and one read of the table per 100 old objects, and no
/// memory. A shard counts its own part, or the whole bucket if its part is too small to tell, and refuses for itself alone.
/// </summary>
internal sealed class OrphanGuard(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    /// <summary>Among fewer objects, a share says nothing.</summary>
    internal const int MinObjects = 10;

    private const int BatchesAtOnce = 4;

    private readonly OrphanFinder _finder = new(run, table, bucket);
    private readonly TagReader _tags = new(run, bucket);

    private string Mode => run.Parameters.Orphans == OrphanHandling.Delete ? "delete" : "quarantine";

    /// <summary>Counts and checks.</summary>
    /// <returns>The counts; <see langword="null"/> if nothing was counted, because neither this guard nor a limit needs it.</returns>
    public async Task<OrphanCount?> CheckAsync(CancellationToken cancellationToken)
    {
        var hasLimit = run.Parameters.MaxOrphanedPercent < 100 || run.Context.Changes.Limits.MaxChangesPercent is not null;
        if (run.Parameters.Orphans == OrphanHandling.Report || (!hasLimit && !run.TableIsEmpty))
        {
            return null;
        }

        var own = await CountAsync(run.Partition, cancellationToken);
        if (!run.Partition.IsWhole && own.Objects < MinObjects && own.Orphans > 0)
        {
            // Many shards with few objects each would otherwise touch together what one run refuses to touch.
            Refuse(await CountAsync(KeyPartition.Whole, cancellationToken), "in");
        }
        else
        {
            Refuse(own, run.Partition.IsWhole ? "in" : $"of {run.Context.Shard} in");
        }

        return own;
    }

    private async Task<OrphanCount> CountAsync(KeyPartition partition, CancellationToken cancellationToken)
    {
        long objects = 0;
        long orphans = 0;
        long selected = 0;
        long bytes = 0;
        await Parallel.ForEachAsync(
            _finder.ListAsync(partition, selected: false, (recognized, _) => objects += recognized, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                var found = await FindAsync(batch, token);
                Interlocked.Add(ref orphans, found.Count);
                var due = found.FindAll(static orphan => orphan.IsSelected);
                Interlocked.Add(ref selected, due.Count);
                Interlocked.Add(ref bytes, due.Sum(static orphan => orphan.Object.Size));
            });
        return new OrphanCount(objects, orphans, selected, bytes);
    }

    private void Refuse(OrphanCount count, string where)
    {
        var (objects, orphans) = (count.Objects, count.Orphans);
        var parameters = run.Parameters;
        if (orphans > 0 && run.TableIsEmpty)
        {
            throw Refusal(
                $"table '{parameters.Table}' holds no session at all, so that each of the {Format(orphans)} old objects in bucket "
                + $"'{parameters.Bucket}' would count as an orphan. Set TABLE_NAME, or the parameter table, to the sessions' table; "
                + "or use orphans=report.");
        }

        if (objects >= MinObjects && orphans * 100 > parameters.MaxOrphanedPercent * objects)
        {
            throw Refusal(
                $"{Format(orphans)} of the {Format(objects)} uploads {where} bucket '{parameters.Bucket}' "
                    + $"({Format(orphans * 100 / objects)} %) have no "
                + $"session in table '{parameters.Table}', and maxOrphanedPercent is {parameters.MaxOrphanedPercent}. Check that table, "
                + "bucket "
                + "and keyPattern belong together, and look at the orphans with orphans=report. If they really are orphans, set "
                + "maxOrphanedPercent higher, up to 100.");
        }
    }

    private PermanentJobException Refusal(string reason) => new(
        run.Context.DryRun
            ? $"A real run would refuse orphans={Mode} before it changes anything: {reason}"
            : $"orphans={Mode} is refused, and nothing was changed: {reason}");

    private static string Format(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private async Task<List<OrphanCandidate>> FindAsync(IReadOnlyList<OrphanCandidate> candidates, CancellationToken cancellationToken)
    {
        var orphans = await _finder.WithoutSessionAsync(candidates, cancellationToken);
        if (run.Parameters.FinishedTag is null)
        {
            return orphans;
        }

        var judged = await run.Calls.ForEachAsync(orphans, orphan => IsOrphanAsync(orphan, cancellationToken), cancellationToken);
        return [.. orphans.Zip(judged).Where(static pair => pair.Second).Select(static pair => pair.First)];
    }

    /// <summary>An object whose tags cannot be read counts; the pass itself reports the error.</summary>
    private async Task<bool> IsOrphanAsync(OrphanCandidate orphan, CancellationToken cancellationToken)
    {
        try
        {
            return (await _tags.ReadAsync(orphan.Object, cancellationToken)).Verdict is not (TagVerdict.Finished or TagVerdict.Gone);
        }
        catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
        {
            return true;
        }
    }
}

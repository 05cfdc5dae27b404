using System.Runtime.CompilerServices;
using Amazon.S3.Model;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Rules;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>The search for objects without a session, page by page. Reads only.</summary>
internal sealed class OrphanFinder(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    private readonly TagReader _tags = new(run, bucket);

    private bool ReadsTags => run.Parameters.FinishedTag is not null || run.Parameters.Orphans == OrphanHandling.Quarantine;

    /// <summary>Lists the objects that are old enough to be orphans, in batches that one read of the table can check.</summary>
    /// <param name="partition">The part of the keys to list.</param>
    /// <param name="selected">
    /// Whether to leave out what the rules of the run do not select. Of an object without a session, no attribute is known.
    /// </param>
    /// <param name="listed">Called with each page: how many of its keys are an upload's, and how many are not.</param>
    /// <param name="cancellationToken">Fires at the deadline.</param>
    public async IAsyncEnumerable<IReadOnlyList<OrphanCandidate>> ListAsync(
        KeyPartition partition, bool selected, Action<int, int> listed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<OrphanCandidate>(run.SessionBatchSize);
        await foreach (var page in bucket.ListObjectsAsync(partition, cancellationToken))
        {
            var recognized = 0;
            var unrecognized = 0;
            foreach (var item in page)
            {
                if (!run.Keys.TryRead(item.Key, out var key))
                {
                    unrecognized++;
                    continue;
                }

                // In a dry run the object of a session that would be removed is still there.
                if (run.HasRemoved(key.Session))
                {
                    continue;
                }

                recognized++;
                run.Selector.Examine(Facts(item));
                if (!IsOld(item))
                {
                    continue;
                }

                if (selected && !IsSelected(item))
                {
                    run.Context.Counters.Add(CleanupCounts.ObjectsNotSelected);
                    continue;
                }

                batch.Add(new OrphanCandidate(key.Session, UploadBucket.Read(item)) { IsSelected = IsSelected(item) });
                if (batch.Count == run.SessionBatchSize)
                {
                    yield return batch;
                    batch = new List<OrphanCandidate>(run.SessionBatchSize);
                }
            }

            listed(recognized, unrecognized);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>Finds the objects of a batch that no session speaks for.</summary>
    public async Task<List<OrphanCandidate>> WithoutSessionAsync(
        IReadOnlyList<OrphanCandidate> candidates, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(candidates.Select(static candidate => candidate.Session), cancellationToken);
        return [.. candidates.Where(candidate => !sessions.Contains(candidate.Session))];
    }

    /// <summary>
    /// Leaves out the orphans that their tags protect, that are gone, or whose tags cannot be read; the latter is an item error.
    /// </summary>
    public async Task<List<OrphanCandidate>> JudgeTagsAsync(List<OrphanCandidate> orphans, CancellationToken cancellationToken)
    {
        if (!ReadsTags)
        {
            return orphans;
        }

        var read = await run.Calls.ForEachAsync(
            orphans,
            orphan => run.TryAsync(run.DescribeObject(orphan.Object.Key), () =>
                JudgeTagsAsync(orphan, cancellationToken), cancellationToken),
            cancellationToken);
        return [.. read.OfType<OrphanCandidate>()];
    }

    private async Task<OrphanCandidate?> JudgeTagsAsync(OrphanCandidate orphan, CancellationToken cancellationToken)
    {
        var tagged = await _tags.ReadAsync(orphan.Object, cancellationToken);
        switch (tagged.Verdict)
        {
            case TagVerdict.Finished:
                run.Context.Counters.Add(CleanupCounts.FinishedObjectsKept);
                return null;
            case TagVerdict.Gone:
                return null;
            case TagVerdict.Defective when run.Parameters.Orphans == OrphanHandling.Quarantine:
                run.Context.Errors.Add(run.DescribeObject(orphan.Object.Key), tagged.Defect);
                return null;
            default:
                return orphan with { Tags = tagged.Verdict };
        }
    }

    private bool IsSelected(S3Object item) => run.Selector.Selects(Facts(item));

    private static ItemFacts Facts(S3Object item) => new(item.Key, item.Size, null);

    private bool IsOld(S3Object item) => item.LastModified?.ToUniversalTime() <= run.AgeLimit.UtcDateTime;
}

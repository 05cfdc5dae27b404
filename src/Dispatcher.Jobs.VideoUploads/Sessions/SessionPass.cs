using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>A pass that goes through the sessions page by page and cleans those that are due, a few batches at once.</summary>
internal sealed class SessionPass(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    private const int BatchesAtOnce = 4;

    private readonly SessionCleaner _cleaner = new(run, table, bucket);
    private readonly ConcurrentBag<UploadSession> _claimedByOthers = [];
    private long _due;
    private long _cleaned;
    private volatile bool _isRead;

    public async Task RunAsync(CancellationToken cancellationToken) =>
        await CleanAsync(FindDueAsync(ScanAsync(cancellationToken), cancellationToken), cancellationToken);

    /// <summary>
    /// Comes back to the sessions that another run had claimed. A live run has finished them by now; a dead one's are taken over once its
    /// claims have run out.
    /// </summary>
    public async Task FinishClaimedAsync(CancellationToken cancellationToken)
    {
        if (_claimedByOthers.IsEmpty)
        {
            return;
        }

        await WaitForClaimsAsync(cancellationToken);
        string[] ids = [.. _claimedByOthers.Select(static session => session.Id)];
        _claimedByOthers.Clear();
        await CleanAsync(FindDueAsync(ReadAgainAsync(ids, cancellationToken), cancellationToken), cancellationToken);
        run.Context.Counters.Add(CleanupCounts.SessionsLeftToOtherRun, _claimedByOthers.Count);
    }

    private async Task WaitForClaimsAsync(CancellationToken cancellationToken)
    {
        var until = _claimedByOthers.Max(static session => session.ClaimedAt)!.Value + SessionClassifier.ClaimLease;
        if (until > run.TimeProvider.GetUtcNow())
        {
            Log.WaitingForClaims(run.Context.Logger, _claimedByOthers.Count, until);
        }

        // A timer counts whole milliseconds: rounded down, the wait would end before the claims do.
        for (var pause = until - run.TimeProvider.GetUtcNow(); pause > TimeSpan.Zero; pause = until - run.TimeProvider.GetUtcNow())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), run.TimeProvider, cancellationToken);
        }
    }

    private async IAsyncEnumerable<List<UploadSession>> ScanAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long scanned = 0;
        await foreach (var page in table.ScanAsync(cancellationToken))
        {
            run.Context.Counters.Add(CleanupCounts.SessionsScanned, page.Count);
            page.ForEach(Examine);
            run.Context.Progress.Report(new JobProgress("Reading sessions", scanned += page.Count));
            yield return page;
        }

        _isRead = true;
    }

    private void Examine(UploadSession session)
    {
        if (session.Key?.StartsWith(run.Parameters.Prefix, StringComparison.Ordinal) == true)
        {
            run.Selector.Examine(new ItemFacts(session.Key, null, session.Rules));
        }
    }

    private async IAsyncEnumerable<List<UploadSession>> ReadAgainAsync(
        string[] ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Chunk(run.SessionBatchSize))
        {
            yield return [.. (await table.ReadAsync(chunk, cancellationToken)).Values];
        }
    }

    private Task CleanAsync(IAsyncEnumerable<IReadOnlyList<SessionVerdict>> batches, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                await _cleaner.CleanAsync(batch, token);
                Report(Interlocked.Add(ref _cleaned, batch.Count));
            });

    private async IAsyncEnumerable<IReadOnlyList<SessionVerdict>> FindDueAsync(
        IAsyncEnumerable<List<UploadSession>> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Single uploads need other calls than multipart ones, and a call costs the same for 50 sessions as for 100.
        var classifier = new SessionClassifier(run, run.TimeProvider.GetUtcNow());
        List<SessionVerdict>[] batches = [[], []];
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var verdict in page.Select(classifier.Classify).Where(IsDue))
            {
                Interlocked.Increment(ref _due);
                var kind = verdict.Session.Type == "multipart" ? 1 : 0;
                batches[kind].Add(verdict);
                if (batches[kind].Count == run.SessionBatchSize)
                {
                    yield return batches[kind];
                    batches[kind] = [];
                }
            }
        }

        foreach (var rest in batches.Where(static batch => batch.Count > 0))
        {
            yield return rest;
        }
    }

    /// <summary>The total is known when all sessions have been read: they are cleaned while the others are read.</summary>
    private void Report(long cleaned) => run.Context.Progress.Report(
        new JobProgress("Cleaning sessions", cleaned, _isRead ? Interlocked.Read(ref _due) : null));

    private bool IsDue(SessionVerdict verdict)
    {
        var counters = run.Context.Counters;
        switch (verdict.Kind)
        {
            case SessionVerdictKind.Kept:
                counters.Add(CleanupCounts.SessionsKept);
                return verdict.HasDeadClaim;
            case SessionVerdictKind.InReview:
                counters.Add(CleanupCounts.SessionsInReview);
                return verdict.HasDeadClaim;
            case SessionVerdictKind.InQuarantine:
                counters.Add(CleanupCounts.SessionsInQuarantine);
                return verdict.HasDeadClaim;
            case SessionVerdictKind.Invalid:
                run.Context.Errors.Add(run.DescribeSession(verdict.Session.Id), verdict.Evidence);
                return false;
            case SessionVerdictKind.Claimed:
                _claimedByOthers.Add(verdict.Session);
                return false;
            case SessionVerdictKind.NotSelected:
                counters.Add(CleanupCounts.SessionsNotSelected);
                return verdict.HasDeadClaim;
            case SessionVerdictKind.OutsidePrefix:
                return false;
            default:
                return true;
        }
    }
}

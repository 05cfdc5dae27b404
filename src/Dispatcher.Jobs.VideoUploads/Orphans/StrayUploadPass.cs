using System.Globalization;
using Amazon.S3.Model;
using Dispatcher.Jobs.VideoUploads.Objects;
using Dispatcher.Jobs.VideoUploads.Rules;
using Dispatcher.Jobs.VideoUploads.Sessions;

namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>
/// A pass that aborts multipart uploads that are old and have no session. It also catches an upload whose abort was overtaken by a part in
/// flight: S3 lists it until it is aborted once more.
/// </summary>
internal sealed class StrayUploadPass(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    private static readonly ChangeOutcome SessionAppeared = ChangeOutcome.Skipped("a session has appeared");

    private readonly BucketWriter _writer = new(run, bucket);

    /// <summary>
    /// Gets the time before which an upload without a session counts as old. It cannot be tagged, so that quarantine is only age.
    /// </summary>
    private DateTimeOffset AgeLimit =>
        run.QuarantinesExpired && run.StartedAt.AddDays(-run.Parameters.QuarantineDays) < run.AgeLimit
            ? run.StartedAt.AddDays(-run.Parameters.QuarantineDays)
            : run.AgeLimit;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long listed = 0;
        long leftAlone = 0;
        await foreach (var page in bucket.ListUploadsAsync(cancellationToken))
        {
            page.ForEach(upload => run.Selector.Examine(Facts(upload)));
            var old = page.FindAll(IsCandidate);
            var selected = old.FindAll(IsSelected);
            run.Context.Counters.Add(CleanupCounts.UploadsNotSelected, old.Count - selected.Count);
            foreach (var batch in selected.Chunk(run.SessionBatchSize))
            {
                leftAlone += await HandleAsync(batch, cancellationToken);
            }

            listed += page.Count;
            run.Context.Progress.Report(new JobProgress("Checking multipart uploads", listed));
        }

        if (leftAlone > 0)
        {
            run.Context.Errors.Add(
                $"s3://{run.Parameters.Bucket}",
                $"{leftAlone.ToString("N0", CultureInfo.InvariantCulture)} old multipart uploads without a session were left alone, "
                    + "because table "
                + $"'{run.Parameters.Table}' holds no session at all. Set TABLE_NAME, or the parameter table, to the sessions' table. "
                + "If it is "
                + "the right one, leave such uploads to an AbortIncompleteMultipartUpload lifecycle rule of the bucket.");
        }
    }

    /// <summary>Counts, before anything is changed.</summary>
    /// <returns>How many uploads there are, and how many of them would be aborted.</returns>
    public async Task<(long Uploads, long Strays)> CountAsync(CancellationToken cancellationToken)
    {
        long uploads = 0;
        long strays = 0;
        await foreach (var page in bucket.ListUploadsAsync(cancellationToken))
        {
            uploads += page.Count;
            foreach (var batch in page.FindAll(IsCandidate).FindAll(IsSelected).Chunk(run.SessionBatchSize))
            {
                strays += run.TableIsEmpty ? 0 : (await WithoutSessionAsync(batch, cancellationToken)).Length;
            }
        }

        return (uploads, strays);
    }

    private static string Time(DateTime? time) => $"{time?.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}";

    private string SessionOf(MultipartUpload upload) => run.Keys.TryRead(upload.Key, out var key) ? key.Session : string.Empty;

    private bool IsCandidate(MultipartUpload upload) =>
        run.Keys.TryRead(upload.Key, out var key) && !run.HasRemoved(key.Session)
            && upload.Initiated?.ToUniversalTime() <= AgeLimit.UtcDateTime;

    /// <summary>Neither attributes nor a size are known of an upload without a session.</summary>
    private bool IsSelected(MultipartUpload upload) => run.Selector.Selects(Facts(upload));

    private static ItemFacts Facts(MultipartUpload upload) => new(upload.Key, null, null);

    /// <returns>How many uploads were left alone although they have no session.</returns>
    private async Task<int> HandleAsync(MultipartUpload[] uploads, CancellationToken cancellationToken)
    {
        var strays = await WithoutSessionAsync(uploads, cancellationToken);
        if (run.TableIsEmpty)
        {
            return strays.Length;
        }

        await run.ApplyEachAsync(
            strays,
            stray => new Change("s3:AbortMultipartUpload", run.DescribeObject(stray.Key))
            {
                Reason = $"no session, begun {Time(stray.Initiated)}",
                Evidence = $"uploadId={stray.UploadId} initiated={Time(stray.Initiated)}",
                Counter = CleanupCounts.StrayUploadsAborted,
            },
            AbortAsync,
            cancellationToken);
        return 0;
    }

    private async Task<MultipartUpload[]> WithoutSessionAsync(MultipartUpload[] uploads, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(uploads.Select(SessionOf), cancellationToken);
        return [.. uploads.Where(upload => !sessions.Contains(SessionOf(upload)))];
    }

    private async Task<IReadOnlyList<ChangeOutcome>> AbortAsync(IReadOnlyList<MultipartUpload> strays, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<MultipartUpload>(run, strays);
        var sessions = await table.FindAsync(strays.Select(SessionOf), cancellationToken);
        pending.Check(stray => sessions.Contains(SessionOf(stray)) ? SessionAppeared : null);
        await pending.ApplyAsync(stray => _writer.AbortUploadAsync(stray.Key, stray.UploadId, cancellationToken), cancellationToken);
        return pending.Outcomes;
    }
}

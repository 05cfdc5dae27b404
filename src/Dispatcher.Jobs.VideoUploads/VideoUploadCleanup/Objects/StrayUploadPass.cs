using Amazon.S3.Model;
using Dispatcher.Changes;
using Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>
/// Aborts multipart uploads that are old and have no session. It also catches an upload whose abort was overtaken by a part in flight:
/// S3 lists it until it is aborted once more.
/// </summary>
internal sealed class StrayUploadPass(CleanupRun run, SessionTable table, UploadBucket bucket)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long listed = 0;
        await foreach (var page in bucket.ListUploadsAsync(cancellationToken))
        {
            foreach (var batch in page.Where(IsCandidate).Chunk(run.SessionBatchSize))
            {
                await HandleAsync(batch, cancellationToken);
            }

            listed += page.Count;
            run.Context.Progress.Report(new JobProgress("Checking multipart uploads", listed));
        }
    }

    private static Guid SessionOf(MultipartUpload upload) => UploadKey.TryReadSession(upload.Key, out var session) ? session : Guid.Empty;

    private bool IsCandidate(MultipartUpload upload) =>
        UploadKey.TryReadSession(upload.Key, out _) && upload.Initiated?.ToUniversalTime() <= run.AgeLimit.UtcDateTime;

    private async Task HandleAsync(MultipartUpload[] uploads, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(uploads.Select(SessionOf), cancellationToken);
        MultipartUpload[] strays = [.. uploads.Where(upload => !sessions.Contains(SessionOf(upload)))];
        await run.Context.Changes.ApplyBatchAsync(
            [.. strays.Select(stray => new Change("s3:AbortMultipartUpload", run.DescribeObject(stray.Key))
            {
                Reason = $"no session, begun {stray.Initiated?.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}",
                Evidence = $"uploadId={stray.UploadId} initiated={stray.Initiated?.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}",
                Counter = CleanupCounts.StrayUploadsAborted,
            })],
            (_, token) => AbortAsync(strays, token),
            cancellationToken);
    }

    private async Task<IReadOnlyList<ChangeOutcome>> AbortAsync(MultipartUpload[] strays, CancellationToken cancellationToken)
    {
        var sessions = await table.FindAsync(strays.Select(SessionOf), cancellationToken);
        return await run.Calls.ForEachAsync(
            strays,
            stray => sessions.Contains(SessionOf(stray))
                ? Task.FromResult(ChangeOutcome.Skipped("a session has appeared"))
                : run.OutcomeOfAsync(() => bucket.AbortUploadAsync(stray.Key, stray.UploadId, cancellationToken), cancellationToken),
            cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Audit;
using Dispatcher.Failures;
using Dispatcher.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws.Audit;

/// <summary>
/// Keeps the audit trail of each run as one object in S3: gathered in a file while the run goes on, uploaded when it has ended, however it
/// ended. The client is made for the first run that changed something.
/// </summary>
internal sealed class S3AuditSink(AuditBucket bucket, Lazy<IAmazonS3> s3, FailureClassifier failures, ILogger<S3AuditSink> logger) : IAuditSink
{
    private readonly ConcurrentDictionary<string, Lazy<TrailFile>> _trails = new(StringComparer.Ordinal);

    public void Write(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _trails.GetOrAdd(entry.RunId, static _ => new Lazy<TrailFile>(() => new TrailFile())).Value.Append(AuditEntryJson.Serialize(entry).Span);
    }

    public async Task CompleteAsync(JobRunSummary summary, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(summary);

        if (!_trails.TryRemove(summary.RunId, out var trail))
        {
            return;
        }

        // Deletes the file, uploaded or not: a run that is frozen with its process has no use for it, and /tmp is small.
        await using var file = trail.Value;
        var key = KeyOf(summary);
        try
        {
            await UploadAsync(file, key, cancellationToken);
        }
        catch (Exception exception)
        {
            var error = cancellationToken.IsCancellationRequested
                ? "The upload did not end in time (Telemetry:AuditTimeoutSeconds, and before the function's timeout)."
                : failures.Classify(exception).Message;
            Log.AuditNotUploaded(logger, file.Lines, bucket.Name, key, error);
        }
    }

    internal static string KeyOf(JobRunSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"audit/{summary.Job}/{summary.StartedAt.UtcDateTime:yyyy'/'MM'/'dd}/{summary.RunId}.jsonl");

    private async Task UploadAsync(TrailFile file, string key, CancellationToken cancellationToken) => await s3.Value.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = bucket.Name,
            Key = key,
            InputStream = file.Rewind(),
            AutoCloseStream = false,
            ContentType = "application/x-ndjson",
        },
        cancellationToken);
}

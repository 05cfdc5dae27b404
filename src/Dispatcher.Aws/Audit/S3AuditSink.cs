using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Aws.Audit;

/// <summary>
/// A sink that keeps the audit trail of each run as one object in S3. The entries are collected in a file during the run and uploaded when
/// it has ended, whatever its outcome. The client is created for the first run that changed something.
/// </summary>
internal sealed class S3AuditSink(
    AuditBucketSettings bucket, Lazy<IAmazonS3> s3, FailureClassifier failures, ILogger<S3AuditSink> logger) : IAuditSink
{
    private readonly ConcurrentDictionary<string, Lazy<CollectedEntries>> _trails = new(StringComparer.Ordinal);

    public void Write(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);

        // When the object is written, every intent has an outcome.
        if (entry.Outcome == AuditOutcome.Intended)
        {
            return;
        }

        _trails.GetOrAdd(entry.RunId, static _ => new Lazy<CollectedEntries>(() => new CollectedEntries())).Value
            .Append(AuditEntryJson.Serialize(entry).Span);
    }

    public async Task CompleteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);

        if (!_trails.TryRemove(record.RunId, out var trail))
        {
            return;
        }

        // Deletes the file, uploaded or not: /tmp is small, and Lambda keeps it between invocations.
        await using var file = trail.Value;
        var key = KeyOf(record);
        try
        {
            await UploadAsync(file, key, cancellationToken);
        }
        catch (Exception exception)
        {
            Log.AuditNotUploaded(logger, file.Lines, bucket.Name, key, Describe(exception, cancellationToken));
        }
    }

    internal static string KeyOf(RunRecord record) =>
        string.Create(
            CultureInfo.InvariantCulture, $"audit/{record.Job}/{DayOf(record.StartedAt)}{record.RunId}.jsonl");

    internal static string DayOf(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy'/'MM'/'dd'/'}");

    private string Describe(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        _ when cancellationToken.IsCancellationRequested =>
            "The upload did not end in time (Telemetry:AuditTimeoutSeconds, and before the function's timeout).",
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed } =>
            "An object is there already and was left as it is. If it has as many lines, it is from an earlier attempt of this upload whose "
                + "answer was lost.",
        _ => failures.Classify(exception).Message,
    };

    private async Task UploadAsync(CollectedEntries file, string key, CancellationToken cancellationToken) => await s3.Value.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = bucket.Name,
            Key = key,
            InputStream = file.Rewind(),
            AutoCloseStream = false,
            ContentType = "application/x-ndjson",

            // A trail is written once; an existing object is not overwritten.
            IfNoneMatch = "*",
        },
        cancellationToken);
}

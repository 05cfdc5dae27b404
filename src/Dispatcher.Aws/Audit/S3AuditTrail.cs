using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.Audit;

/// <summary>The audit trails that <see cref="S3AuditSink"/> has written.</summary>
internal sealed class S3AuditTrail(AuditBucketSettings bucket, Lazy<IAmazonS3> s3) : IAuditTrail
{
    private const string Root = "audit/";
    private const string Extension = ".jsonl";
    private const int TimeDigits = 12;

    public string Location => $"s3://{bucket.Name}/{Root}";

    /// <summary>Lists keys first: they sort by job and day, and the newest run is wanted first.</summary>
    public async IAsyncEnumerable<AuditFile> ListAsync(
        AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        var found = new List<(string RunId, string Key)>();
        foreach (var job in query.Job is { } only ? [$"{Root}{only}/"] : await ListJobsAsync(cancellationToken))
        {
            var prefix = job + (query.RunId is { } id ? KeyOf(id) : string.Empty);
            await foreach (var key in ListKeysAsync(prefix, query.Since, cancellationToken))
            {
                var runId = key[(key.LastIndexOf('/') + 1)..^Extension.Length];
                if (query.Includes(runId))
                {
                    found.Add((runId, key));
                }
            }
        }

        foreach (var (runId, key) in found.OrderByDescending(static file => file.RunId, StringComparer.Ordinal))
        {
            yield return new AuditFile(runId, $"s3://{bucket.Name}/{key}", token => OpenAsync(key, token));
        }
    }

    /// <summary>A run's id begins with the time of its start, in milliseconds: the key is known up to the job.</summary>
    private static string KeyOf(string runId) =>
        long.TryParse(
            runId.Replace("-", string.Empty, StringComparison.Ordinal).PadRight(TimeDigits)[..TimeDigits],
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? $"{S3AuditSink.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))}{runId.ToLowerInvariant()}"
                : string.Empty;

    private async Task<IReadOnlyList<string>> ListJobsAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<string>();
        var request = new ListObjectsV2Request { BucketName = bucket.Name, Prefix = Root, Delimiter = "/" };
        await foreach (var page in s3.Value.Paginators.ListObjectsV2(request).Responses.WithCancellation(cancellationToken))
        {
            jobs.AddRange(page.CommonPrefixes ?? []);
        }

        return jobs;
    }

    private async IAsyncEnumerable<string> ListKeysAsync(
        string prefix, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket.Name,
            Prefix = prefix,
            StartAfter = since is { } start && prefix.EndsWith('/') ? $"{prefix}{S3AuditSink.DayOf(start)}" : null,
        };
        await foreach (var item in s3.Value.Paginators.ListObjectsV2(request).S3Objects.WithCancellation(cancellationToken))
        {
            if (item.Key.EndsWith(Extension, StringComparison.Ordinal))
            {
                yield return item.Key;
            }
        }
    }

    private async Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) => (await s3.Value.GetObjectAsync(
        new GetObjectRequest { BucketName = bucket.Name, Key = key }, cancellationToken)).ResponseStream;
}

using System.Collections.Concurrent;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Changes;
using Dispatcher.Failures;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup;

/// <summary>Is what the passes of one run share.</summary>
internal sealed class CleanupRun(
    VideoUploadCleanupParameters parameters,
    JobContext context,
    IAmazonDynamoDB dynamoDb,
    IAmazonS3 s3,
    FailureClassifier failures,
    TimeProvider timeProvider) : IDisposable
{
    /// <summary>DynamoDB takes as many items in a transaction, and as many keys in BatchGetItem.</summary>
    private const int MaxDynamoBatch = 100;

    // The id of every session that this run removes, 16 bytes each: what such a session leaves behind is judged by the next run,
    // because in a dry run its session would still speak for it.
    private readonly ConcurrentDictionary<Guid, byte> _removedSessions = new();

    public VideoUploadCleanupParameters Parameters { get; } = parameters;

    public JobContext Context { get; } = context;

    public IAmazonDynamoDB DynamoDb { get; } = dynamoDb;

    public IAmazonS3 S3 { get; } = s3;

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Gets the bound on requests under way.</summary>
    public CallLimiter Calls { get; } = new(parameters.Concurrency);

    /// <summary>Gets or sets a value indicating whether a delete only adds a marker, so that no bytes are freed.</summary>
    public bool IsVersioned { get; set; }

    /// <summary>Gets how many sessions go into one batch.</summary>
    public int SessionBatchSize { get; } = Math.Min(parameters.BatchSize, MaxDynamoBatch);

    /// <summary>Gets the time before which something without a session counts as old.</summary>
    public DateTimeOffset AgeLimit { get; } = timeProvider.GetUtcNow() - TimeSpan.FromHours(parameters.CleanupAgeHours);

    public void MarkRemoved(Guid session) => _removedSessions.TryAdd(session, 0);

    public bool HasRemoved(Guid session) => _removedSessions.ContainsKey(session);

    public long BytesFreed(long size) => IsVersioned ? 0 : size;

    public string DescribeSession(string id) => $"dynamodb://{Parameters.Table}/{id}";

    public string DescribeObject(string key) => $"s3://{Parameters.Bucket}/{key}";

    /// <summary>Works on one item. A failure becomes the item's error, unless every other item would fail alike.</summary>
    /// <returns>What the work answers, or the default where it failed.</returns>
    public async Task<T?> TryAsync<T>(string item, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (!EndsTheRun(exception, cancellationToken))
        {
            Context.Errors.Add(item, failures.Classify(exception).Message);
            return default;
        }
    }

    /// <summary>Makes one change of a batch. A failure becomes its outcome, unless every other item would fail alike.</summary>
    public async Task<ChangeOutcome> OutcomeOfAsync(Func<Task<ChangeOutcome>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await change();
        }
        catch (Exception exception) when (!EndsTheRun(exception, cancellationToken))
        {
            return ChangeOutcome.Failed(failures.Classify(exception).Message);
        }
    }

    public void Dispose() => Calls.Dispose();

    private bool EndsTheRun(Exception exception, CancellationToken cancellationToken) =>
        (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        || exception is PermanentJobException
        || failures.Classify(exception).Kind == FailureKind.Denied;
}

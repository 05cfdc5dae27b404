using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Jobs.VideoUploads.Rules;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The parameters, clients, limits and findings that all passes of one run share.</summary>
internal sealed class CleanupContext(
    VideoUploadCleanupParameters parameters,
    JobContext context,
    IAmazonDynamoDB dynamoDb,
    IAmazonS3 s3,
    CallLimiter calls,
    TimeProvider timeProvider,
    CancellationToken stop)
{
    /// <summary>DynamoDB allows as many items in a transaction, and as many keys in BatchGetItem.</summary>
    private const int MaxDynamoBatch = 100;

    /// <summary>A claim is valid for four times as long.</summary>
    private static readonly TimeSpan EvidenceLifetime = TimeSpan.FromSeconds(5);

    // What a session leaves behind that this run removes is judged by the next run, because in a dry run its session still exists.
    private readonly SessionSet _removedSessions = new();

    public VideoUploadCleanupParameters Parameters => parameters;

    public JobContext Context => context;

    public IAmazonDynamoDB DynamoDb => dynamoDb;

    public IAmazonS3 S3 => s3;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Gets when this attempt began. A quarantine counts from then: whatever changes afterwards has changed since.</summary>
    public DateTimeOffset StartedAt { get; } = timeProvider.GetUtcNow();

    /// <summary>Gets the time before which something without a session counts as old.</summary>
    public DateTimeOffset AgeLimit => StartedAt - TimeSpan.FromHours(parameters.CleanupAgeHours);

    // A batch waits as a whole for the rate of the run, while its claims grow old.
    public int SessionBatchSize { get; } =
        (int)Math.Min(context.Changes.Limits.MaxChangesPerSecond ?? MaxDynamoBatch, Math.Min(parameters.BatchSize, MaxDynamoBatch));

    public SessionAttributes Attributes { get; } = new(parameters);

    /// <summary>Gets the selection of the items that this run may change.</summary>
    public ItemSelector Selector { get; } = new(parameters.Include, parameters.Exclude);

    public UploadKeyPattern Keys { get; } = UploadKeyPattern.Read(parameters.KeyPattern);

    /// <summary>Gets the keys that belong to this run, if the work is divided into shards.</summary>
    public KeyPartition Partition { get; } =
        KeyPartition.Create(context.Shard, parameters.Prefix, UploadKeyPattern.Read(parameters.KeyPattern));

    /// <summary>Gets the limit of concurrent requests.</summary>
    public CallLimiter Calls => calls;

    public ServiceCalls TableCalls { get; } = new(calls, timeProvider, stop);

    public ServiceCalls BucketCalls { get; } = new(calls, timeProvider, stop);

    /// <summary>Gets or sets a value indicating whether a delete only adds a marker, so that no bytes are freed.</summary>
    public bool IsVersioned { get; set; }

    /// <summary>Gets or sets a value indicating whether the table held no session at all when the run began.</summary>
    public bool TableIsEmpty { get; set; }

    /// <summary>Gets a value indicating whether the run has to stop.</summary>
    public bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Gets a value indicating whether expired sessions are marked first and removed by a later run.</summary>
    public bool QuarantinesExpired => parameters.ExpiredObjects == ExpiredObjectHandling.Quarantine;

    /// <summary>
    /// Determines whether what was read under a claim at that time may decide about a deletion without being read again. Work that waits,
    /// for the rate of the run or a busy service, outlasts it.
    /// </summary>
    public bool IsFresh(long timestamp) => timeProvider.GetElapsedTime(timestamp) < EvidenceLifetime;

    public void MarkRemoved(string session) => _removedSessions.Add(session);

    public bool HasRemoved(string session) => _removedSessions.Contains(session);

    public long BytesFreed(long size) => IsVersioned ? 0 : size;

    public string DescribeSession(string id) => $"dynamodb://{parameters.Table}/{id}";

    public string DescribeObject(string key) => $"s3://{parameters.Bucket}/{key}";

    public string Describe(Exception exception) => context.Classify(exception).Message;

    /// <summary>Proposes one change per item, made by one call, which gets the items whose changes may be made.</summary>
    /// <returns>Each item with its outcome.</returns>
    public async Task<IReadOnlyList<(T Item, ChangeOutcome Outcome)>> ApplyEachAsync<T>(
        IReadOnlyList<T> items,
        Func<T, Change> describe,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        var outcomes = await context.Changes.TryApplyEachAsync(items, describe, apply, cancellationToken);
        return [.. items.Zip(outcomes)];
    }

    /// <summary>Works on one item. A failure becomes the item's error.</summary>
    /// <returns>The result of the work; the default value if it failed.</returns>
    public async Task<T?> TryAsync<T>(string item, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (IsItemFailure(exception, cancellationToken))
        {
            context.Errors.Add(item, Describe(exception));
            return default;
        }
    }

    /// <summary>Finds out what became of a change whose answer was lost.</summary>
    public Task<ChangeOutcome> SettleAsync(Exception lost, Func<Task<ChangeOutcome>> look, CancellationToken cancellationToken) =>
        context.SettleAsync(lost, look, cancellationToken);

    /// <summary>Determines whether a failure is about one item.</summary>
    public bool IsItemFailure(Exception exception, CancellationToken cancellationToken) => !context.EndsRun(exception, cancellationToken);
}

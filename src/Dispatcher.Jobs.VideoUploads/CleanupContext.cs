using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Dispatcher.Changes;
using Dispatcher.Failures;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>Everything that the passes of one run share.</summary>
internal sealed class CleanupContext : IDisposable
{
    /// <summary>DynamoDB takes as many items in a transaction, and as many keys in BatchGetItem.</summary>
    private const int MaxDynamoBatch = 100;

    // A hash of the id of every session that this run removes, 16 bytes each: what such a session leaves behind is judged by the next run,
    // because in a dry run its session would still speak for it.
    private readonly ConcurrentDictionary<UInt128, byte> _removedSessions = new();

    private readonly FailureClassifier _failures;
    private readonly CancellationToken _stop;

    public CleanupContext(
        VideoUploadCleanupParameters parameters,
        JobContext context,
        IAmazonDynamoDB dynamoDb,
        IAmazonS3 s3,
        FailureClassifier failures,
        TimeProvider timeProvider,
        CancellationToken stop)
    {
        _failures = failures;
        _stop = stop;
        Parameters = parameters;
        Context = context;
        DynamoDb = dynamoDb;
        S3 = s3;
        TimeProvider = timeProvider;
        StartedAt = timeProvider.GetUtcNow();
        AgeLimit = StartedAt - TimeSpan.FromHours(parameters.CleanupAgeHours);
        SessionBatchSize = Math.Min(parameters.BatchSize, MaxDynamoBatch);
        Attributes = new SessionAttributes(parameters);
        Keys = UploadKeyPattern.Read(parameters.KeyPattern);
        Calls = new CallLimiter(parameters.Concurrency);
        TableCalls = new ServiceCalls(Calls, timeProvider, stop);
        BucketCalls = new ServiceCalls(Calls, timeProvider, stop);
    }

    public VideoUploadCleanupParameters Parameters { get; }

    public JobContext Context { get; }

    public IAmazonDynamoDB DynamoDb { get; }

    public IAmazonS3 S3 { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>Gets when this attempt began. A quarantine counts from then: whatever changes afterwards has changed since.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets the time before which something without a session counts as old.</summary>
    public DateTimeOffset AgeLimit { get; }

    /// <summary>Gets how many sessions go into one batch.</summary>
    public int SessionBatchSize { get; }

    public SessionAttributes Attributes { get; }

    /// <summary>Gets what the keys of uploads look like.</summary>
    public UploadKeyPattern Keys { get; }

    /// <summary>Gets the bound on requests under way.</summary>
    public CallLimiter Calls { get; }

    public ServiceCalls TableCalls { get; }

    public ServiceCalls BucketCalls { get; }

    /// <summary>Gets or sets a value indicating whether a delete only adds a marker, so that no bytes are freed.</summary>
    public bool IsVersioned { get; set; }

    /// <summary>Gets or sets a value indicating whether the table held no session at all when the run began.</summary>
    public bool TableIsEmpty { get; set; }

    /// <summary>Gets a value indicating whether the deadline has come.</summary>
    public bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>Gets a value indicating whether expired sessions are marked first and removed by a later run.</summary>
    public bool QuarantinesExpired => Parameters.ExpiredObjects == ExpiredObjectHandling.Quarantine;

    public void MarkRemoved(string session) => _removedSessions.TryAdd(Hash(session), 0);

    public bool HasRemoved(string session) => _removedSessions.ContainsKey(Hash(session));

    public long BytesFreed(long size) => IsVersioned ? 0 : size;

    public string DescribeSession(string id) => $"dynamodb://{Parameters.Table}/{id}";

    public string DescribeObject(string key) => $"s3://{Parameters.Bucket}/{key}";

    /// <summary>Formats a failure for a person.</summary>
    public string Describe(Exception exception) => _failures.Classify(exception).Message;

    /// <summary>Works on one item. A failure becomes the item's error, unless every other item would fail alike.</summary>
    /// <returns>What the work answers, or the default if it failed.</returns>
    public async Task<T?> TryAsync<T>(string item, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (!EndsTheRun(exception, cancellationToken))
        {
            Context.Errors.Add(item, Describe(exception));
            return default;
        }
    }

    /// <summary>Makes one change of a batch. A failure becomes its outcome, unless every other item would fail alike.</summary>
    public async Task<ChangeOutcome> OutcomeOfAsync(string item, Func<Task<ChangeOutcome>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await change();
        }
        catch (Exception exception) when (!EndsTheRun(exception, cancellationToken))
        {
            var failure = _failures.Classify(exception);
            return failure.OutcomeUnknown ? Unknown(item, failure.Message) : ChangeOutcome.Failed(failure.Message);
        }
    }

    /// <summary>Looks what became of a change whose answer was lost. If the look fails too, nobody knows.</summary>
    public async Task<ChangeOutcome> SettleAsync(
        string item, Exception lost, Func<Task<ChangeOutcome>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look();
        }
        catch (Exception exception) when (!EndsTheRun(exception, cancellationToken))
        {
            return Unknown(item, $"{Describe(lost)} Looking what became of it failed too: {Describe(exception)}");
        }
    }

    /// <summary>Records that nobody knows whether a change was made. The gate leaves the error to the job.</summary>
    public ChangeOutcome Unknown(string item, string error)
    {
        Context.Errors.Add(item, $"A change may have been made or not, because its answer was lost: {error}");
        return ChangeOutcome.Unknown(error);
    }

    /// <summary>Determines whether a failure is not about one item.</summary>
    public bool EndsTheRun(Exception exception, CancellationToken cancellationToken) =>
        (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        || exception is PermanentJobException
        || _failures.Classify(exception).Kind == FailureKind.Denied;

    public void Dispose() => Calls.Dispose();

    private static UInt128 Hash(string session) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(session)));
}

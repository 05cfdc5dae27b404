using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.History;

/// <summary>
/// The run store in the table. Its history is one Query per job. The client is created when it is first needed.
/// </summary>
internal sealed class RunTable(
    RunTableSettings table,
    Lazy<IAmazonDynamoDB> dynamoDb,
    IConfiguration? configuration,
    FailureClassifier failures,
    JobRegistry jobs,
    TimeProvider timeProvider) : IRunStore
{
    /// <summary>
    /// The variable that Lambda sets for every function (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
    /// </summary>
    internal const string MemoryKey = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";


    /// <summary>The most keys of a BatchGetItem.</summary>
    private const int MaxBatch = 100;

    private const int RunIdLength = 36;

    private readonly RunLeases _leases = new(table, dynamoDb, timeProvider);

    private UnreadableItems _unreadable = new();
    private string? _unlisted;

    /// <summary>Gets the table.</summary>
    public RunTableSettings Table => table;

    /// <inheritdoc />
    public string Location => $"DynamoDB table {table.Name} ({AwsEndpoint.Describe(dynamoDb.Value)})";

    /// <inheritdoc />
    public IReadOnlyList<string> Omissions =>
        [.. _unlisted is { } unlisted ? [unlisted] : Array.Empty<string>(), .. _unreadable.Describe(table)];

    /// <inheritdoc />
    public async IAsyncEnumerable<RunRecord> ListAsync(
        RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        Begin();
        if (query.Job is { } job && LeaseItem.IsHashKey(job))
        {
            yield break;
        }

        var names = query.Job is { } only ? [only] : await ListJobsAsync(cancellationToken);
        RunReader[] readers = [.. names.Select(job => new RunReader(
            dynamoDb.Value,
            new RunTableQuery(table.Name, job)
            {
                Since = query.Since, Status = query.Status, Newest = query.NewestPerJob, Now = timeProvider.GetUtcNow(),
            },
            _unreadable))];
        await Task.WhenAll(readers.Select(reader => reader.MoveNextAsync(cancellationToken)));

        // Ids sort by time, so the greatest of the readers' current runs is the newest of all.
        var newest = new PriorityQueue<RunReader, string>(
            Comparer<string>.Create(static (left, right) => string.CompareOrdinal(right, left)));
        newest.EnqueueRange(readers.Where(reader => reader.Current is not null).Select(reader => (reader, reader.Current!.RunId)));
        while (newest.TryDequeue(out var reader, out _))
        {
            if (query.Includes(reader.Current!.Job, reader.Current.StartedAt, reader.Current.Status))
            {
                yield return reader.Current;
            }

            await reader.MoveNextAsync(cancellationToken);
            if (reader.Current is { } next)
            {
                newest.Enqueue(reader, next.RunId);
            }
        }
    }

    /// <inheritdoc />
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);

        Begin();
        var names = await ListJobsAsync(cancellationToken);

        // Ids are written in lower case.
        var beginning = runId.ToLowerInvariant();
        var found = beginning.Length == RunIdLength
            ? await WithIdAsync(names, beginning, cancellationToken)
            : await BeginningWithAsync(names, beginning, cancellationToken);
        return found.Count <= 1 ? found.SingleOrDefault() : throw new AmbiguousRunException(runId, [.. found.Select(run => run.RunId)]);
    }

    /// <inheritdoc />
    public async Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        ArgumentException.ThrowIfNullOrEmpty(runId);

        Begin();
        if (LeaseItem.IsHashKey(job))
        {
            return null;
        }

        var response = await ExplainAsync(
            () => dynamoDb.Value.GetItemAsync(
                new GetItemRequest { TableName = table.Name, Key = RunTableQuery.KeyOf(job, runId), ConsistentRead = true },
                cancellationToken),
            $"run {runId} of job '{job}' cannot be read from",
            "dynamodb:GetItem");
        return response.Item is { Count: > 0 } item && !RunItem.IsExpired(item, timeProvider.GetUtcNow())
            ? _unreadable.TryRead(item)
            : null;
    }

    /// <inheritdoc />
    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);

        var item = RunItem.Create(
            record with { MemoryMegabytes = ReadMemory(), Log = ReadLog() }, timeProvider.GetUtcNow().AddDays(table.RetentionDays));
        return ExplainAsync(
            () => dynamoDb.Value.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = item }, cancellationToken),
            $"run {record.RunId} is missing in",
            "dynamodb:PutItem");
    }

    /// <inheritdoc />
    public Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ExplainAsync(
            () => _leases.AcquireAsync(request, cancellationToken),
            $"the lease '{request.Key}' of job '{request.Job}' cannot be taken in",
            "dynamodb:UpdateItem");
    }

    /// <inheritdoc />
    public Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return ExplainAsync(
            () => _leases.RenewAsync(leases, until, cancellationToken),
            $"{Describe(leases)} cannot be renewed in",
            "dynamodb:UpdateItem");
    }

    /// <inheritdoc />
    public Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ends);
        return ExplainAsync(
            async () =>
            {
                await _leases.EndAsync(ends, cancellationToken);
                return true;
            },
            $"{Describe(ends.Select(static end => end.Lease))} cannot be ended in",
            "dynamodb:UpdateItem");
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return ExplainAsync(
            () => _leases.ReadAsync(job, keys, cancellationToken),
            $"the leases of job '{job}' cannot be read from",
            "dynamodb:BatchGetItem");
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<LeaseHolder>> ListRunningAsync(string job, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(job);
        return ExplainAsync(
            () => _leases.ListRunningAsync(job, cancellationToken),
            $"the leases of job '{job}' cannot be read from",
            "dynamodb:Query");
    }

    private static string Describe(IEnumerable<Lease> leases) =>
        $"the lease {string.Join(" and ", leases.Select(static lease => $"'{lease.Key}' of job '{lease.Job}'"))}";

    /// <summary>Makes a call, and lets its failure name the table, the setting and the permission.</summary>
    private async Task<TAnswer> ExplainAsync<TAnswer>(Func<Task<TAnswer>> call, string what, string permission)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failure = failures.Classify(exception);
            var message = $"{what} DynamoDB table {table.Name} ({RunTableSettings.NameKey}). {failure.Message} "
                + $"The function's role needs {permission} on the table; its keys are job (S) and runId (S).";
            throw failure.Kind == FailureKind.Transient
                ? new TransientJobException(message, exception)
                : new PermanentJobException(message, exception);
        }
    }

    private int? ReadMemory() =>
        int.TryParse(configuration?[MemoryKey], NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes > 0
            ? megabytes
            : null;

    private RunLog? ReadLog() =>
        configuration is not null && configuration["AWS_LAMBDA_LOG_GROUP_NAME"] is { Length: > 0 } group
            ? new RunLog(configuration["AWS_REGION"] ?? string.Empty, group, configuration["AWS_LAMBDA_LOG_STREAM_NAME"] ?? string.Empty)
            : null;

    private void Begin() => (_unreadable, _unlisted) = (new UnreadableItems(), null);

    /// <summary>
    /// Lists the jobs. The table may have runs of jobs that are not registered here: of a newer function, or of a function with other jobs.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> ListJobsAsync(CancellationToken cancellationToken)
    {
        string[] registered = [.. jobs.Jobs.Select(static job => job.Name)];
        try
        {
            return
            [
                .. registered.Union(
                    await new RunTableJobs(table.Name, dynamoDb.Value).ListAsync(cancellationToken), StringComparer.Ordinal),
            ];
        }
        catch (AmazonDynamoDBException exception) when (AwsErrorCodes.IsDenied(exception.ErrorCode))
        {
            _unlisted =
                $"Only runs of these jobs are included: {string.Join(", ", registered)}. DynamoDB table {table.Name}  may have runs of "
                + "others, which this role may not list: allow dynamodb:Scan on the table.";
            return registered;
        }
    }

    /// <summary>An id alone is not a key, so one call requests the run under the name of every job.</summary>
    private async Task<List<RunRecord>> WithIdAsync(IReadOnlyCollection<string> names, string runId, CancellationToken cancellationToken)
    {
        var found = new List<RunRecord>();
        foreach (var chunk in names.Chunk(MaxBatch))
        {
            var wanted = new Dictionary<string, KeysAndAttributes>
            {
                [table.Name] = new() { Keys = [.. chunk.Select(job => RunTableQuery.KeyOf(job, runId))] },
            };
            while (wanted.Count > 0)
            {
                var response = await dynamoDb.Value.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, cancellationToken);
                found.AddRange((response.Responses?.Values ?? Enumerable.Empty<List<Dictionary<string, AttributeValue>>>())
                    .SelectMany(static items => items)
                    .Where(item => !RunItem.IsExpired(item, timeProvider.GetUtcNow()))
                    .Select(_unreadable.TryRead)
                    .OfType<RunRecord>());

                // A throttled table returns unprocessed keys with HTTP 200.
                wanted = response.UnprocessedKeys ?? [];
            }
        }

        return found;
    }

    private async Task<List<RunRecord>> BeginningWithAsync(
        IReadOnlyCollection<string> names, string beginning, CancellationToken cancellationToken)
    {
        var readers = names.Select(job => new RunReader(
            dynamoDb.Value, new RunTableQuery(table.Name, job) { Beginning = beginning, Now = timeProvider.GetUtcNow() }, _unreadable));
        var found = await Task.WhenAll(readers.Select(async reader =>
        {
            // Two runs of a job are already ambiguous, so no further ones are read.
            var runs = new List<RunRecord>();
            while (runs.Count < 2 && await reader.MoveNextAsync(cancellationToken))
            {
                runs.Add(reader.Current!);
            }

            return runs;
        }));
        return [.. found.SelectMany(static runs => runs)];
    }
}

using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.History;

/// <summary>
/// The run history in the table: one Query per job. Needs the permissions <c>dynamodb:Query</c> and
/// <c>dynamodb:BatchGetItem</c>, and <c>dynamodb:Scan</c> to find the jobs that are not registered here.
/// </summary>
internal sealed class RunTableHistory(
    RunTableSettings table, Lazy<IAmazonDynamoDB> dynamoDb, JobRegistry jobs, TimeProvider timeProvider) : IRunHistory
{
    /// <summary>The most keys of a BatchGetItem.</summary>
    private const int MaxBatch = 100;

    private const int RunIdLength = 36;

    private UnreadableItems _unreadable = new();
    private string? _unlisted;

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
        var names = query.Job is { } only ? [only] : await ListJobsAsync(cancellationToken);
        RunReader[] readers = [.. names.Select(job => new RunReader(
            dynamoDb.Value,
            new RunTableQuery(table.Name, job) { Since = query.Since, Status = query.Status, Now = timeProvider.GetUtcNow() },
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
            ? await GetAsync(names, beginning, cancellationToken)
            : await BeginningWithAsync(names, beginning, cancellationToken);
        return found.Count <= 1 ? found.SingleOrDefault() : throw new AmbiguousRunException(runId, [.. found.Select(run => run.RunId)]);
    }

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
    private async Task<List<RunRecord>> GetAsync(IReadOnlyCollection<string> names, string runId, CancellationToken cancellationToken)
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

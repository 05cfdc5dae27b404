using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Dispatcher.History;
using Dispatcher.Registration;

namespace Dispatcher.Aws.History;

/// <summary>Reads runs from the table: one Query per job, which need the permissions <c>dynamodb:Query</c> and <c>dynamodb:BatchGetItem</c>.</summary>
internal sealed class RunTableHistory(RunTable table, Lazy<IAmazonDynamoDB> dynamoDb, JobRegistry jobs, TimeProvider timeProvider) : IRunHistory
{
    /// <summary>How many keys BatchGetItem takes.</summary>
    private const int MaxBatch = 100;

    private const int RunIdLength = 36;

    /// <inheritdoc />
    public string Place => $"DynamoDB table {table.Name} ({AwsEndpoint.Describe(dynamoDb.Value)})";

    /// <inheritdoc />
    public async IAsyncEnumerable<RunRecord> ListAsync(RunQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        RunReader[] readers = [.. JobsOf(query).Select(job => new RunReader(
            dynamoDb.Value, new RunTableQuery(table.Name, job) { Since = query.Since, Status = query.Status, Now = timeProvider.GetUtcNow() }))];
        await Task.WhenAll(readers.Select(reader => reader.MoveNextAsync(cancellationToken)));

        // Ids sort by time, so that the greatest of the readers' current runs is the newest of all.
        var newest = new PriorityQueue<RunReader, string>(Comparer<string>.Create(static (left, right) => string.CompareOrdinal(right, left)));
        newest.EnqueueRange(readers.Where(reader => reader.Current is not null).Select(reader => (reader, reader.Current!.Summary.RunId)));
        while (newest.TryDequeue(out var reader, out _))
        {
            if (query.Includes(reader.Current!.Summary.Job, reader.Current.Summary.StartedAt, reader.Current.Summary.Status))
            {
                yield return reader.Current;
            }

            await reader.MoveNextAsync(cancellationToken);
            if (reader.Current is { } next)
            {
                newest.Enqueue(reader, next.Summary.RunId);
            }
        }
    }

    /// <inheritdoc />
    public async Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);

        // Ids are written in lower case.
        var beginning = runId.ToLowerInvariant();
        var found = beginning.Length == RunIdLength
            ? await GetAsync(beginning, cancellationToken)
            : await BeginningWithAsync(beginning, cancellationToken);
        return found.Count <= 1 ? found.SingleOrDefault() : throw new AmbiguousRunException(runId, [.. found.Select(run => run.Summary.RunId)]);
    }

    private IEnumerable<string> JobsOf(RunQuery query) => query.Job is { } job ? [job] : jobs.Jobs.Select(descriptor => descriptor.Name);

    /// <summary>An id alone is no key: the run is asked for under the name of every job, in one call.</summary>
    private async Task<List<RunRecord>> GetAsync(string runId, CancellationToken cancellationToken)
    {
        var found = new List<RunRecord>();
        foreach (var chunk in jobs.Jobs.Chunk(MaxBatch))
        {
            var wanted = new Dictionary<string, KeysAndAttributes>
            {
                [table.Name] = new() { Keys = [.. chunk.Select(job => RunTableQuery.KeyOf(job.Name, runId))] },
            };
            while (wanted.Count > 0)
            {
                var response = await dynamoDb.Value.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = wanted }, cancellationToken);
                found.AddRange((response.Responses?.Values ?? Enumerable.Empty<List<Dictionary<string, AttributeValue>>>())
                    .SelectMany(static items => items)
                    .Where(item => !RunItem.IsExpired(item, timeProvider.GetUtcNow()))
                    .Select(RunItem.Read));

                // What a throttled table did not read comes back with HTTP 200.
                wanted = response.UnprocessedKeys ?? [];
            }
        }

        return found;
    }

    private async Task<List<RunRecord>> BeginningWithAsync(string beginning, CancellationToken cancellationToken)
    {
        var readers = jobs.Jobs.Select(job => new RunReader(
            dynamoDb.Value, new RunTableQuery(table.Name, job.Name) { Beginning = beginning, Now = timeProvider.GetUtcNow() }));
        var found = await Task.WhenAll(readers.Select(async reader =>
        {
            // Two of a job are one too many: further ones need not be read.
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

using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Names = System.Collections.Generic.Dictionary<string, string>;
using Values = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>The table of the sessions, for reading. Reads that precede a change are consistent.</summary>
internal sealed class SessionTable(CleanupContext run)
{
    /// <summary>
    /// The number of sessions on a page of a scan. The client makes about 1.5 kB of objects for each; without a limit, a page is 1 MB of
    /// DynamoDB's answer, which can be 4,000 sessions and more.
    /// </summary>
    private const int PageSize = 1_000;

    private readonly SessionAttributes _names = run.Attributes;

    private string Name => run.Parameters.Table;

    /// <summary>Reads the sessions that belong to this run, page by page. A page may be empty and not be the last.</summary>
    public async IAsyncEnumerable<List<UploadSession>> ScanAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ScanRequest
        {
            TableName = Name,
            Limit = PageSize,
            ProjectionExpression = _names.Projection,
            ExpressionAttributeNames = _names.ProjectionNames,
        };
        if (run.Context.Shard is { IsWhole: false } shard)
        {
            (request.Segment, request.TotalSegments) = (shard.Index, shard.Count);
        }

        do
        {
            yield return await ScanPageAsync(request, cancellationToken);
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Determines whether the table holds any session, be it one of another shard.</summary>
    public async Task<bool> HasAnyAsync(CancellationToken cancellationToken)
    {
        var request = new ScanRequest
        {
            TableName = Name,
            ConsistentRead = true,
            Limit = 1,
            ProjectionExpression = "#id",
            ExpressionAttributeNames = new() { ["#id"] = _names.Id },
        };
        do
        {
            var page = await run.TableCalls.ListAsync(() => run.DynamoDb.ScanAsync(request, cancellationToken), cancellationToken);
            if (page.Items is { Count: > 0 })
            {
                return true;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return false;
    }

    /// <summary>Determines which of at most 100 sessions exist, by a consistent read.</summary>
    public async Task<HashSet<string>> FindAsync(IEnumerable<string> sessions, CancellationToken cancellationToken)
    {
        var items = await ReadItemsAsync(sessions, "#id", new() { ["#id"] = _names.Id }, cancellationToken);
        return items.Select(item => item[_names.Id].S).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Reads at most 100 sessions anew, by a consistent read. Those that are gone are missing from the answer.</summary>
    public async Task<Dictionary<string, UploadSession>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var items = await ReadItemsAsync(ids, _names.Projection, _names.ProjectionNames, cancellationToken);
        return items.Select(item => UploadSession.Read(item, _names)).ToDictionary(static session => session.Id, StringComparer.Ordinal);
    }

    /// <summary>Reads all attributes of at most 100 sessions, by a consistent read, without the key and without a claim.</summary>
    public async Task<Dictionary<string, Values>> ReadWholeAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        string[] omitted = [_names.Id, SessionAttributes.Claim, SessionAttributes.ClaimedAt];
        var items = await ReadItemsAsync(ids, projection: null, names: null, cancellationToken);
        return items.ToDictionary(
            item => item[_names.Id].S,
            item => item.ExceptBy(omitted, static pair => pair.Key).ToDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>Reads a page, and moves the request to the next one. The client's items are garbage when this method returns.</summary>
    private async Task<List<UploadSession>> ScanPageAsync(ScanRequest request, CancellationToken cancellationToken)
    {
        var page = await run.TableCalls.ListAsync(() => run.DynamoDb.ScanAsync(request, cancellationToken), cancellationToken);
        request.ExclusiveStartKey = page.LastEvaluatedKey;
        return [.. (page.Items ?? []).Select(item => UploadSession.Read(item, _names))];
    }

    private async Task<List<Values>> ReadItemsAsync(
        IEnumerable<string> ids, string? projection, Names? names, CancellationToken cancellationToken)
    {
        var read = new List<Values>();
        var keys = new KeysAndAttributes
        {
            Keys = [.. ids.Distinct(StringComparer.Ordinal).Select(id => new Values { [_names.Id] = new AttributeValue { S = id } })],
            ConsistentRead = true,
            ProjectionExpression = projection,
            ExpressionAttributeNames = names,
        };
        if (keys.Keys.Count == 0)
        {
            return read;
        }

        var request = new BatchGetItemRequest { RequestItems = new() { [Name] = keys } };
        while (request.RequestItems is { Count: > 0 })
        {
            var page = await run.TableCalls.RunAsync(() => ReadPageAsync(request, cancellationToken), cancellationToken);
            read.AddRange(page.Responses?.Values.SelectMany(static items => items) ?? []);
            request.RequestItems = page.UnprocessedKeys;
        }

        return read;
    }

    /// <summary>Reads what is left of a batch. DynamoDB answers 200 when it was too busy to read any of it.</summary>
    private async Task<BatchGetItemResponse> ReadPageAsync(BatchGetItemRequest request, CancellationToken cancellationToken)
    {
        var page = await run.DynamoDb.BatchGetItemAsync(request, cancellationToken);
        if (page.UnprocessedKeys is { Count: > 0 })
        {
            run.TableCalls.ReportThrottling();
        }

        var isEmpty = page.Responses is null || page.Responses.Values.All(static items => items.Count == 0);
        return isEmpty && page.UnprocessedKeys is { Count: > 0 }
            ? throw new ProvisionedThroughputExceededException("DynamoDB processed none of the keys of a BatchGetItem.")
            : page;
    }
}

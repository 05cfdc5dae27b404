using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Aws.History;

/// <summary>A reader of the runs of one job, newest first, page by page as they are needed.</summary>
/// <param name="dynamoDb">The client.</param>
/// <param name="query">The runs.</param>
/// <param name="unreadable">Collects the items that are not runs; they are skipped.</param>
internal sealed class RunReader(IAmazonDynamoDB dynamoDb, RunTableQuery query, UnreadableItems unreadable)
{
    private readonly QueryRequest _request = query.ToRequest();
    private readonly Queue<Dictionary<string, AttributeValue>> _page = new();
    private bool _hasMore = true;
    private int _read;

    /// <summary>Gets the run that was read last; <see langword="null"/> at the end.</summary>
    public RunRecord? Current { get; private set; }

    public async Task<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        Current = null;
        while (Current is null && !(_read >= query.Newest) && await FillAsync(cancellationToken))
        {
            Current = unreadable.TryRead(_page.Dequeue());
            _read += Current is null ? 0 : 1;
        }

        return Current is not null;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        // A page may be empty although more pages follow, because a filter applies after a page is read.
        while (_page.Count == 0 && _hasMore)
        {
            var response = await dynamoDb.QueryAsync(_request, cancellationToken);
            foreach (var item in response.Items ?? [])
            {
                _page.Enqueue(item);
            }

            _request.ExclusiveStartKey = response.LastEvaluatedKey;
            _hasMore = response.LastEvaluatedKey is { Count: > 0 };
        }

        return _page.Count > 0;
    }
}

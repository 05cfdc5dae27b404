using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>A table in memory that understands the conditions and updates which the job writes.</summary>
internal sealed class FakeTable
{
    private readonly Lock _lock = new();

    public FakeTable()
    {
        Mock.Setup(client => client.DescribeTimeToLiveAsync(It.IsAny<DescribeTimeToLiveRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new DescribeTimeToLiveResponse
            {
                TimeToLiveDescription = new TimeToLiveDescription { TimeToLiveStatus = TimeToLive },
            });
        Mock.Setup(client => client.DescribeTableAsync(It.IsAny<DescribeTableRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new DescribeTableResponse { Table = Description });
        Mock.Setup(client => client.ScanAsync(It.IsAny<ScanRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((ScanRequest request, CancellationToken _) => Scan(request));
        Mock.Setup(client => client.BatchGetItemAsync(It.IsAny<BatchGetItemRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((BatchGetItemRequest request, CancellationToken _) => Get(request));
        Mock.Setup(client => client.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(
            ), It.IsAny<CancellationToken>())).ReturnsAsync((TransactWriteItemsRequest request, CancellationToken _) => Write(request));
    }

    public Mock<IAmazonDynamoDB> Mock { get; } = new();

    public SortedDictionary<string, Dictionary<string, AttributeValue>> Items { get; } = new(StringComparer.Ordinal);

    public TimeToLiveStatus TimeToLive { get; set; } = TimeToLiveStatus.DISABLED;

    /// <summary>Gets or sets the table's key as DescribeTable answers it.</summary>
    public TableDescription Description { get; set; } = new()
    {
        KeySchema = [new KeySchemaElement("uploadSessionId", KeyType.HASH)],
        AttributeDefinitions = [new AttributeDefinition("uploadSessionId", ScalarAttributeType.S)],
    };

    public string HashKey { get; set; } = "uploadSessionId";

    public int PageSize { get; set; } = 1000;

    public int Transactions { get; private set; }

    /// <summary>Gets or sets what a scan of the whole table fails with. A look whether there is anything succeeds.</summary>
    public Exception? ScanFails { get; set; }

    /// <summary>Gets or sets what happens right before each transaction, for races.</summary>
    public Action<TransactWriteItemsRequest>? BeforeWrite { get; set; }

    /// <summary>Gets or sets what happens right before each consistent read, for races.</summary>
    public Action? BeforeRead { get; set; }

    public string Add(DateTimeOffset ttl, string status, string type = "single", Action<Dictionary<string, AttributeValue>>? change = null)
    {
        var id = Guid.NewGuid().ToString();
        var item = new Dictionary<string, AttributeValue>
        {
            ["uploadSessionId"] = new() { S = id },
            ["status"] = new() { S = status },
            ["uploadType"] = new() { S = type },
            ["key"] = new() { S = FakeBucket.KeyOf(id) },
            ["ttl"] = new() { N = ttl.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        };
        change?.Invoke(item);
        Items.Add(id, item);
        return id;
    }

    private ScanResponse Scan(ScanRequest request)
    {
        if (ScanFails is { } failure && request.Limit is not 1)
        {
            throw failure;
        }

        lock (_lock)
        {
            var after = request.ExclusiveStartKey?[HashKey].S ?? string.Empty;
            var page = Items.Where(pair => string.CompareOrdinal(pair.Key, after) > 0).Take(PageSize).Select(static pair =>
                new Dictionary<string, AttributeValue>(pair.Value)).ToList();
            return new ScanResponse
            {
                Items = page,
                LastEvaluatedKey = page.Count == PageSize ? new() { [HashKey] = page[^1][HashKey] } : null,
            };
        }
    }

    private BatchGetItemResponse Get(BatchGetItemRequest request)
    {
        BeforeRead?.Invoke();
        lock (_lock)
        {
            var (table, keys) = request.RequestItems.Single();
            Assert.That(keys.ConsistentRead, Is.True);
            Assert.That(keys.Keys, Has.Count.LessThanOrEqualTo(100));
            return new BatchGetItemResponse
            {
                Responses = new() { [table] = [.. keys.Keys.Select(key => Items.GetValueOrDefault(key[HashKey].S))
                        .OfType<Dictionary<string, AttributeValue>>()
                        .Select(static item => new Dictionary<string, AttributeValue>(item))] },
            };
        }
    }

    private TransactWriteItemsResponse Write(TransactWriteItemsRequest request)
    {
        BeforeWrite?.Invoke(request);
        lock (_lock)
        {
            Transactions++;
            var reasons = request.TransactItems.Select(
                item => new CancellationReason { Code = Holds(item) ? "None" : "ConditionalCheckFailed" }).ToList();
            if (reasons.Any(static reason => reason.Code != "None"))
            {
                throw new TransactionCanceledException("Transaction cancelled.") { CancellationReasons = reasons };
            }

            request.TransactItems.ForEach(Apply);
            return new TransactWriteItemsResponse();
        }
    }

    private bool Holds(TransactWriteItem item)
    {
        var (key, condition, names, values) = item.Update is { } update
            ? (update.Key, update.ConditionExpression, update.ExpressionAttributeNames, update.ExpressionAttributeValues)
            : (item.Delete.Key, item.Delete.ConditionExpression, item.Delete.ExpressionAttributeNames,
                item.Delete.ExpressionAttributeValues);
        return Items.TryGetValue(key[HashKey].S, out var stored) && condition.Split(" AND ").All(term =>
            term.StartsWith("attribute_not_exists(", StringComparison.Ordinal)
                ? !stored.ContainsKey(names[term[21..^1]])
                : term.Split(" = ") is [var name, var value] && stored.TryGetValue(names[name], out var found)
                && found.S == values[value].S && found.N == values[value].N);
    }

    private void Apply(TransactWriteItem item)
    {
        if (item.Delete is { } delete)
        {
            Items.Remove(delete.Key[HashKey].S);
            return;
        }

        var update = item.Update;
        var stored = Items[update.Key[HashKey].S];
        var parts = update.UpdateExpression.Split("REMOVE ");
        foreach (var term in parts[0].Replace(
            "SET ", string.Empty, StringComparison.Ordinal).Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var assignment = term.Trim().Split(" = ");
            stored[update.ExpressionAttributeNames[assignment[0]]] = update.ExpressionAttributeValues[assignment[1]];
        }

        foreach (var name in parts.Skip(1).SelectMany(static part => part.Split(", ")))
        {
            stored.Remove(update.ExpressionAttributeNames[name]);
        }
    }
}

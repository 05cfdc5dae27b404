using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>One page of a Scan or a Query: what it asks for, and its answer.</summary>
internal sealed class ItemPage
{
    private readonly DynamoDbRequest _request;
    private readonly FakeTable _table;
    private readonly FakeIndex? _index;
    private readonly Predicate<FakeItem?> _filter;
    private readonly HashSet<string>? _projection;
    private readonly Predicate<FakeItem?> _keyCondition;

    public ItemPage(FakeDynamoDb database, DynamoDbRequest request)
    {
        request.Allow(
            "TableName", "IndexName", "ConsistentRead", "ExclusiveStartKey", "ExpressionAttributeNames", "ExpressionAttributeValues",
            "FilterExpression", "Limit", "ProjectionExpression", "Segment", "TotalSegments", "KeyConditionExpression", "ScanIndexForward",
            "Select", "ReturnConsumedCapacity");
        _request = request;
        _table = database.Table(request.Text("TableName"));
        _index = request.Text("IndexName") is { } name
            ? _table.Indexes.GetValueOrDefault(name)
                ?? throw DynamoDbError.Validation($"The table does not have the specified index: {name}")
            : null;
        if (_index is not null && request.Flag("ConsistentRead"))
        {
            throw DynamoDbError.Validation("Consistent reads are not supported on global secondary indexes");
        }

        var expressions = request.ReadExpressions();
        _keyCondition = request.Text("KeyConditionExpression") is { } text
            ? expressions.ReadKeyCondition(text, Key)
            : static _ => true;
        _filter = expressions.ReadCondition(request.Text("FilterExpression"));
        _projection = expressions.ReadProjection(request.Text("ProjectionExpression"));
        expressions.EnsureAllUsed();
    }

    private KeySchema Key => _index?.Key ?? _table.Key;

    public JsonObject Answer(int pageSize)
    {
        var size = Math.Min(_request.Number("Limit") ?? int.MaxValue, pageSize);
        FakeItem[] rest = [.. Rest().Take(size + 1)];
        FakeItem[] page = [.. rest.Take(size)];
        var visible = _index?.Visible(_table.Key);
        FakeItem[] found = [.. page.Where(item => _filter(item)).Select(item => item.Project(visible).Project(_projection))];
        var answer = new JsonObject { ["Count"] = found.Length, ["ScannedCount"] = page.Length };
        if (_request.Text("Select") != "COUNT")
        {
            answer["Items"] = new JsonArray([.. found.Select(static item => item.ToJson())]);
        }

        if (rest.Length > size)
        {
            answer["LastEvaluatedKey"] = page[^1].Project([.. Key.Names, .. _table.Key.Names]).ToJson();
        }

        return answer;
    }

    /// <summary>Orders two items: by the key of the index, then by that of the table.</summary>
    private int Compare(FakeItem left, FakeItem right)
    {
        var byIndex = _index is null ? 0 : Key.Find(left)!.CompareTo(Key.Find(right));
        return byIndex != 0 ? byIndex : _table.Key.Find(left)!.CompareTo(_table.Key.Find(right));
    }

    private IEnumerable<FakeItem> Rest()
    {
        var (segment, segments) = (_request.Number("Segment") ?? 0, _request.Number("TotalSegments") ?? 1);
        var items = _table.ItemsFor(_request.Flag("ConsistentRead"), _index is not null).Values
            .Where(item => Key.Find(item) is not null && _keyCondition(item))
            .Where(item => segments == 1 || _table.Key.Find(item)!.Hash.Text.Sum(static letter => letter) % segments == segment);
        if (_index is not null)
        {
            items = items.Order(Comparer<FakeItem>.Create(Compare));
        }

        var isBackward = _request["ScanIndexForward"]?.GetValue<bool>() == false;
        items = isBackward ? items.Reverse() : items;
        if (_request["ExclusiveStartKey"] is not JsonObject json)
        {
            return items;
        }

        var start = FakeItem.Read(json);
        return Key.Find(start) is not null && _table.Key.Find(start) is not null
            ? items.Where(item => isBackward ? Compare(item, start) < 0 : Compare(item, start) > 0)
            : throw DynamoDbError.Validation("The provided starting key is invalid");
    }
}

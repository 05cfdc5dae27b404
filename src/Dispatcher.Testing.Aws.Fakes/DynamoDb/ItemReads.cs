using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The reads of DynamoDB. All are consistent here.</summary>
internal sealed class ItemReads(FakeDynamoDb database, DynamoDbRequest request)
{
    private const int MaxBatch = 100;

    public JsonObject DescribeTable()
    {
        var table = database.Table(request.Allow("TableName").Text("TableName"));
        return new JsonObject
        {
            ["Table"] = new JsonObject
            {
                ["TableName"] = table.Name,
                ["TableStatus"] = "ACTIVE",
                ["ItemCount"] = table.ItemsByKey.Count,
                ["KeySchema"] = new JsonArray(new JsonObject { ["AttributeName"] = table.HashKey, ["KeyType"] = "HASH" }),
                ["AttributeDefinitions"] = new JsonArray(new JsonObject { ["AttributeName"] = table.HashKey, ["AttributeType"] = "S" }),
            },
        };
    }

    public JsonObject DescribeTimeToLive()
    {
        var table = database.Table(request.Allow("TableName").Text("TableName"));
        var description = new JsonObject { ["TimeToLiveStatus"] = table.TimeToLiveAttribute is null ? "DISABLED" : "ENABLED" };
        if (table.TimeToLiveAttribute is { } attribute)
        {
            description["AttributeName"] = attribute;
        }

        return new JsonObject { ["TimeToLiveDescription"] = description };
    }

    public JsonObject Scan()
    {
        request.Allow(
            "TableName", "ConsistentRead", "ExclusiveStartKey", "ExpressionAttributeNames", "ExpressionAttributeValues", "FilterExpression",
            "Limit", "ProjectionExpression", "Segment", "TotalSegments");
        var table = database.Table(request.Text("TableName"));
        var expressions = request.ReadExpressions();
        var filter = expressions.ReadCondition(request.Text("FilterExpression"));
        var projection = expressions.ReadProjection(request.Text("ProjectionExpression"));
        expressions.EnsureAllUsed();
        var after = request["ExclusiveStartKey"]?[table.HashKey]?["S"]?.GetValue<string>() ?? string.Empty;
        var size = Math.Min(request.Number("Limit") ?? int.MaxValue, database.PageSize);
        var (segment, segments) = (request.Number("Segment") ?? 0, request.Number("TotalSegments") ?? 1);
        KeyValuePair<string, FakeItem>[] rest = [.. table.ItemsByKey
            .Where(pair => string.CompareOrdinal(pair.Key, after) > 0 && pair.Key.Sum(static letter => letter) % segments == segment)
            .Take(size + 1)];
        KeyValuePair<string, FakeItem>[] page = [.. rest.Take(size)];
        FakeItem[] found = [.. page.Select(static pair => pair.Value).Where(item => filter(item)).Select(item => item.Project(projection))];
        var answer = new JsonObject
        {
            ["Items"] = new JsonArray([.. found.Select(static item => item.ToJson())]),
            ["Count"] = found.Length,
            ["ScannedCount"] = page.Length,
        };
        if (rest.Length > size)
        {
            answer["LastEvaluatedKey"] = new JsonObject { [table.HashKey] = FakeValue.String(page[^1].Key).ToJson() };
        }

        return answer;
    }

    public JsonObject Get()
    {
        request.Allow("TableName", "Key", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression");
        var table = database.Table(request.Text("TableName"));
        var expressions = request.ReadExpressions();
        var projection = expressions.ReadProjection(request.Text("ProjectionExpression"));
        expressions.EnsureAllUsed();
        var item = table.ItemsByKey.GetValueOrDefault(ItemWrite.ReadKey(table, request.Object("Key")));
        return item is null ? [] : new JsonObject { ["Item"] = item.Project(projection).ToJson() };
    }

    public JsonObject BatchGet()
    {
        request.Allow("RequestItems");
        var responses = new JsonObject();
        var unprocessed = new JsonObject();
        var requested = request.Object("RequestItems");
        if (requested.Sum(static table => table.Value!["Keys"]!.AsArray().Count) > MaxBatch)
        {
            throw DynamoDbError.Validation("Too many items requested for the BatchGetItem call");
        }

        var left = database.BatchGetSize;
        foreach (var (name, json) in requested)
        {
            var part = new DynamoDbRequest(json!.AsObject(), request.Operation);
            part.Allow("Keys", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression");
            var (items, rest) = ReadMany(database.Table(name), part, left);
            left -= part["Keys"]!.AsArray().Count - rest.Count;
            responses[name] = items;
            if (rest.Count > 0)
            {
                var again = part.Json.DeepClone().AsObject();
                again["Keys"] = rest;
                unprocessed[name] = again;
            }
        }

        return new JsonObject { ["Responses"] = responses, ["UnprocessedKeys"] = unprocessed };
    }

    private static (JsonArray Items, JsonArray Unprocessed) ReadMany(FakeTable table, DynamoDbRequest part, int count)
    {
        var expressions = part.ReadExpressions();
        var projection = expressions.ReadProjection(part.Text("ProjectionExpression"));
        expressions.EnsureAllUsed();
        JsonObject[] keys = [.. part["Keys"]!.AsArray().Select(static key => key!.AsObject())];
        string[] ids = [.. keys.Select(key => ItemWrite.ReadKey(table, key))];
        if (ids.Distinct().Count() < ids.Length)
        {
            throw DynamoDbError.Validation("Provided list of item keys contains duplicates");
        }

        var items = ids.Take(count).Select(id => table.ItemsByKey.GetValueOrDefault(id)).OfType<FakeItem>();
        return (
            new JsonArray([.. items.Select(item => item.Project(projection).ToJson())]),
            new JsonArray([.. keys.Skip(count).Select(static key => key.DeepClone())]));
    }
}

using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The reads of items by their keys.</summary>
internal sealed class ItemReads(FakeDynamoDb database, DynamoDbRequest request, FakeCall call)
{
    private const int MaxBatch = 100;

    public JsonObject Get() => Get(request);

    public JsonObject TransactGet()
    {
        request.Allow("TransactItems", "ReturnConsumedCapacity");
        var answers = request.Objects("TransactItems")
            .Select(item => (JsonNode)Get(new DynamoDbRequest(item["Get"]!.AsObject(), request.Operation)));
        return new JsonObject { ["Responses"] = new JsonArray([.. answers]) };
    }

    public JsonObject BatchGet()
    {
        request.Allow("RequestItems", "ReturnConsumedCapacity");
        var responses = new JsonObject();
        var unprocessed = new JsonObject();
        var requested = request.Object("RequestItems");
        if (requested.Sum(static table => table.Value!["Keys"]!.AsArray().Count) > MaxBatch)
        {
            throw DynamoDbError.Validation("Too many items requested for the BatchGetItem call");
        }

        var index = 0;
        foreach (var (name, json) in requested)
        {
            var part = new DynamoDbRequest(json!.AsObject(), request.Operation);
            part.Allow("Keys", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression");
            var (items, rest) = ReadMany(database.Table(name), part, ref index);
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

    private JsonObject Get(DynamoDbRequest part)
    {
        part.Allow("TableName", "Key", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression", "ReturnConsumedCapacity");
        var table = database.Table(part.Text("TableName"));
        var expressions = part.ReadExpressions();
        var projection = expressions.ReadProjection(part.Text("ProjectionExpression"));
        expressions.EnsureAllUsed();
        var isConsistent = part.Flag("ConsistentRead") || part.Operation == "TransactGetItems";
        var item = table.ItemsFor(isConsistent).GetValueOrDefault(table.Key.ReadKey(part.Object("Key"), isOnlyKey: true));
        return item is null ? [] : new JsonObject { ["Item"] = item.Project(projection).ToJson() };
    }

    private (JsonArray Items, JsonArray Unprocessed) ReadMany(FakeTable table, DynamoDbRequest part, ref int index)
    {
        var expressions = part.ReadExpressions();
        var projection = expressions.ReadProjection(part.Text("ProjectionExpression"));
        expressions.EnsureAllUsed();
        (JsonObject Json, FakeKey Key)[] keys =
            [.. part.Objects("Keys").Select(json => (json, table.Key.ReadKey(json, isOnlyKey: true)))];
        if (keys.DistinctBy(static key => key.Key).Count() < keys.Length)
        {
            throw DynamoDbError.Validation("Provided list of item keys contains duplicates");
        }

        var (items, unprocessed) = (new JsonArray(), new JsonArray());
        var source = table.ItemsFor(part.Flag("ConsistentRead"));
        foreach (var (json, key) in keys)
        {
            if (index >= database.BatchGetSize || call.FailsEntry($"dynamodb://{table.Name}/{key}", index))
            {
                unprocessed.Add((JsonNode)json.DeepClone());
            }
            else if (source.GetValueOrDefault(key) is { } item)
            {
                items.Add((JsonNode)item.Project(projection).ToJson());
            }

            index++;
        }

        return (items, unprocessed);
    }
}

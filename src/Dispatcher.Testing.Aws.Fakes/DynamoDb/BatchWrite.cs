using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>BatchWriteItem: writes without conditions, each of which may come back as unprocessed.</summary>
internal sealed class BatchWrite(FakeWorld world, FakeDynamoDb database, DynamoDbRequest request, FakeCall call)
{
    private const int MaxItems = 25;

    public JsonObject Execute()
    {
        request.Allow("RequestItems", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics");
        (string Table, JsonObject Json, ItemWrite Write)[] writes = [.. request.Object("RequestItems").SelectMany(
            table => table.Value!.AsArray().Select(item =>
                (table.Key, item!.AsObject(), Read(database.Table(table.Key), item.AsObject()))))];
        if (writes.Length is 0 or > MaxItems)
        {
            throw DynamoDbError.Validation(
                "1 validation error detected: Value at 'requestItems' failed to satisfy constraint: "
                + "Map value must satisfy constraint: [Member must have length less than or equal to 25]");
        }

        if (writes.DistinctBy(static write => (write.Table, write.Write.Key)).Count() < writes.Length)
        {
            throw DynamoDbError.Validation("Provided list of item keys contains duplicates");
        }

        var unprocessed = new JsonObject();
        foreach (var (index, (table, json, write)) in writes.Index())
        {
            if (call.FailsEntry(write.Target, index))
            {
                unprocessed[table] ??= new JsonArray();
                unprocessed[table]!.AsArray().Add((JsonNode)json.DeepClone());
            }
            else
            {
                write.Prepare(world, call)();
            }
        }

        return new JsonObject { ["UnprocessedItems"] = unprocessed };
    }

    private static ItemWrite Read(FakeTable table, JsonObject json)
    {
        if (json["PutRequest"] is { } put)
        {
            var item = put["Item"]!.AsObject();
            return new ItemWrite(table, table.Key.ReadKey(item, isOnlyKey: false), FakeItem.Read(item));
        }

        return new ItemWrite(table, table.Key.ReadKey(json["DeleteRequest"]!["Key"]!.AsObject(), isOnlyKey: true), null);
    }
}

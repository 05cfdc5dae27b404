using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The operations of DynamoDB on tables.</summary>
internal sealed class TableOperations(FakeWorld world, FakeDynamoDb database, DynamoDbRequest request, FakeCall call)
{
    public JsonObject Create()
    {
        request.Allow(
            "TableName", "KeySchema", "AttributeDefinitions", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes",
            "SSESpecification", "TableClass", "DeletionProtectionEnabled", "Tags");
        var name = request.Text("TableName")!;
        if (database.Tables.ContainsKey(name))
        {
            throw DynamoDbError.Make("ResourceInUseException", $"Table already exists: {name}");
        }

        var definitions = request["AttributeDefinitions"]!;
        var table = database.Tables[name] = new FakeTable(world, name, KeySchema.Read(request["KeySchema"]!, definitions));
        foreach (var index in request.Objects("GlobalSecondaryIndexes"))
        {
            var projection = index["Projection"]?["ProjectionType"]?.GetValue<string>() ?? "ALL";
            var projected = projection == "ALL"
                ? null
                : (index["Projection"]?["NonKeyAttributes"] as JsonArray ?? []).Select(static item => item!.GetValue<string>()).ToList();
            var indexName = index["IndexName"]!.GetValue<string>();
            table.Indexes[indexName] = new FakeIndex(indexName, KeySchema.Read(index["KeySchema"]!, definitions), projected);
        }

        world.Note(call, "dynamodb:CreateTable", $"dynamodb://{name}");
        return new JsonObject { ["TableDescription"] = Describe(table) };
    }

    public JsonObject Delete()
    {
        request.Allow("TableName");
        var table = database.Table(request.Text("TableName"));
        database.Tables.Remove(table.Name);
        world.Note(call, "dynamodb:DeleteTable", $"dynamodb://{table.Name}");
        return new JsonObject { ["TableDescription"] = Describe(table) };
    }

    public JsonObject List()
    {
        request.Allow("Limit", "ExclusiveStartTableName");
        var names = database.Tables.Keys.Order(StringComparer.Ordinal)
            .Where(name => string.CompareOrdinal(name, request.Text("ExclusiveStartTableName") ?? string.Empty) > 0)
            .Take(request.Number("Limit") ?? 100);
        return new JsonObject { ["TableNames"] = new JsonArray([.. names.Select(static name => (JsonNode)name)]) };
    }

    public JsonObject Describe()
    {
        request.Allow("TableName");
        return new JsonObject { ["Table"] = Describe(database.Table(request.Text("TableName"))) };
    }

    public JsonObject DescribeTimeToLive()
    {
        request.Allow("TableName");
        var table = database.Table(request.Text("TableName"));
        var description = new JsonObject { ["TimeToLiveStatus"] = table.TimeToLiveAttribute is null ? "DISABLED" : "ENABLED" };
        if (table.TimeToLiveAttribute is { } attribute)
        {
            description["AttributeName"] = attribute;
        }

        return new JsonObject { ["TimeToLiveDescription"] = description };
    }

    public JsonObject UpdateTimeToLive()
    {
        request.Allow("TableName", "TimeToLiveSpecification");
        var table = database.Table(request.Text("TableName"));
        var specification = request["TimeToLiveSpecification"]!;
        table.TimeToLiveAttribute = specification["Enabled"]!.GetValue<bool>() ? specification["AttributeName"]!.GetValue<string>() : null;
        return new JsonObject { ["TimeToLiveSpecification"] = specification.DeepClone() };
    }

    private static JsonObject Describe(FakeTable table)
    {
        var definitions = table.Key.Definitions()
            .Concat(table.Indexes.Values.SelectMany(static index => index.Key.Definitions()))
            .Distinct();
        var description = new JsonObject
        {
            ["TableName"] = table.Name,
            ["TableArn"] = $"arn:aws:dynamodb:us-east-1:000000000000:table/{table.Name}",
            ["TableStatus"] = "ACTIVE",
            ["ItemCount"] = table.Current.Count,
            ["KeySchema"] = table.Key.ToJson(),
            ["AttributeDefinitions"] = new JsonArray([.. definitions.Select(static definition => (JsonNode)new JsonObject
            {
                ["AttributeName"] = definition.Name, ["AttributeType"] = definition.Type,
            })]),
        };
        if (table.Indexes.Count > 0)
        {
            description["GlobalSecondaryIndexes"] = new JsonArray([.. table.Indexes.Values.Select(static index => (JsonNode)new JsonObject
            {
                ["IndexName"] = index.Name,
                ["IndexStatus"] = "ACTIVE",
                ["KeySchema"] = index.Key.ToJson(),
                ["Projection"] = new JsonObject { ["ProjectionType"] = index.Projected is null ? "ALL" : "INCLUDE" },
            })]);
        }

        return description;
    }
}

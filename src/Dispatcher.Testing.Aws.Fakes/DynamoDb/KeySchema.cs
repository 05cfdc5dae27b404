using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The names and types of the attributes that are a key.</summary>
internal sealed record KeySchema(string Hash, string? Range, string HashType = "S", string RangeType = "S")
{
    private const string Mismatch = "The provided key element does not match the schema";

    public IEnumerable<string> Names => Range is null ? [Hash] : [Hash, Range];

    public static KeySchema Read(JsonNode schema, JsonNode definitions)
    {
        string? Name(string type) => schema.AsArray().FirstOrDefault(key => key!["KeyType"]!.GetValue<string>() == type)?["AttributeName"]!
            .GetValue<string>();
        string Type(string? name) => definitions.AsArray().FirstOrDefault(definition =>
            definition!["AttributeName"]!.GetValue<string>() == name)?["AttributeType"]!.GetValue<string>() ?? "S";
        var (hash, range) = (Name("HASH")!, Name("RANGE"));
        return new KeySchema(hash, range, Type(hash), Type(range));
    }

    /// <summary>Reads the key of an item, or of a request's member Key, which holds nothing else.</summary>
    public FakeKey ReadKey(JsonObject json, bool isOnlyKey)
    {
        if (isOnlyKey && json.Count != Names.Count())
        {
            throw DynamoDbError.Validation(Mismatch);
        }

        return new FakeKey(ReadValue(json, Hash, HashType), Range is null ? null : ReadValue(json, Range, RangeType));
    }

    /// <summary>Finds the key in an item.</summary>
    /// <returns><see langword="null"/> if the item lacks a part of it, as it may with an index.</returns>
    public FakeKey? Find(FakeItem item) =>
        item.Find(Hash) is { } hash && (Range is null || item.Find(Range) is not null)
            ? new FakeKey(hash, Range is null ? null : item.Find(Range))
            : null;

    public JsonArray ToJson()
    {
        var json = new JsonArray { (JsonNode)new JsonObject { ["AttributeName"] = Hash, ["KeyType"] = "HASH" } };
        if (Range is not null)
        {
            json.Add((JsonNode)new JsonObject { ["AttributeName"] = Range, ["KeyType"] = "RANGE" });
        }

        return json;
    }

    public IEnumerable<(string Name, string Type)> Definitions() =>
        Range is null ? [(Hash, HashType)] : [(Hash, HashType), (Range, RangeType)];

    private static FakeValue ReadValue(JsonObject json, string name, string type)
    {
        if (json[name] is not JsonObject { Count: 1 } value || !value.ContainsKey(type))
        {
            throw DynamoDbError.Validation(Mismatch);
        }

        var read = FakeValue.Read(value);
        return read.Text.Length > 0
            ? read
            : throw DynamoDbError.Validation(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. "
                    + $"Key: {name}");
    }
}

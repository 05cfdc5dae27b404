using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The members of a request, or of an item in one. What is not asked for by name fails.</summary>
internal sealed class DynamoDbRequest(JsonObject json, string operation)
{
    public JsonObject Json => json;

    public string Operation => operation;

    public JsonNode? this[string name] => json[name];

    public string? Text(string name) => json[name]?.GetValue<string>();

    public int? Number(string name) => json[name]?.GetValue<int>();

    public bool Flag(string name) => json[name]?.GetValue<bool>() ?? false;

    public JsonObject Object(string name) =>
        json[name] as JsonObject
        ?? throw DynamoDbError.Validation($"1 validation error detected: Value null at '{name}' failed to satisfy constraint");

    /// <summary>Fails when the request asks for more than the operation here does.</summary>
    public DynamoDbRequest Allow(params string[] names)
    {
        string[] unknown = [.. json.Select(static member => member.Key).Except(names)];
        return unknown.Length == 0
            ? this
            : throw new NotSupportedException(
                $"{operation} is not supported with {string.Join(", ", unknown)}. Teach the fake what it means.");
    }

    public ExpressionContext ReadExpressions() =>
        new(json["ExpressionAttributeNames"] as JsonObject, json["ExpressionAttributeValues"] as JsonObject);
}

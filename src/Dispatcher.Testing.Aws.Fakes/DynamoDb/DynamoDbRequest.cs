using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>A request to DynamoDB, or an item of one.</summary>
internal sealed class DynamoDbRequest(JsonObject json, string operation) : JsonRequest(json, operation)
{
    public JsonObject Object(string name) =>
        this[name] as JsonObject
        ?? throw DynamoDbError.Validation($"1 validation error detected: Value null at '{name}' failed to satisfy constraint");

    public ExpressionContext ReadExpressions() =>
        new(this["ExpressionAttributeNames"] as JsonObject, this["ExpressionAttributeValues"] as JsonObject);
}

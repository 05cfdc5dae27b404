using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>The members of a request in JSON, or of an item in one. What is not asked for by name fails.</summary>
internal class JsonRequest(JsonObject json, string operation)
{
    public JsonObject Json => json;

    public string Operation => operation;

    public JsonNode? this[string name] => json[name];

    public string? Text(string name) => json[name]?.GetValue<string>();

    public int? Number(string name) => json[name]?.GetValue<int>();

    public bool Flag(string name) => json[name]?.GetValue<bool>() ?? false;

    public IEnumerable<JsonObject> Objects(string name) => (json[name] as JsonArray ?? []).Select(static item => item!.AsObject());

    public IReadOnlyList<string> Texts(string name) =>
        [.. (json[name] as JsonArray ?? []).Select(static item => item!.GetValue<string>())];

    /// <summary>Fails when the request asks for more than the operation here does.</summary>
    public void Allow(params string[] names)
    {
        string[] unknown = [.. json.Select(static member => member.Key).Except(names)];
        if (unknown.Length > 0)
        {
            throw new NotSupportedException(
                $"{operation} is not supported with {string.Join(", ", unknown)}. Teach the fake what it means.");
        }
    }
}

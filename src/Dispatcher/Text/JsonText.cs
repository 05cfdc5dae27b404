using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Text;

/// <summary>Words a piece of JSON for an error message, never longer than a person wants to read.</summary>
internal static class JsonText
{
    private const int MaxLength = 80;

    public static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "missing",
    };

    public static string Value(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? "missing" : Shorten(element.GetRawText());

    public static JsonElement ToElement(JsonNode? node)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"));
        return JsonElement.ParseValue(ref reader);
    }

    public static string Shorten(string text) => text.Length <= MaxLength ? text : $"{text.AsSpan(0, MaxLength)}…";
}

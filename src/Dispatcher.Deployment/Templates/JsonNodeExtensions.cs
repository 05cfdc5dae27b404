using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Templates;

/// <summary>Reads evaluated parts of a template without trusting their shape.</summary>
internal static class JsonNodeExtensions
{
    /// <summary>Takes a field.</summary>
    /// <returns>The field; <see langword="null"/> where there is none, or the parent is no object.</returns>
    public static JsonNode? Field(this JsonNode? parent, string name) => parent is JsonObject fields ? fields[name] : null;

    /// <summary>Takes the items of a list; a single value counts as a list of one.</summary>
    public static IEnumerable<JsonNode?> Items(this JsonNode? node)
    {
        if (node is JsonArray list)
        {
            return list;
        }

        // An array of .NET's: a JsonArray would take the node from where it stands.
        return node is null ? Array.Empty<JsonNode?>() : new JsonNode?[] { node };
    }

    /// <summary>Takes a plain value as text; objects and lists as JSON.</summary>
    public static string? Text(this JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToJsonString(Relaxed),
    };

    /// <summary>Takes a number, also one that is written as text.</summary>
    public static double? Number(this JsonNode? node) =>
        double.TryParse(node.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Writes JSON as a person would.</summary>
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = Dispatcher.Text.PrintableJsonEncoder.Instance };
}

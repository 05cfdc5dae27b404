using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Deployment.Templates;

/// <summary>Extensions that read evaluated parts of a template without assumptions about their shape.</summary>
internal static class JsonNodeExtensions
{
    /// <summary>Gets a field.</summary>
    /// <returns>The field; <see langword="null"/> if it does not exist or the parent is not an object.</returns>
    public static JsonNode? Field(this JsonNode? parent, string name) => parent is JsonObject fields ? fields[name] : null;

    /// <summary>Gets the items of a list; a single value counts as a list of one.</summary>
    public static IEnumerable<JsonNode?> Items(this JsonNode? node)
    {
        if (node is JsonArray list)
        {
            return list;
        }

        // An array of .NET's: a JsonArray would take the node from where it stands.
        return node is null ? Array.Empty<JsonNode?>() : new JsonNode?[] { node };
    }

    /// <summary>Gets a scalar as text, and an object or list as JSON.</summary>
    public static string? Text(this JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToJsonString(Relaxed),
    };

    /// <summary>Gets a number, even if it is written as text.</summary>
    public static double? Number(this JsonNode? node) =>
        double.TryParse(node.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Writes JSON without needless escapes.</summary>
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = PrintableJsonEncoder.Instance };
}

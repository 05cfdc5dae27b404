using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Text;

/// <summary>
/// JSON as it may be shown: with <see cref="Redaction.Mask"/> for the values of names that announce a secret, for the word behind an option
/// such as <c>--token</c>, and for secrets inside texts.
/// </summary>
public static class RedactedJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = PrintableJsonEncoder.Instance };

    /// <summary>Masks what may be a secret.</summary>
    /// <param name="text">JSON, or a text such as an input transformer with placeholders.</param>
    /// <returns>The JSON without secrets; a text that is not JSON as <see cref="Redaction.Sentence"/> prints it.</returns>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Mask(JsonNode.Parse(text), string.Empty)?.ToJsonString(Readable) ?? text;
        }
        catch (JsonException)
        {
            return Redaction.Sentence(text);
        }
    }

    private static JsonNode? Mask(JsonNode? node, string name) => node switch
    {
        null => null,
        _ when Redaction.AnnouncesSecret(name) => JsonValue.Create(Redaction.Mask),
        JsonObject members => MaskMembers(members),
        JsonArray items => new JsonArray([.. items.Select((item, index) =>
            index > 0 && TextOf(items[index - 1]) is { } option && Redaction.IsSecretOption(option)
                ? JsonValue.Create(Redaction.Mask)
                : Mask(item, name))]),
        _ when TextOf(node) is { } text => JsonValue.Create(MaskText(text, name)),
        _ => node.DeepClone(),
    };

    /// <summary>An object may be a name and a value, as ECS writes an environment.</summary>
    private static JsonObject MaskMembers(JsonObject members)
    {
        var isNamedSecret = members.TryGetPropertyValue("name", out var name) && TextOf(name) is { } text
            && Redaction.AnnouncesSecret(text);
        return new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key,
            isNamedSecret && member.Key == "value" ? JsonValue.Create(Redaction.Mask) : Mask(member.Value, member.Key))));
    }

    private static string MaskText(string text, string name)
    {
        var start = $"{name}=";
        var masked = Redaction.Sentence(start + text);
        return masked == start + text ? text
            : masked.StartsWith(start, StringComparison.Ordinal) ? masked[start.Length..]
            : Redaction.Mask;
    }

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}

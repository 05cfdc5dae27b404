using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Text;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The input of a trigger as it may be shown: a template may hold secrets that belong in Secrets Manager.</summary>
internal static class ScheduleInput
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = PrintableJsonEncoder.Instance };

    /// <summary>Masks what may be a secret.</summary>
    /// <param name="input">JSON, or a text such as an input transformer with placeholders.</param>
    /// <returns>The input with <see cref="Redaction.Mask"/> for values of names that announce a secret, and for secrets in URLs.</returns>
    public static string Mask(string input)
    {
        try
        {
            return MaskNode(JsonNode.Parse(input), string.Empty)?.ToJsonString(Readable) ?? input;
        }
        catch (JsonException)
        {
            return Redaction.Sentence(input);
        }
    }

    private static JsonNode? MaskNode(JsonNode? node, string name) => node switch
    {
        JsonObject members => new JsonObject(members.Select(
            static member => KeyValuePair.Create(member.Key, MaskNode(member.Value, member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => MaskNode(item, name))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => MaskText(value.GetValue<string>(), name),
        _ => node?.DeepClone(),
    };

    private static string MaskText(string text, string name)
    {
        var start = $"{name}=";
        var masked = Redaction.Sentence(start + text);
        return masked == start + text ? text
            : masked.StartsWith(start, StringComparison.Ordinal) ? masked[start.Length..]
            : Redaction.Mask;
    }
}

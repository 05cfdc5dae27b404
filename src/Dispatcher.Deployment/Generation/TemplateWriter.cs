using System.Text;
using System.Text.Json.Nodes;

namespace Dispatcher.Deployment.Generation;

/// <summary>A writer of templates: two spaces, and on one line what fits there.</summary>
internal static class TemplateWriter
{
    private const int Width = 140;

    /// <summary>Objects whose members are always on lines of their own, so that a change of one is a change of one line.</summary>
    private static readonly HashSet<string> Expanded = ["Properties", "Variables"];

    /// <summary>Writes a template.</summary>
    public static string Write(JsonObject template)
    {
        var text = new StringBuilder();
        WriteNode(text, template, 0, string.Empty, 0);
        return text.Append('\n').ToString();
    }

    private static void WriteNode(StringBuilder text, JsonNode? node, int depth, string name, int column)
    {
        var line = Inline(node);
        var expand = node is JsonObject && (depth < 2 || Expanded.Contains(name) || (depth == 2 && HasType(node)));
        if (node is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            || (!expand && (column + line.Length < Width || IsFlat(node))))
        {
            text.Append(line);
            return;
        }

        var indent = new string(' ', 2 * (depth + 1));
        var isObject = node is JsonObject;
        text.Append(isObject ? "{" : "[");
        var separator = "\n";
        IEnumerable<(string? Key, JsonNode? Value)> children = node is JsonObject members
            ? members.Select(member => ((string?)member.Key, member.Value))
            : ((JsonArray)node).Select(item => ((string?)null, item));
        foreach (var (key, value) in children)
        {
            var label = key is null ? string.Empty : $"{Quote(key)}: ";
            text.Append(separator).Append(indent).Append(label);
            WriteNode(text, value, depth + 1, key ?? string.Empty, indent.Length + label.Length);
            separator = ",\n";
        }

        text.Append('\n').Append(' ', 2 * depth).Append(isObject ? '}' : ']');
    }

    /// <summary>A function with one text, such as a long <c>Fn::Sub</c>, gets no shorter on several lines.</summary>
    private static bool IsFlat(JsonNode node) => node is JsonObject { Count: 1 } only && only.First().Value is JsonValue;

    private static bool HasType(JsonNode node) => node is JsonObject definition && definition.ContainsKey("Type");

    private static string Inline(JsonNode? node) => node switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonObject members => $"{{ {string.Join(", ", members.Select(member => $"{Quote(member.Key)}: {Inline(member.Value)}"))} }}",
        JsonArray items => $"[{string.Join(", ", items.Select(Inline))}]",
        null => "null",
        _ => node.ToJsonString(JsonNodeText.Readable),
    };

    private static string Quote(string text) => JsonValue.Create(text).ToJsonString(JsonNodeText.Readable);
}

using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>
/// A pattern for an event's <c>detail</c>, as in an EventBridge event pattern: every field of the pattern has to match, a field matches if
/// one of its alternatives does, and fields that the pattern does not name are ignored.
/// </summary>
/// <remarks>
/// Operators: exact values, <c>prefix</c>, <c>suffix</c>, <c>equals-ignore-case</c>, <c>anything-but</c>, <c>numeric</c>, <c>exists</c>.
/// See https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html.
/// </remarks>
internal sealed class EventPattern
{
    private readonly IReadOnlyList<FieldPattern> _fields;
    private readonly JsonElement _source;

    private EventPattern(JsonElement source, IReadOnlyList<FieldPattern> fields)
    {
        _source = source;
        _fields = fields;
    }

    /// <summary>Gets a value indicating whether every detail matches.</summary>
    public bool IsEmpty => _fields.Count == 0;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">A JSON object.</param>
    /// <param name="problems">Receives everything that is wrong with it.</param>
    /// <param name="path">The path of the pattern in the whole, for errors.</param>
    public static EventPattern Parse(JsonElement pattern, List<string> problems, string path = "detail")
    {
        var fields = new List<FieldPattern>();
        foreach (var field in pattern.EnumerateObject())
        {
            fields.Add(ParseField($"{path}.{field.Name}", field, problems));
        }

        return new EventPattern(pattern, fields);
    }

    /// <summary>Determines whether a detail matches.</summary>
    /// <param name="detail">A JSON object; anything else counts as an empty one.</param>
    public bool Matches(JsonElement detail)
    {
        foreach (var field in _fields)
        {
            var value = detail.ValueKind == JsonValueKind.Object && PayloadText.TryGetProperty(detail, field.Name, out var found)
                ? found
                : default;
            if (!field.Matches(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Prints the pattern as it was written.</summary>
    public override string ToString() => _source.GetRawText();

    private static FieldPattern ParseField(string path, JsonProperty field, List<string> problems)
    {
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.Object:
                return FieldPattern.ForObject(field.Name, Parse(field.Value, problems, path));
            case JsonValueKind.Array when field.Value.GetArrayLength() > 0:
                return FieldPattern.ForValue(
                    field.Name, [.. field.Value.EnumerateArray().Select(alternative => ValueMatcher.Parse(path, alternative, problems))]);
            default:
                problems.Add($"{path} must be a list of alternatives, such as [\"success\"], but is {PayloadText.Value(field.Value)}.");
                return FieldPattern.ForValue(field.Name, []);
        }
    }
}

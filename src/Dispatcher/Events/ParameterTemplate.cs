using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Events;

/// <summary>
/// Makes a job's parameters from an event. Values are constants, at any depth, except for strings that begin with <c>$.</c>: these are
/// places in the event. A constant that begins with <c>$.</c> is written <c>$$.</c>.
/// </summary>
internal sealed class ParameterTemplate
{
    private readonly JsonElement _template;

    private ParameterTemplate(JsonElement template) => _template = template;

    /// <summary>Gets the parameters' names.</summary>
    public IEnumerable<string> Names => _template.EnumerateObject().Select(parameter => parameter.Name);

    /// <summary>Checks a map.</summary>
    /// <param name="template">A JSON object.</param>
    /// <param name="problems">Takes every place that cannot be read.</param>
    public static ParameterTemplate Parse(JsonElement template, List<string> problems)
    {
        foreach (var path in PathsIn(template).Where(path => EventPath.Parse(path) is null))
        {
            problems.Add($"'{PayloadText.Shorten(path)}' is no place in an event. Write $.detail.name, $.detail.list[0] or $.id.");
        }

        return new ParameterTemplate(template);
    }

    /// <summary>Writes the parameters with the event's values in their places.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="bridged">The event.</param>
    /// <param name="problems">Takes every place that the event does not have.</param>
    public void Write(Utf8JsonWriter writer, EventBridgeEvent bridged, ICollection<string> problems) => Write(writer, _template, bridged, problems);

    private static void Write(Utf8JsonWriter writer, JsonElement value, EventBridgeEvent bridged, ICollection<string> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                {
                    writer.WritePropertyName(field.Name);
                    Write(writer, field.Value, bridged, problems);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, bridged, problems);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString() is ['$', '.', ..] path:
                // As it came: WriteTo would fail for text that is no Unicode, which the job's own check of the parameter explains.
                writer.WriteRawValue(Find(path, bridged, problems).GetRawText());
                break;
            case JsonValueKind.String when value.GetString() is ['$', '$', '.', ..] text:
                writer.WriteStringValue(text.AsSpan(1));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static JsonElement Find(string path, EventBridgeEvent bridged, ICollection<string> problems)
    {
        if (EventPath.Parse(path)!.Find(bridged) is { } found)
        {
            return found;
        }

        problems.Add($"The event has nothing at {path}, which its route passes on as a parameter.");
        return PayloadText.ToElement(null);
    }

    private static IEnumerable<string> PathsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(field => PathsIn(field.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(PathsIn),
        JsonValueKind.String when value.GetString() is ['$', '.', ..] path => [path],
        _ => [],
    };
}

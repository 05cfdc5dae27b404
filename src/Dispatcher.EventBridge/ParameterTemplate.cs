using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge;

/// <summary>
/// A template of a job's parameters. Values are constants, at any depth, except for strings that begin with <c>$.</c>: these are paths
/// into the event. A constant that begins with <c>$.</c> is written <c>$$.</c>.
/// </summary>
internal sealed class ParameterTemplate
{
    private readonly JsonElement _template;

    private ParameterTemplate(JsonElement template) => _template = template;

    /// <summary>Gets the parameters' names.</summary>
    public IEnumerable<string> Names => _template.EnumerateObject().Select(parameter => parameter.Name);

    /// <summary>Checks a template.</summary>
    /// <param name="template">A JSON object.</param>
    /// <param name="problems">Receives every path that cannot be read.</param>
    public static ParameterTemplate Parse(JsonElement template, List<string> problems)
    {
        foreach (var path in PathsIn(template).Where(path => EventPath.Parse(path) is null))
        {
            problems.Add($"'{PayloadText.Shorten(path)}' is not a path into an event. Write $.detail.name, $.detail.list[0] or $.id.");
        }

        return new ParameterTemplate(template);
    }

    /// <summary>Writes the parameters with the values of an event.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="event">The event.</param>
    /// <param name="problems">Receives every path that the event does not have.</param>
    public void Write(Utf8JsonWriter writer, EventBridgeEvent @event, ICollection<string> problems) => Write(writer, _template, @event, problems);

    private static void Write(Utf8JsonWriter writer, JsonElement value, EventBridgeEvent @event, ICollection<string> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                {
                    writer.WritePropertyName(field.Name);
                    Write(writer, field.Value, @event, problems);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, @event, problems);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString() is ['$', '.', ..] path:
                // Raw: WriteTo would fail for text that is not Unicode, which the job's own check of the parameter explains.
                writer.WriteRawValue(Find(path, @event, problems).GetRawText());
                break;
            case JsonValueKind.String when value.GetString() is ['$', '$', '.', ..] text:
                writer.WriteStringValue(text.AsSpan(1));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static JsonElement Find(string path, EventBridgeEvent @event, ICollection<string> problems)
    {
        if (EventPath.Parse(path)!.Find(@event) is { } found)
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

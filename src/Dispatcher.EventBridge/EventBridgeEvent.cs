using System.Buffers;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.EventBridge;

/// <summary>An event as EventBridge delivers it.</summary>
/// <param name="Source">Its <c>source</c>.</param>
/// <param name="DetailType">Its <c>detail-type</c>.</param>
/// <param name="Detail">Its <c>detail</c>, an object.</param>
/// <param name="Payload">The whole event as it was delivered.</param>
internal sealed record EventBridgeEvent(string Source, string DetailType, JsonElement Detail, JsonElement Payload)
{
    // Fields of the other payload form. In an event they would be ignored, and "dryRun" must never be.
    private static readonly string[] Foreign = ["dryRun", "parameters"];

    /// <summary>Gets the event with its detail as an object, as patterns compare it.</summary>
    public JsonElement Whole { get; } = WithDetail(Payload, Detail);

    /// <summary>Determines whether a payload is an event and does not name a job.</summary>
    public static bool IsEvent(JsonElement payload) =>
        PayloadText.TryGetProperty(payload, "detail-type", out _)
        && PayloadText.TryGetProperty(payload, "source", out _)
        && !PayloadText.TryGetProperty(payload, "job", out _);

    /// <summary>Reads an event, or adds its problems.</summary>
    public static EventBridgeEvent? Read(JsonElement payload, ICollection<string> problems)
    {
        var before = problems.Count;
        foreach (var name in payload.EnumerateObject().Select(PayloadText.Name).Where(name =>
            SpellingSuggester.Find(name, Foreign) is not null))
        {
            problems.Add($"Field '{PayloadText.Shorten(name)}' has no meaning in an event. To plan only, set the environment variable "
                         + "DRY_RUN=true, or send {\"job\":\"NAME\",\"dryRun\":true}.");
        }

        var source = ReadText(payload, "source", problems);
        var detailType = ReadText(payload, "detail-type", problems);
        var detail = ReadDetail(payload, problems);
        if ((PayloadText.FindDuplicate(payload) ?? PayloadText.FindDuplicate(detail)) is { } duplicate)
        {
            problems.Add($"Field '{PayloadText.Shorten(duplicate)}' of the event appears twice. Give it once.");
        }

        return problems.Count > before ? null : new EventBridgeEvent(source, detailType, detail, payload);
    }

    private static JsonElement WithDetail(JsonElement payload, JsonElement detail)
    {
        if (PayloadText.TryGetProperty(payload, "detail", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            return payload;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in payload.EnumerateObject())
            {
                var name = PayloadText.Name(field);
                writer.WritePropertyName(name);
                writer.WriteRawValue((name == "detail" ? detail : field.Value).GetRawText());
            }

            writer.WriteEndObject();
        }

        return JobRequestReader.Parse(buffer.WrittenSpan);
    }

    private static string ReadText(JsonElement payload, string name, ICollection<string> problems)
    {
        PayloadText.TryGetProperty(payload, name, out var field);
        if (PayloadText.Text(field) is { } text)
        {
            return text;
        }

        problems.Add($"Field '{name}' of the event must be a string, but is {PayloadText.Value(field)}.");
        return string.Empty;
    }

    /// <summary>Reads the detail. EventBridge Scheduler's own event has it as text: "{}".</summary>
    private static JsonElement ReadDetail(JsonElement payload, ICollection<string> problems)
    {
        var detail = PayloadText.TryGetProperty(payload, "detail", out var given) ? given : default;
        try
        {
            var read = PayloadText.Text(detail) is { } text ? JobRequestReader.Parse(Encoding.UTF8.GetBytes(text)) : detail;
            if (read.ValueKind == JsonValueKind.Object)
            {
                return read;
            }
        }
        catch (JobRequestException)
        {
            // Text that is not JSON is reported below, like every other value that is not an object.
        }

        problems.Add($"Field 'detail' of the event must be an object, or text that holds one, but is {PayloadText.Value(detail)}.");
        return default;
    }
}

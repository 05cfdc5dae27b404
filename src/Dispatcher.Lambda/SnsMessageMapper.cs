using System.Buffers;
using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Lambda;

/// <summary>
/// A mapper of messages of SNS, as SNS delivers them to a function and, without raw message delivery, to a queue. The text of the message
/// is the payload, and the id of the message names the slot of a payload that names none.
/// </summary>
internal sealed class SnsMessageMapper : IPayloadMapper
{
    private const string EventSource = "aws:sns";

    /// <inheritdoc />
    public bool CanMap(JsonElement payload) => IsDelivery(payload) || IsEnvelope(payload);

    /// <inheritdoc />
    public JsonElement? Map(JsonElement payload, ProblemList problems)
    {
        if (PayloadText.FindDuplicate(payload) is { } duplicate)
        {
            problems.Add($"Field '{PayloadText.Shorten(duplicate)}' of the SNS message appears twice. Give it once.");
            return null;
        }

        var envelope = payload;
        if (IsDelivery(payload))
        {
            var records = Find(payload, "Records");
            if (records.GetArrayLength() > 1)
            {
                problems.Add($"The event has {records.GetArrayLength()} SNS messages, and SNS delivers one at a time. "
                             + "Send each of them in an event.");
                return null;
            }

            envelope = Find(records[0], "Sns");
        }

        if (TextOf(envelope, "MessageId") is not { Length: > 0 } id || TextOf(envelope, "Message") is not { } message)
        {
            problems.Add("The SNS message has no MessageId or no Message. Send SNS events as SNS delivers them.");
            return null;
        }

        if (Parse(message) is { } inner)
        {
            return WithId(inner, id);
        }

        var topic = TextOf(envelope, "TopicArn") is { } arn ? $"of the topic {PayloadText.Shorten(arn)} " : string.Empty;
        problems.Add($"The SNS message {PayloadText.Shorten(id)} {topic}is not a payload, which is a JSON object. "
                     + "Publish {\"job\":\"NAME\"} as the message, or do not subscribe the function to this topic.");
        return null;
    }

    private static bool IsDelivery(JsonElement payload) =>
        Find(payload, "Records") is { ValueKind: JsonValueKind.Array } records
        && records.GetArrayLength() > 0
        && TextOf(records[0], "EventSource") == EventSource;

    private static bool IsEnvelope(JsonElement payload) =>
        TextOf(payload, "Type") == "Notification"
        && TextOf(payload, "TopicArn") is not null
        && Find(payload, "Message").ValueKind != JsonValueKind.Undefined
        && Find(payload, "job").ValueKind == JsonValueKind.Undefined;

    private static JsonElement? Parse(string message)
    {
        try
        {
            return JobRequestReader.Parse(Encoding.UTF8.GetBytes(message)) is { ValueKind: JsonValueKind.Object } payload ? payload : null;
        }
        catch (JobRequestException)
        {
            return null;
        }
    }

    /// <summary>Adds the id to a payload that names a job, but no slot. An event has an id already.</summary>
    private static JsonElement WithId(JsonElement payload, string id)
    {
        if (!PayloadText.TryGetProperty(payload, "job", out _)
            || PayloadText.TryGetProperty(payload, "id", out _)
            || PayloadText.TryGetProperty(payload, "scheduledTime", out _))
        {
            return payload;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var field in payload.EnumerateObject())
            {
                writer.WritePropertyName(PayloadText.Name(field));
                writer.WriteRawValue(field.Value.GetRawText());
            }

            writer.WriteString("id", id);
            writer.WriteEndObject();
        }

        return JobRequestReader.Parse(buffer.WrittenSpan);
    }

    private static string? TextOf(JsonElement element, string name) => PayloadText.Text(Find(element, name));

    private static JsonElement Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && PayloadText.TryGetPropertyIgnoringCase(element, name, out var value) ? value : default;
}

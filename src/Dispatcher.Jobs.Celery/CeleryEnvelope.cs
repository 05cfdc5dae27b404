using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// A task as Celery's message protocol 2 puts it on SQS: a JSON envelope, in base64, around a JSON body, in base64.
/// </summary>
/// <remarks>
/// Source: <c>Celery.app.amqp.as_task_v2</c> and kombu's SQS transport, 5.2, and the messages that they send. A message without
/// <c>headers.id</c> ends a worker, again at each start; one with a <c>routing_key</c> that is not the worker's name of the queue
/// ends it when the task is done.
/// </remarks>
internal static class CeleryEnvelope
{
    // Celery cuts both reprs here.
    private const int MaxRepr = 1024;

    // The text is base64 in the end: there is no HTML that it could break out into.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the message's text on the queue.</summary>
    public static string Write(CeleryMessage message, string routingKey)
    {
        var body = Convert.ToBase64String(WriteBody(message));
        var (id, eta, expires) = (Quote(message.Id), Quote(Time(message.Eta)), Quote(Time(message.Expires)));
        var args = Quote(Shorten(PythonLiteral.Tuple(message.Args)));
        var kwargs = Quote(Shorten(PythonLiteral.Dictionary(message.Kwargs)));
        var replyTo = DeterministicGuid.Create(message.Id, "reply_to");
        var deliveryTag = DeterministicGuid.Create(message.Id, "delivery_tag");
        var (hard, soft) = (Number(message.TimeLimits.Hard), Number(message.TimeLimits.Soft));
        var envelope = $$$"""
            {"body":"{{{body}}}","content-encoding":"utf-8","content-type":"application/json",
            "headers":{"lang":"py","task":{{{Quote(message.Task)}}},"id":{{{id}}},"shadow":null,"eta":{{{eta}}},"expires":{{{expires}}},
            "group":null,"group_index":null,"retries":0,"timelimit":[{{{hard}}},{{{soft}}}],"root_id":{{{id}}},"parent_id":null,
            "argsrepr":{{{args}}},"kwargsrepr":{{{kwargs}}},"origin":"maintenance-dispatcher","ignore_result":false
            {{{WriteHeaders(message)}}}},
            "properties":{"correlation_id":{{{id}}},"reply_to":"{{{replyTo}}}","delivery_mode":2,
            "delivery_info":{"exchange":"","routing_key":{{{Quote(routingKey)}}}},"priority":{{{message.Priority}}},
            "body_encoding":"base64","delivery_tag":"{{{deliveryTag}}}"}}
            """;

        // Within a JSON string, a line feed is always escaped.
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(envelope.Replace("\n", string.Empty, StringComparison.Ordinal)));
    }

    /// <summary>Formats a time as Celery reads it: with an offset, and a fraction of six digits or none.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.ToUniversalTime() is not { } utc ? null
        : utc.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMicrosecond
            ? utc.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
            : utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> WriteBody(CeleryMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            json.WriteStartArray();
            foreach (var value in message.Args)
            {
                value.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteStartObject();
            foreach (var (name, value) in message.Kwargs)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteRawValue("""{"callbacks":null,"errbacks":null,"chain":null,"chord":null}"""u8);
            json.WriteEndArray();
        }

        return buffer.WrittenSpan;
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string WriteHeaders(CeleryMessage message)
    {
        var headers = new StringBuilder();
        foreach (var (name, value) in message.Headers)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                value.WriteTo(json);
            }

            headers.Append(',').Append(Quote(name)).Append(':').Append(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }

        return headers.ToString();
    }

    private static string Quote(string? text) => text is null ? "null" : $"\"{JsonEncodedText.Encode(text, Options.Encoder)}\"";

    private static string Shorten(string text) =>
        text.Length <= MaxRepr ? text : $"{PrintableText.Truncate(text, MaxRepr - 3).AsSpan()[..^1]}...";
}

using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>
/// Writes a task as Celery's message protocol 2 has it on SQS: a JSON envelope, in base64, around a JSON body, in base64.
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

    /// <summary>Writes the message's text on the queue.</summary>
    public static string Write(CeleryMessage message, string routingKey)
    {
        var body = Convert.ToBase64String(WriteJson(json => WriteBody(json, message)));
        return Convert.ToBase64String(WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("body", body);
            json.WriteString("content-encoding", "utf-8");
            json.WriteString("content-type", "application/json");
            WriteHeaders(json, message);
            WriteProperties(json, message, routingKey);
            json.WriteEndObject();
        }));
    }

    /// <summary>Writes a time as Celery reads it: with an offset, and a fraction of six digits or none.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.ToUniversalTime() is not { } utc ? null
        : utc.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMicrosecond
            ? utc.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
            : utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> WriteJson(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenSpan;
    }

    private static void WriteBody(Utf8JsonWriter json, CeleryMessage message)
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
        json.WriteStartObject();
        json.WriteNull("callbacks");
        json.WriteNull("errbacks");
        json.WriteNull("chain");
        json.WriteNull("chord");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteHeaders(Utf8JsonWriter json, CeleryMessage message)
    {
        json.WriteStartObject("headers");
        json.WriteString("lang", "py");
        json.WriteString("task", message.Task);
        json.WriteString("id", message.Id);
        json.WriteNull("shadow");
        json.WriteString("eta", Time(message.Eta));
        json.WriteString("expires", Time(message.Expires));
        json.WriteNull("group");
        json.WriteNull("group_index");
        json.WriteNumber("retries", 0);
        json.WriteStartArray("timelimit");
        json.WriteNullValue();
        json.WriteNullValue();
        json.WriteEndArray();
        json.WriteString("root_id", message.Id);
        json.WriteNull("parent_id");
        json.WriteString("argsrepr", Shorten(PythonLiteral.Tuple(message.Args)));
        json.WriteString("kwargsrepr", Shorten(PythonLiteral.Dictionary(message.Kwargs)));
        json.WriteString("origin", "maintenance-dispatcher");
        json.WriteBoolean("ignore_result", false);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, CeleryMessage message, string routingKey)
    {
        json.WriteStartObject("properties");
        json.WriteString("correlation_id", message.Id);
        json.WriteString("reply_to", DeterministicGuid.Create(message.Id, "reply_to").ToString());
        json.WriteNumber("delivery_mode", 2);
        json.WriteStartObject("delivery_info");
        json.WriteString("exchange", string.Empty);
        json.WriteString("routing_key", routingKey);
        json.WriteEndObject();
        json.WriteNumber("priority", message.Priority);
        json.WriteString("body_encoding", "base64");
        json.WriteString("delivery_tag", DeterministicGuid.Create(message.Id, "delivery_tag").ToString());
        json.WriteEndObject();
    }

    private static string Shorten(string text)
    {
        if (text.Length <= MaxRepr)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxRepr - 4]) ? MaxRepr - 4 : MaxRepr - 3;
        return string.Concat(text.AsSpan(0, end), "...");
    }
}

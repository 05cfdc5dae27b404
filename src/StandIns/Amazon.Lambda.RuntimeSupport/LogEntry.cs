#nullable enable
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One line of the log, in the two formats that a function can be configured for.</summary>
internal sealed record LogEntry(DateTimeOffset Time, string? RequestId, LogLevel Level, string? Message, Exception? Exception)
{
    private string Timestamp => Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public string ToText()
    {
        var line = new StringBuilder(Timestamp).Append('\t').Append(RequestId).Append('\t').Append(Label).Append('\t').Append(Message);
        if (Exception is not null)
        {
            line.Append(Message is null ? string.Empty : "\n").Append(Exception);
        }

        return line.ToString();
    }

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Timestamp);
            writer.WriteString("level", Level.ToString());
            writer.WriteString("requestId", RequestId);
            writer.WriteString("message", Message ?? Exception?.Message);
            if (Exception is not null)
            {
                writer.WriteString("errorType", Exception.GetType().FullName);
                writer.WriteString("errorMessage", Exception.Message);
                writer.WriteString("stackTrace", Exception.ToString());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Four letters each, so that columns line up.
    private string Label => Level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}

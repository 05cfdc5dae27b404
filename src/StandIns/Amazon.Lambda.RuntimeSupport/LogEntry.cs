#nullable enable
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One line of the log, in the two formats that a function can be configured for.</summary>
internal sealed record LogEntry(DateTimeOffset Time, string? RequestId, LogLevel Level, string? Message, Exception? Exception)
{
    private string Timestamp => Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public string ToText() => $"{Timestamp}\t{RequestId}\t{Label}\t{ToUnformatted()}";

    public string ToUnformatted() =>
        Exception is null ? Message ?? string.Empty : string.IsNullOrEmpty(Message) ? $"{Exception}" : $"{Message}\n{Exception}";

    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Timestamp);
            writer.WriteString("level", Level.ToString());
            if (!string.IsNullOrEmpty(RequestId))
            {
                writer.WriteString("requestId", RequestId);
            }

            writer.WriteString("message", Message ?? string.Empty);
            if (Exception is not null)
            {
                writer.WriteString("errorType", Exception.GetType().FullName);
                writer.WriteString("errorMessage", Exception.Message);
                writer.WriteStartArray("stackTrace");
                foreach (var line in Exception.ToString().Split('\n'))
                {
                    writer.WriteStringValue(line.Trim());
                }

                writer.WriteEndArray();
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

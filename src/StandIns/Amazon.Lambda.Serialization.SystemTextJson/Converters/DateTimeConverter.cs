using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>Reads a date as ISO 8601 or as Unix time in seconds or milliseconds; writes ISO 8601.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    /// <summary>From here on (the year 6969 in seconds, 1974 in milliseconds) a number is taken for milliseconds.</summary>
    private const long FirstMilliseconds = 157_753_180_800;

    /// <inheritdoc/>
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var date))
        {
            return date;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var whole)
                ? whole > FirstMilliseconds ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole)
                : DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
        }

        throw new JsonSerializerException($"A {reader.TokenType} is not a date: expected ISO 8601 text or Unix time.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

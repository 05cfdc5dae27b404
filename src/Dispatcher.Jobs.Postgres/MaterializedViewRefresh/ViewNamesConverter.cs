using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The JSON converter of <see cref="ViewNames"/>: a string or a list of strings.</summary>
public sealed class ViewNamesConverter : JsonConverter<ViewNames>
{
    /// <inheritdoc />
    public override ViewNames Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ViewNames([reader.GetString()!]);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Expected a string or a list of strings.");
        }

        var names = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("Expected a list of "
                + "strings."));
        }

        return names.Count > 0 ? new ViewNames(names) : throw new JsonException("Expected at least one name.");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ViewNames value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);

        writer.WriteStartArray();
        foreach (var name in value.Items)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}

using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>The JSON form of attributes of an item, as DynamoDB has it on the wire: <c>{"status":{"S":"created"}}</c>.</summary>
internal static class AttributeJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    public static Dictionary<string, AttributeValue> Read(JsonElement json) =>
        json.EnumerateObject().ToDictionary(static pair => pair.Name, static pair => ReadValue(pair.Value), StringComparer.Ordinal);

    /// <summary>Determines whether two values, or their absence, are the same.</summary>
    public static bool AreEqual(AttributeValue? left, AttributeValue? right) =>
        left is null || right is null ? left is null && right is null : ToText(left) == ToText(right);

    private static string ToText(AttributeValue value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case { S: { } text }:
                writer.WriteString("S", text);
                break;
            case { N: { } number }:
                writer.WriteString("N", number);
                break;
            case { BOOL: { } flag }:
                writer.WriteBoolean("BOOL", flag);
                break;
            case { B: { } bytes }:
                writer.WriteBase64String("B", bytes.ToArray());
                break;
            case { SS: { Count: > 0 } texts }:
                WriteList(writer, "SS", texts, writer.WriteStringValue);
                break;
            case { NS: { Count: > 0 } numbers }:
                WriteList(writer, "NS", numbers, writer.WriteStringValue);
                break;
            case { BS: { Count: > 0 } blobs }:
                WriteList(writer, "BS", blobs, blob => writer.WriteBase64StringValue(blob.ToArray()));
                break;
            case { IsMSet: true }:
                writer.WritePropertyName("M");
                Write(writer, value.M);
                break;
            case { IsLSet: true }:
                WriteList(writer, "L", value.L, item => Write(writer, item));
                break;
            default:
                writer.WriteBoolean("NULL", true);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, List<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        items.ForEach(write);
        writer.WriteEndArray();
    }

    private static AttributeValue ReadValue(JsonElement json)
    {
        var typed = json.EnumerateObject().Single();
        var value = typed.Value;
        return typed.Name switch
        {
            "S" => new AttributeValue { S = value.GetString() },
            "N" => new AttributeValue { N = value.GetString() },
            "BOOL" => new AttributeValue { BOOL = value.GetBoolean() },
            "B" => new AttributeValue { B = new MemoryStream(value.GetBytesFromBase64()) },
            "SS" => new AttributeValue { SS = [.. value.EnumerateArray().Select(static text => text.GetString())] },
            "NS" => new AttributeValue { NS = [.. value.EnumerateArray().Select(static text => text.GetString())] },
            "BS" => new AttributeValue
            {
                BS = [.. value.EnumerateArray().Select(static item => new MemoryStream(item.GetBytesFromBase64()))],
            },
            "M" => new AttributeValue { M = Read(value), IsMSet = true },
            "L" => new AttributeValue { L = [.. value.EnumerateArray().Select(ReadValue)], IsLSet = true },
            _ => new AttributeValue { NULL = true },
        };
    }
}

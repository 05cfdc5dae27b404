using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>
/// What a write has done to a session, as the audit trail keeps it for taking the write back:
/// <c>{"key":…,"was":…,"now":…,"object":…,"seen":…}</c>. It holds all that is needed: the other changes of the run may not be selected.
/// </summary>
/// <param name="Key">The key of the item.</param>
/// <param name="Was">The attributes before.</param>
/// <param name="Now">
/// The attributes that were written; one of <paramref name="Was"/> that is not among them was removed. <see langword="null"/> if the item
/// was removed.
/// </param>
internal sealed record FormerItem(
    Dictionary<string, AttributeValue> Key, Dictionary<string, AttributeValue> Was, Dictionary<string, AttributeValue>? Now)
{
    /// <summary>Gets the target of the session's object: <c>s3://bucket/key</c>.</summary>
    public required string Object { get; init; }

    /// <summary>Gets what the run saw of the object (<see cref="Objects.StoredObject.Seen"/>), and may have deleted.</summary>
    /// <value>The default value is <see langword="null"/>: the run saw none.</value>
    public string? Seen { get; init; }

    /// <summary>Gets the names of the attributes that the write has changed.</summary>
    public IReadOnlyList<string> Names => [.. Was.Keys.Union(Now?.Keys ?? Enumerable.Empty<string>(), StringComparer.Ordinal)];

    /// <summary>Reads what the audit trail holds.</summary>
    /// <returns>The item; <see langword="null"/> if the trail holds none.</returns>
    public static FormerItem? Read(string? undo)
    {
        if (undo is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(undo);
            var root = json.RootElement;
            return new FormerItem(
                AttributeJson.Read(root.GetProperty("key")),
                AttributeJson.Read(root.GetProperty("was")),
                root.TryGetProperty("now", out var now) ? AttributeJson.Read(now) : null)
            {
                Object = root.GetProperty("object").GetString()!,
                Seen = root.TryGetProperty("seen", out var seen) ? seen.GetString() : null,
            };
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Determines whether an item is as it was before the write.</summary>
    public bool IsRestored(Dictionary<string, AttributeValue> item) =>
        Names.All(name => AttributeJson.AreEqual(item.GetValueOrDefault(name), Was.GetValueOrDefault(name)));

    /// <summary>Determines whether an item is as the write has left it.</summary>
    public bool IsUnchanged(Dictionary<string, AttributeValue> item) =>
        Now is { } now && Names.All(name => AttributeJson.AreEqual(item.GetValueOrDefault(name), now.GetValueOrDefault(name)));

    /// <summary>Writes what the audit trail holds.</summary>
    public override string ToString()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("key");
            AttributeJson.Write(writer, Key);
            writer.WritePropertyName("was");
            AttributeJson.Write(writer, Was);
            if (Now is { } now)
            {
                writer.WritePropertyName("now");
                AttributeJson.Write(writer, now);
            }

            writer.WriteString("object", Object);
            if (Seen is { } seen)
            {
                writer.WriteString("seen", seen);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

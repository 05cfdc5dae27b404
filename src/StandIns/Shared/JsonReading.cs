#nullable enable
using System.Text.Json;

namespace Amazon.StandIns;

/// <summary>Reads members of a response; what is missing or null stays null, as in the SDK.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement json, string name) => json.Find(name) is { } value ? Text(value) : null;

    public static int? Integer(this JsonElement json, string name) => json.Find(name)?.GetInt32();

    public static long? Long(this JsonElement json, string name) => json.Find(name)?.GetInt64();

    public static bool? Flag(this JsonElement json, string name) => json.Find(name)?.GetBoolean();

    /// <summary>Reads Unix time in seconds, with a fraction.</summary>
    public static DateTime? Time(this JsonElement json, string name) =>
        json.Find(name) is { } value ? DateTime.UnixEpoch.AddMilliseconds(Math.Round(value.GetDouble() * 1000)) : null;

    public static MemoryStream? Bytes(this JsonElement json, string name) =>
        json.Find(name) is { } value ? new MemoryStream(value.GetBytesFromBase64()) : null;

    public static T? Item<T>(this JsonElement json, string name)
        where T : class, IJsonResponse, new() => json.Find(name) is { } value ? Read<T>(value) : null;

    public static List<string?>? Texts(this JsonElement json, string name) => json.Collect(name, Text);

    public static List<T>? Items<T>(this JsonElement json, string name)
        where T : IJsonResponse, new() => json.Collect(name, Read<T>);

    public static Dictionary<string, string?>? TextMap(this JsonElement json, string name) => json.Map(name, Text);

    public static Dictionary<string, T>? ItemMap<T>(this JsonElement json, string name)
        where T : IJsonResponse, new() => json.Map(name, Read<T>);

    // Some services, and most imitations of them, send a number where the model says text. The SDK takes that too.
    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    private static T Read<T>(JsonElement json)
        where T : IJsonResponse, new()
    {
        var item = new T();
        item.Read(json);
        return item;
    }

    private static List<T>? Collect<T>(this JsonElement json, string name, Func<JsonElement, T> read) =>
        json.Find(name) is { } values ? [.. values.EnumerateArray().Select(read)]
        : AWSConfigs.InitializeCollections ? []
        : null;

    private static Dictionary<string, T>? Map<T>(this JsonElement json, string name, Func<JsonElement, T> read) =>
        json.Find(name) is { } values ? values.EnumerateObject().ToDictionary(entry => entry.Name, entry => read(entry.Value))
        : AWSConfigs.InitializeCollections ? []
        : null;

    private static JsonElement? Find(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}

#nullable enable
using System.Text.Json;

namespace Amazon.StandIns;

/// <summary>Writes members of a request; what is not set is left out.</summary>
internal static class JsonWriting
{
    public static void Put(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    /// <summary>Writes Unix time in seconds, with a fraction.</summary>
    public static void Put(this Utf8JsonWriter json, string name, DateTime? value) =>
        json.Put(name, value is { } time ? (time.ToUniversalTime() - DateTime.UnixEpoch).TotalMilliseconds / 1000 : (double?)null);

    public static void Put(this Utf8JsonWriter json, string name, MemoryStream? value)
    {
        if (value is not null)
        {
            json.WriteBase64String(name, value.ToArray());
        }
    }

    public static void Put(this Utf8JsonWriter json, string name, List<string>? values) =>
        json.Put(name, values, static (writer, value) => writer.WriteStringValue(value));

    public static void Put(this Utf8JsonWriter json, string name, List<double>? values) =>
        json.Put(name, values, static (writer, value) => writer.WriteNumberValue(value));

    public static void Put<T>(this Utf8JsonWriter json, string name, T? value)
        where T : class, IJsonRequest
    {
        if (value is not null)
        {
            json.WriteStartObject(name);
            value.Write(json);
            json.WriteEndObject();
        }
    }

    public static void Put<T>(this Utf8JsonWriter json, string name, List<T>? values)
        where T : IJsonRequest =>
        json.Put(name, values, static (writer, value) => WriteObject(writer, value));

    public static void Put(this Utf8JsonWriter json, string name, Dictionary<string, string>? values) =>
        json.Put(name, values, static (writer, value) => writer.WriteStringValue(value));

    public static void Put<T>(this Utf8JsonWriter json, string name, Dictionary<string, T>? values)
        where T : IJsonRequest =>
        json.Put(name, values, static (writer, value) => WriteObject(writer, value));

    public static void Put<T>(this Utf8JsonWriter json, string name, List<T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (IsSet(values))
        {
            json.WriteStartArray(name);
            values!.ForEach(value => write(json, value));
            json.WriteEndArray();
        }
    }

    private static void Put<T>(this Utf8JsonWriter json, string name, Dictionary<string, T>? values, Action<Utf8JsonWriter, T> write)
    {
        if (IsSet(values))
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in values!)
            {
                json.WritePropertyName(key);
                write(json, value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteObject(Utf8JsonWriter json, IJsonRequest value)
    {
        json.WriteStartObject();
        value.Write(json);
        json.WriteEndObject();
    }

    // Where the SDK fills collections in by itself, an empty one says nothing; where it does not, the caller meant it.
    private static bool IsSet<T>(IReadOnlyCollection<T>? values) =>
        values is not null && (values.Count > 0 || !AWSConfigs.InitializeCollections);
}

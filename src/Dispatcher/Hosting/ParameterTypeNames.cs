using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The names of .NET types in messages. A type with its own JSON converter is named by its <see cref="DescriptionAttribute"/>.
/// </summary>
internal static class ParameterTypeNames
{
    public static string Describe(JsonTypeInfo type)
    {
        var bare = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return bare switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Words(type))}",
            _ when bare.GetCustomAttribute<DescriptionAttribute>() is { } own => own.Description,
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(int) => $"a whole number from {int.MinValue} to {int.MaxValue}",
            _ when bare == typeof(long) || bare == typeof(short) || bare == typeof(byte) => "a whole number",
            _ when bare == typeof(uint) || bare == typeof(ulong) || bare == typeof(ushort) => "a whole number from 0",
            _ when bare == typeof(decimal) || bare == typeof(double) || bare == typeof(float) => "a number",
            _ when bare == typeof(string) => "a string",
            _ when bare == typeof(Uri) => "a URL",
            _ when bare == typeof(DateOnly) => "a date such as \"2026-11-22\"",
            _ when bare == typeof(Guid) => "a UUID such as \"0f8fad5b-d9cb-469f-a165-70867728950e\"",
            _ when bare == typeof(TimeOnly) => "a time of day such as \"03:00:00\"",
            _ when bare == typeof(DateTimeOffset) || bare == typeof(DateTime) => "a time such as \"2026-11-22T03:00:00Z\"",
            _ when bare == typeof(TimeSpan) => "a duration such as \"00:05:00\"",
            _ when Nullable.GetUnderlyingType(type.Type) is not null => Describe(type.Options.GetTypeInfo(bare)),
            _ when IsAny(bare) => "any JSON value",
            _ when type.Kind == JsonTypeInfoKind.Enumerable => $"a list{Elements(type, "item")}",
            _ when type.Kind == JsonTypeInfoKind.Dictionary => $"an object{Elements(type, "value")}",
            _ when type.Kind == JsonTypeInfoKind.Object => $"an object with the fields {Fields(type)}",
            _ => "of the right form",
        };
    }

    /// <summary>Determines whether values of the type are JSON strings, so that text from outside needs quotes.</summary>
    public static bool IsText(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsEnum || bare == typeof(string) || bare == typeof(Uri) || bare == typeof(Guid) || bare == typeof(TimeSpan)
               || bare == typeof(DateOnly) || bare == typeof(TimeOnly) || bare == typeof(DateTimeOffset) || bare == typeof(DateTime);
    }

    /// <summary>
    /// Determines whether an enum value is spelt as its JSON contract spells it. .NET also reads other cases, blanks around a name and
    /// lists: "report, delete" would be read as the value of another name.
    /// </summary>
    public static bool HasExactName(JsonTypeInfo type, JsonElement value) =>
        !type.Type.IsEnum || !Words(type).Any() || Words(type).Contains(PayloadText.Text(value), StringComparer.Ordinal);

    private static bool IsAny(Type type) =>
        type == typeof(JsonElement) || type == typeof(object) || type == typeof(JsonDocument) || type == typeof(JsonNode);

    private static string Elements(JsonTypeInfo type, string each) =>
        IsAny(type.ElementType!) ? string.Empty : $", each {each} {Describe(type.Options.GetTypeInfo(type.ElementType!))}";

    private static string Fields(JsonTypeInfo type) =>
        string.Join(", ", type.Properties.Where(static property => !property.IsExtensionData).Select(static property => property.Name));

    /// <summary>Gets the values of an enum from its JSON contract, which may spell them differently from C#.</summary>
    private static IEnumerable<string> Words(JsonTypeInfo type) =>
        type.GetJsonSchemaAsNode()["enum"]?.AsArray().Where(word => word is not null).Select(word => word!.ToString()) ?? [];
}

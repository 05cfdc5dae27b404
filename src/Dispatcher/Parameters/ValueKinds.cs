using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Dispatcher.Parameters;

/// <summary>Words what values a .NET type takes in JSON. A type with a JSON converter of its own says it by a <see cref="DescriptionAttribute"/>.</summary>
internal static class ValueKinds
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
            _ when bare == typeof(long) => "a whole number",
            _ when bare == typeof(decimal) || bare == typeof(double) => "a number",
            _ when bare == typeof(string) => "a string",
            _ when bare == typeof(Uri) => "a URL",
            _ when bare == typeof(DateOnly) => "a date such as \"2026-11-22\"",
            _ when bare == typeof(DateTimeOffset) => "a time such as \"2026-11-22T03:00:00Z\"",
            _ when bare == typeof(TimeSpan) => "a duration such as \"00:05:00\"",
            _ when bare.IsArray || bare.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "a list or an object of the right form",
            _ => "an object of the right form",
        };
    }

    /// <summary>Says whether values of the type are JSON strings, so that text from outside needs quotes.</summary>
    public static bool IsText(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsEnum || bare == typeof(string) || bare == typeof(Uri) || bare == typeof(DateOnly) || bare == typeof(DateTimeOffset)
               || bare == typeof(TimeSpan) || bare == typeof(Guid);
    }

    /// <summary>Takes the words of an enum from its JSON contract, which may spell them differently from C#.</summary>
    private static IEnumerable<string> Words(JsonTypeInfo type) =>
        type.GetJsonSchemaAsNode()["enum"]?.AsArray().Where(word => word is not null).Select(word => word!.ToString()) ?? [];
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Text;

/// <summary>Formats pieces of JSON for error messages, never longer than a person wants to read.</summary>
internal static class PayloadText
{
    private const int MaxLength = 80;

    public static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "missing",
    };

    /// <summary>Formats a value as it was written, or less of it if it may hold a secret.</summary>
    public static string Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.String when Text(element) is { } text && Redaction.Value(text) is var shown =>
            shown == text ? Shorten(element.GetRawText(), MaxLength) : $"\"{shown}\"",
        JsonValueKind.Object or JsonValueKind.Array => Redaction.Value(element.GetRawText()) is Redaction.Mask || HoldsSecret(element)
            ? $"{Kind(element)} that may hold a secret and is not shown"
            : Shorten(element.GetRawText(), MaxLength),
        _ => Shorten(element.GetRawText(), MaxLength),
    };

    public static JsonElement ToElement(JsonNode? node)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"));
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Takes a string's text; <see langword="null"/> where it is no string, or no Unicode (an unpaired <c>\ud800</c>).</summary>
    public static string? Text(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Says whether every name and every string in it is Unicode, so that .NET can read all of it.</summary>
    public static bool IsUnicode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(property => NameOrNull(property) is not null && IsUnicode(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(IsUnicode),
        JsonValueKind.String => Text(element) is not null,
        _ => true,
    };

    /// <summary>Finds a property, also where another one's name is no Unicode, which .NET's own search gives up at.</summary>
    public static bool TryGetProperty(JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            value = element.EnumerateObject().LastOrDefault(property => Name(property) == name).Value;
            return value.ValueKind != JsonValueKind.Undefined;
        }
    }

    /// <summary>Finds a property by its exact name or, if there is none, by a name that differs in case only.</summary>
    public static bool TryGetPropertyIgnoringCase(JsonElement element, string name, out JsonElement value)
    {
        if (!TryGetProperty(element, name, out value))
        {
            value = element.EnumerateObject().FirstOrDefault(property => string.Equals(Name(property), name, StringComparison.OrdinalIgnoreCase)).Value;
        }

        return value.ValueKind != JsonValueKind.Undefined;
    }

    /// <summary>Takes a property's name; a stand-in, which is nobody's name, where it is no Unicode.</summary>
    public static string Name(JsonProperty property) => NameOrNull(property) ?? "\uFFFD";

    /// <summary>Formats a name or a value from outside: on one line, truncated, and masked if it may hold a secret.</summary>
    public static string Shorten(string text) => Redaction.Value(text);

    /// <summary>Formats a sentence that may quote text from outside: on one line and truncated.</summary>
    public static string Shorten(string text, int maxLength) => PrintableText.Escape(PrintableText.Truncate(text, maxLength));

    /// <summary>Looks at what stands in it, as escapes may hide it in the text. No more is shown than so many elements.</summary>
    private static bool HoldsSecret(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Take(MaxLength).Any(property =>
            IsMasked($"{Name(property)}={Text(property.Value)}") || HoldsSecret(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Take(MaxLength).Any(HoldsSecret),
        JsonValueKind.String => Text(element) is not { } text || IsMasked(text),
        _ => false,
    };

    private static bool IsMasked(string text) => Redaction.Value(text).Contains(Redaction.Mask, StringComparison.Ordinal);

    private static string? NameOrNull(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

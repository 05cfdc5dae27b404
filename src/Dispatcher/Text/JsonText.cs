using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dispatcher.Text;

/// <summary>Words a piece of JSON for an error message, never longer than a person wants to read.</summary>
internal static partial class JsonText
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

    /// <summary>Words a value as it was written, but for what a URL in it may hold of secrets: its user information and its query.</summary>
    public static string Value(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? "missing" : Shorten(UrlSecrets().Replace(element.GetRawText(), "***"));

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

    /// <summary>Takes a property's name; a stand-in, which is nobody's name, where it is no Unicode.</summary>
    public static string Name(JsonProperty property) => NameOrNull(property) ?? "\uFFFD";

    /// <summary>Cuts a text and keeps it on one line, so that each problem of a message is one line of it.</summary>
    public static string Shorten(string text, int maxLength = MaxLength)
    {
        if (text.Length > maxLength)
        {
            var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
            text = $"{text.AsSpan(0, end)}…";
        }

        return text.Any(char.IsControl) ? string.Create(text.Length, text, OnOneLine) : text;
    }

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

    // Behind "://", also written ":\/\/": all up to the last '@', or all behind a '?'.
    [GeneratedRegex("""(?<=:\\?/\\?/)[^\s"]*(?=@)|(?<=:\\?/\\?/[^\s"?]*\?)[^\s"]+""", RegexOptions.CultureInvariant)]
    private static partial Regex UrlSecrets();

    private static void OnOneLine(Span<char> line, string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            line[index] = char.IsControl(text[index]) ? ' ' : text[index];
        }
    }
}

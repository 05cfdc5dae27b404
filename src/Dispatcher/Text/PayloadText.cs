using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Text;

/// <summary>
/// Functions that read JSON from outside without failing on text that is not Unicode, and format pieces of it for messages: on one line, at
/// most 80 characters, and without secrets.
/// </summary>
public static class PayloadText
{
    private const int MaxLength = 80;

    /// <summary>Formats the kind of a value: <c>an object</c>, <c>a number</c>.</summary>
    /// <param name="element">The value.</param>
    /// <returns>The kind with its article; <c>missing</c> for an undefined value.</returns>
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
    /// <param name="element">The value.</param>
    /// <returns>Its JSON, truncated; a description instead if it may hold a secret; <c>missing</c> for an undefined value.</returns>
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

    /// <summary>Formats the value of a field, or less of it if the value or the name of the field says that it may be a secret.</summary>
    /// <param name="name">The name of the field, also a path that ends with it.</param>
    /// <param name="element">The value.</param>
    /// <returns>As <see cref="Value"/>; <see cref="Redaction.Mask"/> if the name announces a secret.</returns>
    public static string Member(string name, JsonElement element)
    {
        ArgumentNullException.ThrowIfNull(name);
        return element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)
            && Redaction.AnnouncesSecret(name[(name.LastIndexOf('.') + 1)..])
                ? Redaction.Mask
                : Value(element);
    }

    /// <summary>Formats the value of a field without quotes around a text, as a record shows it.</summary>
    /// <param name="name">The name of the field.</param>
    /// <param name="element">The value.</param>
    /// <returns>The text or the JSON, truncated; <see cref="Redaction.Mask"/> if it may be or hold a secret.</returns>
    public static string Plain(string name, JsonElement element)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Redaction.AnnouncesSecret(name) || (element.ValueKind is JsonValueKind.Object or JsonValueKind.Array && HoldsSecret(element))
            ? Redaction.Mask
            : Redaction.Value(Text(element) ?? element.ToString());
    }

    /// <summary>Converts a node to an element.</summary>
    /// <param name="node">The node; <see langword="null"/> for the JSON value <c>null</c>.</param>
    /// <returns>The element.</returns>
    public static JsonElement ToElement(JsonNode? node)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"));
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Gets the text of a string.</summary>
    /// <param name="element">The value.</param>
    /// <returns>The text; <see langword="null"/> if the value is not a string or not Unicode (an unpaired <c>\ud800</c>).</returns>
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

    /// <summary>Determines whether all names and strings in a value are Unicode, so that .NET can read all of it.</summary>
    /// <param name="element">The value.</param>
    /// <returns><see langword="true"/> if they are.</returns>
    public static bool IsUnicode(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => AreUnicode(element.EnumerateObject()),
        JsonValueKind.Array => element.EnumerateArray().All(IsUnicode),
        JsonValueKind.String => Text(element) is not null,
        _ => true,
    };

    private static bool AreUnicode(JsonElement.ObjectEnumerator properties)
    {
        foreach (var property in properties)
        {
            if (NameOrNull(property) is null || !IsUnicode(property.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Finds a name that an object in a value has twice: readers of JSON differ in which of the two they take.</summary>
    /// <param name="element">The value.</param>
    /// <returns>
    /// The first such name, at any depth; <see langword="null"/> if there is none. Names that are not Unicode are ignored.
    /// </returns>
    public static string? FindDuplicate(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    var found = NameOrNull(property) is not { } name || seen.Add(name) ? FindDuplicate(property.Value) : name;
                    if (found is not null)
                    {
                        return found;
                    }
                }

                return null;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(FindDuplicate).FirstOrDefault(static name => name is not null);
            default:
                return null;
        }
    }

    /// <summary>Finds a property, even if the name of another one is not Unicode, on which .NET's own search fails.</summary>
    /// <param name="element">A JSON object.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, if found.</param>
    /// <returns><see langword="true"/> if the object has the property.</returns>
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
    /// <param name="element">A JSON object.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, if found.</param>
    /// <returns><see langword="true"/> if the object has the property.</returns>
    public static bool TryGetPropertyIgnoringCase(JsonElement element, string name, out JsonElement value)
    {
        if (TryGetProperty(element, name, out value))
        {
            return true;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(Name(property), name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets the name of a property.</summary>
    /// <param name="property">The property.</param>
    /// <returns>The name; U+FFFD if the name is not Unicode.</returns>
    public static string Name(JsonProperty property) => NameOrNull(property) ?? "\uFFFD";

    /// <summary>Formats a name or a value from outside: on one line, truncated, and masked if it may hold a secret.</summary>
    /// <param name="text">The name or value.</param>
    /// <returns>At most 80 characters of it.</returns>
    public static string Shorten(string text) => Redaction.Value(text);

    /// <summary>Formats a sentence that may quote text from outside: on one line and truncated.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="maxLength">The most characters to keep, from 1.</param>
    /// <returns>The sentence, or its beginning followed by '…'.</returns>
    public static string Shorten(string text, int maxLength) => PrintableText.Escape(PrintableText.Truncate(text, maxLength));

    /// <summary>
    /// Examines the values, because escapes may hide a secret in the raw text. No more elements than this are ever shown.
    /// </summary>
    private static bool HoldsSecret(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => IsNamedSecret(element) || element.EnumerateObject().Take(MaxLength).Any(property =>
            HasMask(Redaction.Value(Name(property), Text(property.Value) ?? string.Empty)) || HoldsSecret(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Take(MaxLength).SkipLast(1).Any(IsSecretOption)
            || element.EnumerateArray().Take(MaxLength).Any(HoldsSecret),
        JsonValueKind.String => Text(element) is not { } text || HasMask(Redaction.Value(text)),
        _ => false,
    };

    /// <summary>Determines whether an item of a command line announces that the next one is a secret.</summary>
    private static bool IsSecretOption(JsonElement element) => Text(element) is { } word && Redaction.IsSecretOption(word);

    /// <summary>Determines whether an object is a name and a value, as in an environment of ECS, and the name announces a secret.</summary>
    private static bool IsNamedSecret(JsonElement element) =>
        TryGetPropertyIgnoringCase(element, "name", out var name) && TryGetPropertyIgnoringCase(element, "value", out _)
        && Text(name) is { } text && Redaction.AnnouncesSecret(text);

    private static bool HasMask(string shown) => shown.Contains(Redaction.Mask, StringComparison.Ordinal);

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

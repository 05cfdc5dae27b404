using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>Functions that compile comparisons with a text, and with exact values.</summary>
internal static class TextOperator
{
    private const string IgnoreCase = "equals-ignore-case";

    /// <summary>Compiles an operator, or says what is wrong with it.</summary>
    public static Func<JsonElement, bool>? Read(string name, JsonElement argument, out string problem)
    {
        problem = string.Empty;
        var ignoreCase = false;
        if (name is "prefix" or "suffix"
            && argument.ValueKind == JsonValueKind.Object
            && argument.EnumerateObject().ToArray() is [{ Name: IgnoreCase, Value: var inner }])
        {
            (argument, ignoreCase) = (inner, true);
        }

        if (argument.ValueKind == JsonValueKind.String)
        {
            return Read(name, argument.GetString()!, ignoreCase, ref problem);
        }

        var orObject = name is "prefix" or "suffix" ? $", or {{\"{IgnoreCase}\":\"a\"}}" : string.Empty;
        problem = $"{name} takes a text{orObject}. Write {{\"{name}\":\"{(name == "cidr" ? "10.0.0.0/24" : "a")}\"}}";
        return null;
    }

    /// <summary>
    /// Compares with a value. Numbers are compared as they are written, as EventBridge's documentation says: 300, 300.0 and 3.0e2 differ.
    /// </summary>
    public static Func<JsonElement, bool> Exactly(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.String => expected.GetString() is var text ? leaf => PayloadText.Text(leaf) == text : static _ => false,
        JsonValueKind.Number => leaf => leaf.ValueKind == JsonValueKind.Number && leaf.GetRawText() == expected.GetRawText(),
        _ => leaf => leaf.ValueKind == expected.ValueKind,
    };

    private static Func<JsonElement, bool>? Read(string name, string text, bool ignoreCase, ref string problem)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return name switch
        {
            "prefix" => OfText(given => given.StartsWith(text, comparison)),
            "suffix" => OfText(given => given.EndsWith(text, comparison)),
            IgnoreCase => OfText(given => given.Equals(text, StringComparison.OrdinalIgnoreCase)),
            "wildcard" => Wildcard.Parse(text, out problem) is { } wildcard ? OfText(wildcard.Matches) : null,
            "cidr" => AddressRange.Parse(text, out problem) is { } range ? OfText(range.Contains) : null,
            _ => OfText(given => given == text),
        };
    }

    private static Func<JsonElement, bool> OfText(Func<string, bool> matches) =>
        leaf => PayloadText.Text(leaf) is { } text && matches(text);
}

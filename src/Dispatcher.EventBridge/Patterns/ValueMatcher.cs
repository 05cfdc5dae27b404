using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>One alternative of a pattern: an exact value or an operator.</summary>
internal sealed class ValueMatcher
{
    private const string Operators = "prefix, suffix, equals-ignore-case, anything-but, numeric, exists";

    private static readonly ValueMatcher Nothing = new(static _ => false);

    private readonly Func<JsonElement, bool> _matches;

    private ValueMatcher(Func<JsonElement, bool> matches, bool matchesAbsence = false)
    {
        _matches = matches;
        MatchesAbsence = matchesAbsence;
    }

    /// <summary>Gets a value indicating whether an absent field matches: <c>{"exists":false}</c>.</summary>
    public bool MatchesAbsence { get; }

    /// <summary>Compiles an alternative.</summary>
    public static ValueMatcher Parse(string path, JsonElement alternative, List<string> problems) => alternative.ValueKind switch
    {
        JsonValueKind.Object => ParseOperator(path, alternative, problems),
        JsonValueKind.Array => Refuse($"{path} holds a list in a list: {PayloadText.Value(alternative)}.", problems),
        _ => new ValueMatcher(Exactly(alternative)),
    };

    /// <summary>Compares a leaf.</summary>
    public bool Matches(JsonElement leaf) => _matches(leaf);

    private static ValueMatcher ParseOperator(string path, JsonElement alternative, List<string> problems)
    {
        JsonProperty[] properties = [.. alternative.EnumerateObject()];
        if (properties is not [var only])
        {
            return Refuse($"{path} must hold one operator per alternative, but holds {PayloadText.Value(alternative)}.", problems);
        }

        switch (only)
        {
            case { Name: "exists", Value.ValueKind: JsonValueKind.True }:
                return new ValueMatcher(static _ => true);
            case { Name: "exists", Value.ValueKind: JsonValueKind.False }:
                return new ValueMatcher(static _ => false, matchesAbsence: true);
            case { Name: "numeric" } when NumericRange.Parse(only.Value) is { } range:
                return new ValueMatcher(range.Contains);
            case { Name: "anything-but" } when ParseExcluded(only.Value) is { } excluded:
                return new ValueMatcher(leaf => !excluded(leaf));
            default:
                return ParseText(only) is { } text
                    ? new ValueMatcher(text)
                    : Refuse($"{path} holds {PayloadText.Value(alternative)}, which is not a supported operator. Operators: "
                        + $"{Operators}.", problems);
        }
    }

    private static Func<JsonElement, bool> Exactly(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.String => ExactText(expected.GetString()!),

        // As EventBridge does: 300, 300.0 and 3.0e2 are different texts and not equal.
        JsonValueKind.Number => leaf => leaf.ValueKind == JsonValueKind.Number && leaf.GetRawText() == expected.GetRawText(),
        _ => leaf => leaf.ValueKind == expected.ValueKind,
    };

    private static Func<JsonElement, bool> ExactText(string expected) => leaf => PayloadText.Text(leaf) == expected;

    private static Func<JsonElement, bool>? ParseExcluded(JsonElement excluded)
    {
        switch (excluded.ValueKind)
        {
            case JsonValueKind.String or JsonValueKind.Number:
                return Exactly(excluded);
            case JsonValueKind.Array when excluded.GetArrayLength() > 0
                                          && excluded.EnumerateArray().All(value =>
                                              value.ValueKind is JsonValueKind.String or JsonValueKind.Number):
                Func<JsonElement, bool>[] values = [.. excluded.EnumerateArray().Select(Exactly)];
                return leaf => Array.Exists(values, value => value(leaf));
            case JsonValueKind.Object when excluded.EnumerateObject().ToArray() is [var only]:
                return ParseText(only);
            default:
                return null;
        }
    }

    private static Func<JsonElement, bool>? ParseText(JsonProperty property) =>
        property is { Name: var name, Value: { ValueKind: JsonValueKind.String } value } && value.GetString() is { } text
            ? name switch
            {
                "prefix" => leaf => PayloadText.Text(leaf)?.StartsWith(text, StringComparison.Ordinal) == true,
                "suffix" => leaf => PayloadText.Text(leaf)?.EndsWith(text, StringComparison.Ordinal) == true,
                "equals-ignore-case" => leaf => string.Equals(PayloadText.Text(leaf), text, StringComparison.OrdinalIgnoreCase),
                _ => null,
            }
            : null;

    private static ValueMatcher Refuse(string problem, List<string> problems)
    {
        problems.Add(problem);
        return Nothing;
    }
}

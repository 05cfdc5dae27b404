using System.Collections.Frozen;
using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>A reader of the alternatives of a field.</summary>
/// <param name="problems">Receives everything for which EventBridge would refuse them.</param>
internal sealed class AlternativeReader(ICollection<PatternProblem> problems)
{
    private static readonly string[] Operators =
        ["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists"];

    /// <summary>Gets the names that a field inside <c>$or</c> cannot have: operators, and names that AWS keeps for more of them.</summary>
    public static FrozenSet<string> Reserved { get; } = FrozenSet.ToFrozenSet(
        [
            .. Operators, "exactly", "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case", "date-after",
            "date-on-or-after", "date-before", "date-on-or-before", "in-date-range", "ip-address-in-range", "ip-address-not-in-range",
        ],
        StringComparer.Ordinal);

    /// <summary>Reads a list of alternatives.</summary>
    /// <param name="path">The path of the field.</param>
    /// <param name="list">The list.</param>
    /// <returns>The alternatives that EventBridge accepts.</returns>
    public IReadOnlyList<ValueMatcher> Read(string path, JsonElement list)
    {
        List<ValueMatcher> alternatives = [];
        foreach (var alternative in list.EnumerateArray())
        {
            if (ReadAlternative(alternative, out var problem) is { } matcher)
            {
                alternatives.Add(matcher);
            }
            else
            {
                problems.Add(new PatternProblem(
                    path, $"{PayloadText.Shorten(path)} holds {PayloadText.Value(alternative)}: {problem}.", alternative));
            }
        }

        return alternatives;
    }

    private static ValueMatcher? ReadAlternative(JsonElement alternative, out string problem)
    {
        problem = string.Empty;
        switch (alternative.ValueKind)
        {
            case JsonValueKind.Object:
                if (alternative.EnumerateObject().ToArray() is [var only])
                {
                    return ReadOperator(alternative, only, out problem);
                }

                problem = "an alternative has one operator. Write each operator as an alternative, or as the pattern of another rule";
                return null;
            case JsonValueKind.Array:
                problem = "a list in a list is not an alternative. Write its values into the outer list";
                return null;
            default:
                return new ValueMatcher(alternative, TextOperator.Exactly(alternative));
        }
    }

    private static ValueMatcher? ReadOperator(JsonElement alternative, JsonProperty given, out string problem)
    {
        problem = string.Empty;
        switch (given.Name)
        {
            case "exists" when given.Value.ValueKind is JsonValueKind.True:
                return new ValueMatcher(alternative, static _ => true);
            case "exists" when given.Value.ValueKind is JsonValueKind.False:
                return new ValueMatcher(alternative, static _ => false, matchesAbsence: true);
            case "exists":
                problem = "exists takes true or false. Write {\"exists\":true}, without quotes around true";
                return null;
            case "numeric":
                return NumericRange.Parse(given.Value, out problem) is { } range ? new ValueMatcher(alternative, range.Contains) : null;
            case "anything-but":
                return ReadExcluded(given.Value, out problem) is { } excluded
                    ? new ValueMatcher(alternative, leaf => !excluded(leaf))
                    : null;
            case "exactly" or "prefix" or "suffix" or "equals-ignore-case" or "wildcard" or "cidr":
                return TextOperator.Read(given.Name, given.Value, out problem) is { } text ? new ValueMatcher(alternative, text) : null;
            default:
                problem = $"'{PayloadText.Shorten(given.Name)}' is not an operator.{SpellingSuggester.DidYouMean(given.Name, Operators)} "
                    + $"Operators: {string.Join(", ", Operators)}";
                return null;
        }
    }

    private static Func<JsonElement, bool>? ReadExcluded(JsonElement excluded, out string problem)
    {
        problem = string.Empty;
        if (excluded.ValueKind == JsonValueKind.Object)
        {
            if (excluded.EnumerateObject().ToArray() is [{ Name: "prefix" or "suffix" or "equals-ignore-case" or "wildcard" } only])
            {
                return ReadExcludedTexts(only, out problem);
            }

            problem = "anything-but takes one of prefix, suffix, equals-ignore-case and wildcard. "
                + "Write {\"anything-but\":{\"prefix\":\"a\"}}";
            return null;
        }

        JsonElement[] values = excluded.ValueKind == JsonValueKind.Array ? [.. excluded.EnumerateArray()] : [excluded];
        if (values.Length > 0 && Array.TrueForAll(values, static value => value.ValueKind == JsonValueKind.String))
        {
            var texts = values.Select(static value => value.GetString()!).ToFrozenSet(StringComparer.Ordinal);
            return leaf => PayloadText.Text(leaf) is { } text && texts.Contains(text);
        }

        double?[] numbers = [.. values.Select(ExactNumber.Comparable)];
        if (values.Length > 0 && Array.TrueForAll(numbers, static number => number is not null))
        {
            return leaf => ExactNumber.Comparable(leaf) is { } number && Array.Exists(numbers, other => other.Equals(number));
        }

        problem = "anything-but takes texts or numbers of at most 15 digits, one or a list of one kind, but neither true, false nor null. "
            + "Write {\"anything-but\":[\"failed\",\"stopped\"]} or {\"anything-but\":[100,200]}";
        return null;
    }

    private static Func<JsonElement, bool>? ReadExcludedTexts(JsonProperty given, out string problem)
    {
        JsonElement[] values = given.Value.ValueKind == JsonValueKind.Array ? [.. given.Value.EnumerateArray()] : [given.Value];
        problem = $"{given.Name} in anything-but takes a text or a list of texts. Write {{\"anything-but\":{{\"{given.Name}\":\"a\"}}}}";
        if (values.Length == 0 || !Array.TrueForAll(values, static value => value.ValueKind == JsonValueKind.String))
        {
            return null;
        }

        if (given.Name is "prefix" or "suffix" && Array.Exists(values, static value => value.ValueEquals(string.Empty)))
        {
            problem = $"every text has the empty {given.Name}, so nothing would match. Write a {given.Name} of at least one character";
            return null;
        }

        var excluded = new List<Func<JsonElement, bool>>();
        foreach (var value in values)
        {
            if (TextOperator.Read(given.Name, value, out problem) is not { } matches)
            {
                return null;
            }

            excluded.Add(matches);
        }

        return leaf => excluded.Exists(matches => matches(leaf));
    }
}

using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Dispatcher.Text;

namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>A condition on one attribute of a session: a value, a list of values, or operators that all have to hold.</summary>
internal sealed class AttributeCondition
{
    private static readonly string[] Operators = ["equals", "prefix", "suffix", "min", "max"];

    private readonly List<Func<AttributeValue, RuleMatch>> _terms = [];

    private AttributeCondition()
    {
    }

    /// <summary>Reads a condition from valid JSON.</summary>
    public static AttributeCondition Read(JsonElement json)
    {
        var condition = new AttributeCondition();
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var term in json.EnumerateObject())
            {
                condition._terms.Add(ReadTerm(term.Name, term.Value));
            }
        }
        else
        {
            condition._terms.Add(ReadTerm("equals", json));
        }

        return condition;
    }

    /// <summary>Finds what is wrong with a condition.</summary>
    /// <returns>The continuation of a sentence, or <see langword="null"/> if nothing is wrong.</returns>
    public static string? FindDefect(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return FindDefect("equals", json);
        }

        return json.EnumerateObject().Any()
            ? json.EnumerateObject().Select(static term => FindDefect(term.Name, term.Value))
                .FirstOrDefault(static text => text is not null) ?? FindContradiction(json)
            : $"has no operator. Write a value, a list of values, or an operator: {string.Join(", ", Operators)}.";
    }

    /// <summary>Evaluates the condition. An attribute that is missing does not match.</summary>
    public RuleMatch Evaluate(AttributeValue? value) =>
        value is null ? RuleMatch.No : _terms.Select(term => term(value)).Min();

    /// <summary>Finds operators that no value meets together.</summary>
    private static string? FindContradiction(JsonElement json)
    {
        if (json.TryGetProperty("min", out var min) && json.TryGetProperty("max", out var max) && min.GetDecimal() > max.GetDecimal())
        {
            return $"has the min {min} and the max {max}. No number is both; exchange them.";
        }

        return json.TryGetProperty("equals", out var equal) && !Values(equal).SelectMany(ToAttributes).Any(value =>
            Read(json).Evaluate(value) == RuleMatch.Yes)
            ? $"has the condition {json}. None of the values of equals meets the other operators; leave out one of them."
            : null;
    }

    private static JsonElement[] Values(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];

    /// <summary>Returns the attributes that equal a value: numbers may be strings in the table, and the other way round.</summary>
    private static IEnumerable<AttributeValue> ToAttributes(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        yield return new AttributeValue { S = text };
        yield return new AttributeValue { N = text };
    }

    private static string? FindDefect(string name, JsonElement json) => name switch
    {
        "equals" when json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0 =>
            "is compared with an empty list. Name at least one value.",
        "equals" when IsScalar(json) || (json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(IsScalar)) => null,
        "equals" => $"is compared with {PayloadText.Value(json)}. Write a string, a number, true or false, or a list of these.",
        "prefix" or "suffix" when json is { ValueKind: JsonValueKind.String } && json.GetString() is { Length: > 0 } => null,
        "prefix" or "suffix" => $"has the {name} {PayloadText.Value(json)}. Write a string of at least one character.",
        "min" or "max" when json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out _) => null,
        "min" or "max" => $"has the {name} {PayloadText.Value(json)}. Write a number.",
        _ => $"has the unknown operator '{name}'. Known: {string.Join(", ", Operators)}.",
    };

    private static bool IsScalar(JsonElement json) =>
        json.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False
        || (json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out _));

    private static Func<AttributeValue, RuleMatch> ReadTerm(string name, JsonElement json)
    {
        switch (name)
        {
            case "prefix":
                var prefix = json.GetString()!;
                return value => Compare(value, text => text.StartsWith(prefix, StringComparison.Ordinal));
            case "suffix":
                var suffix = json.GetString()!;
                return value => Compare(value, text => text.EndsWith(suffix, StringComparison.Ordinal));
            case "min":
                var min = json.GetDecimal();
                return value => Compare(value, number => number >= min);
            case "max":
                var max = json.GetDecimal();
                return value => Compare(value, number => number <= max);
            default:
                var wanted = Values(json);
                return value => wanted.Max(one => Equal(value, one));
        }
    }

    /// <summary>Numbers are compared as numbers, and everything else as text: an id may be a number here and a string there.</summary>
    private static RuleMatch Equal(AttributeValue value, JsonElement wanted)
    {
        if (wanted.ValueKind == JsonValueKind.Number && RuleAttributes.NumberOf(value) is { } number)
        {
            return number == wanted.GetDecimal() ? RuleMatch.Yes : RuleMatch.No;
        }

        var text = wanted.ValueKind == JsonValueKind.String ? wanted.GetString()! : wanted.GetRawText();
        return Compare(value, has => has == text);
    }

    private static RuleMatch Compare(AttributeValue value, Func<string, bool> holds) =>
        RuleAttributes.TextOf(value) is not { } text ? RuleMatch.Unknown : holds(text) ? RuleMatch.Yes : RuleMatch.No;

    private static RuleMatch Compare(AttributeValue value, Func<decimal, bool> holds) =>
        RuleAttributes.NumberOf(value) is not { } number ? RuleMatch.Unknown : holds(number) ? RuleMatch.Yes : RuleMatch.No;
}

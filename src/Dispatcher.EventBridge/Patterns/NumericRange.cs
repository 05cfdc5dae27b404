using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>The operator <c>numeric</c>: <c>["=", 5]</c>, or bounds such as <c>[">", 0, "&lt;=", 5]</c>.</summary>
internal sealed class NumericRange
{
    private const string Forms = "Write [\"=\",5], [\">\",0], [\"<=\",5] or [\">\",0,\"<=\",5], the lower bound first";

    private readonly (string Comparison, double Bound)[] _comparisons;

    private NumericRange((string Comparison, double Bound)[] comparisons) => _comparisons = comparisons;

    /// <summary>Compiles a range, or says what is wrong with it.</summary>
    public static NumericRange? Parse(JsonElement range, out string problem)
    {
        problem = $"numeric takes a list of one comparison, or of a lower and an upper bound. {Forms}";
        if (range.ValueKind != JsonValueKind.Array || range.GetArrayLength() is not (2 or 4))
        {
            return null;
        }

        JsonElement[] parts = [.. range.EnumerateArray()];
        var comparisons = new (string Comparison, double Bound)[parts.Length / 2];
        for (var index = 0; index < comparisons.Length; index++)
        {
            var (comparison, bound) = (parts[2 * index], parts[(2 * index) + 1]);
            if (comparison.ValueKind != JsonValueKind.String || comparison.GetString() is not ("=" or "<" or "<=" or ">" or ">="))
            {
                return null;
            }

            if (ExactNumber.Comparable(bound) is not { } value)
            {
                problem = bound.ValueKind == JsonValueKind.Number
                    ? $"{bound.GetRawText()} has more digits than EventBridge compares, or is too large. Write at most 15 digits"
                    : $"the bound {bound.GetRawText()} is not a number. Write it without quotes";
                return null;
            }

            comparisons[index] = (comparison.GetString()!, value);
        }

        if (comparisons is [var lower, var upper])
        {
            if (lower.Comparison is not (">" or ">=") || upper.Comparison is not ("<" or "<="))
            {
                return null;
            }

            if (lower.Bound >= upper.Bound)
            {
                problem = "no number is in this range: the lower bound has to be less than the upper one. For one number write "
                    + "{\"numeric\":[\"=\",5]}";
                return null;
            }
        }

        return new NumericRange(comparisons);
    }

    /// <summary>Compares a leaf. Only JSON numbers match; text that looks like one does not.</summary>
    public bool Contains(JsonElement leaf) =>
        ExactNumber.Comparable(leaf) is { } value && Array.TrueForAll(_comparisons, part => Holds(value, part));

    private static bool Holds(double value, (string Comparison, double Bound) part) => part.Comparison switch
    {
        "=" => value.Equals(part.Bound),
        "<" => value < part.Bound,
        "<=" => value <= part.Bound,
        ">" => value > part.Bound,
        _ => value >= part.Bound,
    };
}

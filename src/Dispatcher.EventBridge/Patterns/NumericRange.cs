using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>The operator <c>numeric</c>: one or two comparisons that all have to hold, such as <c>[">", 0, "&lt;=", 5]</c>.</summary>
internal sealed class NumericRange
{
    private readonly (string Comparison, double Bound)[] _comparisons;

    private NumericRange((string Comparison, double Bound)[] comparisons) => _comparisons = comparisons;

    /// <summary>Compiles a range, or answers <see langword="null"/> where it is none.</summary>
    public static NumericRange? Parse(JsonElement range)
    {
        if (range.ValueKind != JsonValueKind.Array || range.GetArrayLength() is not (2 or 4))
        {
            return null;
        }

        JsonElement[] parts = [.. range.EnumerateArray()];
        var comparisons = new (string, double)[parts.Length / 2];
        for (var index = 0; index < comparisons.Length; index++)
        {
            var (comparison, bound) = (parts[2 * index], parts[(2 * index) + 1]);
            if (comparison.ValueKind != JsonValueKind.String
                || comparison.GetString() is not ("=" or "<" or "<=" or ">" or ">=")
                || bound.ValueKind != JsonValueKind.Number)
            {
                return null;
            }

            comparisons[index] = (comparison.GetString()!, bound.GetDouble());
        }

        return new NumericRange(comparisons);
    }

    /// <summary>Compares a leaf. Only JSON numbers match; text that looks like one does not.</summary>
    public bool Contains(JsonElement leaf) =>
        leaf.ValueKind == JsonValueKind.Number && leaf.GetDouble() is var value
            && Array.TrueForAll(_comparisons, part => Holds(value, part));

    private static bool Holds(double value, (string Comparison, double Bound) part) => part.Comparison switch
    {
        "=" => value.Equals(part.Bound),
        "<" => value < part.Bound,
        "<=" => value <= part.Bound,
        ">" => value > part.Bound,
        _ => value >= part.Bound,
    };
}

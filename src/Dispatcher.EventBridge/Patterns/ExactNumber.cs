using System.Globalization;
using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>Functions that compare JSON numbers by their value, without the rounding of <see langword="double"/>.</summary>
internal static class ExactNumber
{
    /// <summary>Gets the value of a number that a <see langword="double"/> holds with all of its digits, as EventBridge requires.</summary>
    /// <returns>The value; <see langword="null"/> for any other number, and for what is not a number.</returns>
    public static double? Comparable(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number
        && double.TryParse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
        && Normalize(value.ToString("R", CultureInfo.InvariantCulture)) == Normalize(number.GetRawText())
            ? value
            : null;

    /// <summary>
    /// Writes a number in a form that depends only on its value: <c>300</c>, <c>300.0</c> and <c>3.0e2</c> are <c>3e2</c>.
    /// </summary>
    private static string Normalize(string text)
    {
        var (mantissa, exponent) = text.IndexOfAny(['e', 'E']) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "0");
        if (!int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
        {
            return text;
        }

        var sign = mantissa[0] == '-' ? "-" : string.Empty;
        var digits = mantissa[sign.Length..];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        var significant = digits.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');
        var trimmed = significant.TrimEnd('0');
        return trimmed.Length == 0 ? "0" : $"{sign}{trimmed}e{(long)power - decimals + significant.Length - trimmed.Length}";
    }
}

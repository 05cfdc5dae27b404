using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// Writes JSON values as Python would print them (<c>repr</c>). Celery's headers <c>argsrepr</c> and <c>kwargsrepr</c> are such text:
/// for people and monitoring tools, never read back by a worker.
/// </summary>
internal static class PythonLiteral
{
    /// <summary>Writes a tuple: <c>()</c>, <c>(1,)</c>, <c>(1, 2)</c>.</summary>
    public static string Tuple(IReadOnlyList<JsonElement> values)
    {
        var text = new StringBuilder("(");
        AppendAll(text, values, static (text, value) => Append(text, value));
        return text.Append(values.Count == 1 ? ",)" : ")").ToString();
    }

    /// <summary>Writes a dictionary: <c>{'a': 1}</c>.</summary>
    public static string Dictionary(IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var text = new StringBuilder("{");
        AppendAll(text, values, static (text, pair) =>
        {
            AppendString(text, pair.Key);
            text.Append(": ");
            Append(text, pair.Value);
        });
        return text.Append('}').ToString();
    }

    /// <summary>Writes a call: <c>app.tasks.add(1, 2, key='x')</c>.</summary>
    public static string Call(string task, IReadOnlyList<JsonElement> args, IEnumerable<KeyValuePair<string, JsonElement>> kwargs)
    {
        var text = new StringBuilder(task).Append('(');
        AppendAll(text, args, static (text, value) => Append(text, value));
        foreach (var (name, value) in kwargs)
        {
            text.Append(text[^1] == '(' ? string.Empty : ", ").Append(name).Append('=');
            Append(text, value);
        }

        return text.Append(')').ToString();
    }

    /// <summary>Says whether Python reads a JSON number as an <c>int</c>, of any size, rather than a <c>float</c>.</summary>
    public static bool IsInteger(string number) => !number.AsSpan().ContainsAny('.', 'e', 'E');

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AppendString(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                AppendNumber(text, value);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                AppendAll(text, value.EnumerateArray(), static (text, item) => Append(text, item));
                text.Append(']');
                break;
            case JsonValueKind.Object:
                text.Append(Dictionary(value.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value))));
                break;
            default:
                text.Append(value.ValueKind switch { JsonValueKind.True => "True", JsonValueKind.False => "False", _ => "None" });
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, IEnumerable<T> values, Action<StringBuilder, T> append)
    {
        var first = true;
        foreach (var value in values)
        {
            text.Append(first ? string.Empty : ", ");
            append(text, value);
            first = false;
        }
    }

    private static void AppendNumber(StringBuilder text, JsonElement value)
    {
        var raw = value.GetRawText();
        text.Append(IsInteger(raw) ? (raw == "-0" ? "0" : raw) : Float(value.GetDouble()));
    }

    /// <summary>Writes a float as Python does: the fewest digits that read back, an exponent below 1e-4 and from 1e16.</summary>
    private static string Float(double value)
    {
        var sign = double.IsNegative(value) ? "-" : string.Empty;
        if (value == 0)
        {
            return sign + "0.0";
        }

        var (digits, exponent) = Split(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return sign + exponent switch
        {
            < -4 or >= 16 => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : string.Empty)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}",
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ when digits.Length <= exponent + 1 => $"{digits.PadRight(exponent + 1, '0')}.0",
            _ => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }

    /// <summary>Splits a number such as <c>0.00125</c> or <c>1.25E-07</c> into its significant digits and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Split(string number)
    {
        var parts = number.Split('E');
        var power = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var digits = parts[0].Replace(".", string.Empty, StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), whole - 1 - (digits.Length - significant.Length) + power);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var rune in value.EnumerateRunes())
        {
            AppendRune(text, rune, quote);
        }

        text.Append(quote);
    }

    private static void AppendRune(StringBuilder text, Rune rune, char quote)
    {
        _ = rune.Value switch
        {
            '\\' => text.Append(@"\\"),
            '\n' => text.Append(@"\n"),
            '\r' => text.Append(@"\r"),
            '\t' => text.Append(@"\t"),
            var value when value == quote => text.Append('\\').Append(quote),
            _ when IsPrintable(rune) => text.Append(rune.ToString()),
            <= 0xFF and var value => text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
            <= 0xFFFF and var value => text.Append(CultureInfo.InvariantCulture, $"\\u{value:x4}"),
            var value => text.Append(CultureInfo.InvariantCulture, $"\\U{value:x8}"),
        };
    }

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// JSON values as Python prints them (<c>repr</c>). Celery's headers <c>argsrepr</c> and <c>kwargsrepr</c> are such text: for people and
/// monitoring tools, never read back by a worker.
/// </summary>
internal static class PythonLiteral
{
    /// <summary>Formats a tuple: <c>()</c>, <c>(1,)</c>, <c>(1, 2)</c>.</summary>
    public static string Tuple(IReadOnlyList<JsonElement> values) =>
        $"({string.Join(", ", values.Select(Format))}{(values.Count == 1 ? "," : string.Empty)})";

    /// <summary>Formats a dictionary: <c>{'a': 1}</c>.</summary>
    public static string Dictionary(IEnumerable<KeyValuePair<string, JsonElement>> values) =>
        $"{{{string.Join(", ", values.Select(pair => $"{Quote(pair.Key)}: {Format(pair.Value)}"))}}}";

    /// <summary>Formats a call: <c>app.tasks.add(1, 2, key='x')</c>.</summary>
    public static string Call(string task, IReadOnlyList<JsonElement> args, IEnumerable<KeyValuePair<string, JsonElement>> kwargs) =>
        $"{task}({string.Join(", ", args.Select(Format).Concat(kwargs.Select(pair => $"{pair.Key}={Format(pair.Value)}")))})";

    /// <summary>Determines whether Python reads a JSON number as an <c>int</c>, of any size, rather than a <c>float</c>.</summary>
    public static bool IsInteger(string number) => !number.AsSpan().ContainsAny('.', 'e', 'E');

    private static string Format(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quote(value.GetString()!),
        JsonValueKind.Number when !IsInteger(value.GetRawText()) => Float(value.GetDouble()),
        JsonValueKind.Number => value.GetRawText() is not "-0" and var integer ? integer : "0",
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Format))}]",
        JsonValueKind.Object => Dictionary(value.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value))),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => "None",
    };

    /// <summary>Formats a float as Python does: the fewest digits that read back, an exponent below 1e-4 and from 1e16.</summary>
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
            < -4 or >= 16 => $"{digits.Insert(1, digits.Length > 1 ? "." : string.Empty)}e{exponent:+00;-00}",
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ when digits.Length <= exponent + 1 => $"{digits.PadRight(exponent + 1, '0')}.0",
            _ => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }

    /// <summary>Splits a number such as <c>1.25E-07</c> into its significant digits and the power of ten of the first.</summary>
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

    private static string Quote(string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        return $"{quote}{string.Concat(value.EnumerateRunes().Select(rune => Escape(rune, quote)))}{quote}";
    }

    private static string Escape(Rune rune, char quote) => rune.Value switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        var value when value == quote => $"\\{quote}",
        _ when IsPrintable(rune) => rune.ToString(),
        <= 0xFF and var value => $"\\x{value:x2}",
        <= 0xFFFF and var value => $"\\u{value:x4}",
        var value => $"\\U{value:x8}",
    };

    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}

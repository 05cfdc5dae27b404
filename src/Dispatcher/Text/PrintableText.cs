using System.Globalization;
using System.Text;

namespace Dispatcher.Text;

/// <summary>
/// The one place that makes text from outside - a payload, an event, a service's answer - safe to print: it can neither begin a line nor
/// change how the rest of a line is shown.
/// </summary>
public static class PrintableText
{
    /// <summary>
    /// Escapes control, format (bidirectional marks, zero-width characters, tags) and line-separator characters, and unpaired surrogates.
    /// </summary>
    /// <param name="text">Text from outside.</param>
    /// <returns>The text with <c>\n</c>, <c>\r</c>, <c>\t</c> or <c>\u202e</c> instead of each such character.</returns>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        var safe = SafeLength(text);
        if (safe == text.Length)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, safe);
        for (var index = safe; index < text.Length;)
        {
            var length = LengthAt(text, index);
            if (IsSafe(text, index))
            {
                escaped.Append(text, index, length);
            }
            else
            {
                for (var unit = index; unit < index + length; unit++)
                {
                    Append(escaped, text[unit]);
                }
            }

            index += length;
        }

        return escaped.ToString();
    }

    /// <summary>Escapes a sentence and joins its lines, such as those of a page that a server answers, by spaces.</summary>
    /// <param name="text">Text from outside.</param>
    /// <returns>One line.</returns>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text.Contains('\n', StringComparison.Ordinal)
            ? string.Join(' ', text.Split(["\r\n", "\n"], StringSplitOptions.None).Select(static line => line.Trim(' ', '\t'))
                .Where(static line => line.Length > 0))
            : text);
    }

    /// <summary>Shortens a text without splitting a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters are kept at most, from 1.</param>
    /// <returns>The text, or its beginning followed by '…'.</returns>
    public static string Truncate(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);

        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return $"{text.AsSpan(0, end)}…";
    }

    /// <summary>Determines whether a character may be printed as it is.</summary>
    /// <param name="rune">The character.</param>
    /// <returns><see langword="false"/> for control, format, line and paragraph separator characters.</returns>
    public static bool IsSafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static int SafeLength(string text)
    {
        var index = 0;
        while (index < text.Length && (text[index] is >= ' ' and < '\u007F' || IsSafe(text, index)))
        {
            index += LengthAt(text, index);
        }

        return index;
    }

    private static bool IsSafe(string text, int index) => Rune.TryGetRuneAt(text, index, out var rune) && IsSafe(rune);

    private static int LengthAt(string text, int index) => Rune.TryGetRuneAt(text, index, out var rune) ? rune.Utf16SequenceLength : 1;

    private static void Append(StringBuilder escaped, char unit)
    {
        switch (unit)
        {
            case '\n':
                escaped.Append(@"\n");
                break;
            case '\r':
                escaped.Append(@"\r");
                break;
            case '\t':
                escaped.Append(@"\t");
                break;
            default:
                escaped.Append(CultureInfo.InvariantCulture, $@"\u{(int)unit:x4}");
                break;
        }
    }
}

using System.Globalization;
using System.Text;

namespace Dispatcher.Reporting.Html;

/// <summary>
/// Functions that make untrusted text safe for a page: it cannot end a tag, change the reading direction, or break the encoding.
/// </summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Writes a text so that it is text to HTML and to XML, between tags and within quotes.</summary>
    /// <param name="output">The output.</param>
    /// <param name="text">The text.</param>
    public static void Escape(TextWriter output, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var isCharacter = Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            switch (rune.Value)
            {
                case '&':
                    output.Write("&amp;");
                    break;
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                case '\t' or '\n' or '\r':
                    output.Write(' ');
                    break;
                default:
                    if (isCharacter && IsHarmless(rune))
                    {
                        output.Write(text[..length]);
                    }
                    else
                    {
                        output.Write(Replacement);
                    }

                    break;
            }

            text = text[length..];
        }
    }

    /// <summary>Refuses control and format characters except joiners, line separators, and values that are not characters.</summary>
    private static bool IsHarmless(Rune rune) =>
        rune.Value is 0x200C or 0x200D || ((rune.Value & 0xFFFE) != 0xFFFE && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse));
}

using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>
/// Text behind a label, with its further lines aligned under the first. Unlike a grid it leaves no blanks at the ends of lines.
/// </summary>
internal static class HangingText
{
    /// <summary>Writes the text.</summary>
    /// <param name="console">The output.</param>
    /// <param name="label">What stands before it, blanks included.</param>
    /// <param name="labelStyle">How that looks.</param>
    /// <param name="text">The text. Its lines are escaped one by one: a value from outside in it has to be escaped before.</param>
    /// <param name="textStyle">How it looks.</param>
    /// <param name="indent">The indentation of further lines; by default they start below the text.</param>
    public static void Write(IAnsiConsole console, string label, Style labelStyle, string text, Style? textStyle = null, int? indent = null)
    {
        var room = Math.Max(20, console.Profile.Width - label.Length - 1);
        var paragraph = new Paragraph(Printable.Text(label), labelStyle);
        var lines = text.Split('\n')
            .SelectMany((line, index) => Wrap(
                Printable.Text(line), room, Math.Max(20, console.Profile.Width - (indent ?? label.Length) - 1), index == 0));
        paragraph.Append(string.Join($"\n{new string(' ', indent ?? label.Length)}", lines), textStyle);
        console.Write(paragraph);
        console.WriteLine();
    }

    /// <summary>Breaks a line between words, JSON after commas, and a word only if it is longer than half a line.</summary>
    private static IEnumerable<string> Wrap(string text, int firstRoom, int room, bool isFirst)
    {
        var limit = isFirst ? firstRoom : room;
        while (text.Length > limit)
        {
            var end = Math.Max(text.LastIndexOf(' ', limit), text.LastIndexOf(',', limit - 1) + 1);
            var cut = end > limit / 2 ? end : limit;
            yield return text[..cut].TrimEnd();
            text = text[cut..].TrimStart();
            limit = room;
        }

        yield return text;
    }
}

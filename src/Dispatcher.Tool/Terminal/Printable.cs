using Dispatcher.Text;

namespace Dispatcher.Tool.Terminal;

/// <summary>Formats values for the terminal.</summary>
internal static class Printable
{
    /// <summary>
    /// Escapes what could begin a line or control the terminal: the key of an object may hold an escape sequence. Text of several lines is
    /// escaped line by line, before the lines are joined.
    /// </summary>
    /// <param name="text">Text from anywhere.</param>
    /// <returns>The text on one line.</returns>
    public static string Text(string text) => PrintableText.Escape(text);

    /// <inheritdoc cref="Quantity.Number"/>
    public static string Number(long number) => Quantity.Number(number);

    /// <inheritdoc cref="Quantity.Bytes"/>
    public static string Bytes(long bytes) => Quantity.Bytes(bytes);

    /// <inheritdoc cref="Quantity.Duration"/>
    public static string Duration(long milliseconds) => Quantity.Duration(milliseconds);

    /// <inheritdoc cref="Quantity.Count"/>
    public static string Count(long count, string noun) => Quantity.Count(count, noun);

    /// <summary>Puts a text on one line of at most so many characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How many.</param>
    /// <returns>The text, or its beginning and '…'.</returns>
    public static string Shorten(string text, int width)
    {
        var line = Text(PrintableText.Truncate(text, width));
        return line.Length <= width ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[width - 2]) ? width - 2 : width - 1)}…";
    }
}

using System.Globalization;
using Dispatcher.Text;

namespace Dispatcher.Cli.Terminal;

/// <summary>Words values for a person.</summary>
internal static class Printable
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>
    /// Escapes what could begin a line or control the terminal: the key of an object may hold an escape sequence. Text of several lines is
    /// escaped line by line, before the lines are joined.
    /// </summary>
    /// <param name="text">Text from anywhere.</param>
    /// <returns>The text on one line.</returns>
    public static string Text(string text) => PrintableText.Escape(text);

    /// <summary>Writes a number with separators.</summary>
    /// <param name="number">The number.</param>
    /// <returns><c>12,345</c>.</returns>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Writes an amount of bytes.</summary>
    /// <param name="bytes">The amount.</param>
    /// <returns><c>12.3 MB</c>, in powers of 1000.</returns>
    public static string Bytes(long bytes)
    {
        var (amount, unit) = ((double)bytes, 0);
        while (Math.Abs(amount) >= 999.95 && unit < Units.Length - 1)
        {
            (amount, unit) = (amount / 1000, unit + 1);
        }

        return unit == 0 ? Count(bytes, "byte") : string.Create(CultureInfo.InvariantCulture, $"{amount:0.0} {Units[unit]}");
    }

    /// <summary>Writes a duration.</summary>
    /// <param name="milliseconds">The duration.</param>
    /// <returns><c>340 ms</c>, <c>12.3 s</c> or <c>3 min 20 s</c>.</returns>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000} min {milliseconds % 60_000 / 1000} s"),
    };

    /// <summary>Writes a count with its noun.</summary>
    /// <param name="count">The count.</param>
    /// <param name="noun">The noun for one.</param>
    /// <returns><c>1 change</c>, <c>2 changes</c>.</returns>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? string.Empty : "s")}";
}

using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>A line to copy, such as a command or an address: it stands alone and is not wrapped, however narrow the terminal.</summary>
internal static class CopyLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="console">The output.</param>
    /// <param name="text">The text.</param>
    public static void Write(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine($"  {Printable.Text(text)}");
}

using System.Text.Json;
using Dispatcher.Text;

namespace Dispatcher.Tool.Terminal;

/// <summary>Functions that write JSON results to standard output: indented for a person, on one line for a program.</summary>
internal static class JsonOutput
{
    /// <summary>Writes one JSON value and a line feed.</summary>
    /// <param name="terminal">The output.</param>
    /// <param name="result">The value.</param>
    public static void Write(CliTerminal terminal, JsonElement result)
    {
        using (var writer = new Utf8JsonWriter(terminal.RawOutput, Options(terminal)))
        {
            result.WriteTo(writer);
        }

        terminal.RawOutput.WriteByte((byte)'\n');
        terminal.RawOutput.Flush();
    }

    /// <summary>Gets how JSON is written: indented for a person, on one line for a program.</summary>
    /// <param name="terminal">The output.</param>
    /// <returns>The options.</returns>
    public static JsonWriterOptions Options(CliTerminal terminal) => new()
    {
        Encoder = PrintableJsonEncoder.Instance,
        Indented = terminal.Out.Profile.Out.IsTerminal,
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dispatcher.Cli.Terminal;

/// <summary>Writes a result to standard output: indented for a person, on one line for a program.</summary>
internal static class JsonOutput
{
    /// <summary>Writes one JSON value and a line feed.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="result">The value.</param>
    public static void Write(CliTerminal terminal, JsonElement result)
    {
        // Relaxed: the reader is a terminal or a JSON parser, never an HTML page.
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = terminal.Out.Profile.Out.IsTerminal,
        };
        using (var writer = new Utf8JsonWriter(terminal.RawOutput, options))
        {
            result.WriteTo(writer);
        }

        terminal.RawOutput.WriteByte((byte)'\n');
        terminal.RawOutput.Flush();
    }
}

using System.Text;
using Dispatcher.Hosting;
using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>The terminal of the tool. Results go to standard output; everything else goes to standard error.</summary>
internal sealed class CliTerminal
{
    /// <summary>Gets the console on standard output.</summary>
    public required IAnsiConsole Out { get; init; }

    /// <summary>Gets the console on standard error.</summary>
    public required IAnsiConsole Error { get; init; }

    /// <summary>Gets standard input as it is.</summary>
    public required Stream RawInput { get; init; }

    /// <summary>Gets standard output as it is, for JSON.</summary>
    public required Stream RawOutput { get; init; }

    /// <summary>Gets standard error as it is, for what Lambda writes to its standard output.</summary>
    public required Stream RawError { get; init; }

    /// <summary>Gets a value indicating whether standard input is a person's keyboard.</summary>
    public bool IsInputTyped { get; init; }

    /// <summary>Gets a value indicating whether a file or a program receives standard output, instead of a person.</summary>
    public bool IsOutputPiped { get; init; }

    /// <summary>Gets the console that can show a progress bar, or <see langword="null"/> if nobody would see it.</summary>
    public IAnsiConsole? Live => Error.Profile.Out.IsTerminal ? Error : Out.Profile.Out.IsTerminal ? Out : null;

    /// <summary>Creates the terminal of this process.</summary>
    /// <returns>The terminal.</returns>
    public static CliTerminal OfProcess() => new()
    {
        Out = CreateConsole(Console.Out, Console.IsOutputRedirected, redirectedWidth: 160),
        Error = CreateConsole(Console.Error, Console.IsErrorRedirected, redirectedWidth: 10_000),
        RawInput = Console.OpenStandardInput(),
        RawOutput = Console.OpenStandardOutput(),
        RawError = Console.OpenStandardError(),
        IsInputTyped = !Console.IsInputRedirected,
        IsOutputPiped = Console.IsOutputRedirected,
    };

    /// <summary>Writes an error.</summary>
    /// <param name="message">What failed, then what to do.</param>
    public void WriteError(string message) => WriteLabelled("error:", new Style(Color.Red, decoration: Decoration.Bold), message);

    /// <summary>Writes a note beside the result.</summary>
    /// <param name="message">The note.</param>
    public void WriteNote(string message) => Error.WriteLine(Printable.Text(message));

    /// <summary>Writes what a history had to leave out.</summary>
    /// <param name="history">The history, after it was read.</param>
    public void WriteOmissions(IRunHistory history)
    {
        foreach (var omission in history.Omissions)
        {
            WriteLabelled("warn:", new Style(Color.Yellow), omission);
        }
    }

    /// <summary>Writes the stack trace of an exception.</summary>
    /// <param name="exception">The exception.</param>
    public void WriteTrace(Exception exception)
    {
        foreach (var line in ExceptionTrace.LinesOf(exception))
        {
            WriteNote(line);
        }
    }

    /// <summary>Writes a line that begins with a word in colour.</summary>
    /// <param name="label">The word.</param>
    /// <param name="style">Its colour.</param>
    /// <param name="message">The rest.</param>
    public void WriteLabelled(string label, Style style, string message)
    {
        var line = new Paragraph(label, style);
        line.Append($" {Printable.Text(message)}");
        Error.Write(line);
        Error.WriteLine();
    }

    /// <summary>Creates a writer for help texts.</summary>
    /// <returns>A writer on standard output.</returns>
    public TextWriter CreateOutputWriter() => new StreamWriter(RawOutput, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isRedirected, int redirectedWidth)
    {
        var output = new AnsiConsoleOutput(isRedirected ? new TrimmedWriter(writer) : writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = output.IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            // The standard ones turn colours on in build servers, where output is a file as elsewhere.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!output.IsTerminal)
        {
            console.Profile.Width = redirectedWidth;
        }

        return console;
    }
}

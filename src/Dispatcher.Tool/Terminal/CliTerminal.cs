using System.Text;
using Dispatcher.Hosting;
using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>The terminal of the tool. Results go to standard output; everything else goes to standard error.</summary>
internal sealed class CliTerminal
{
    private const int RedirectedWidth = 160;
    private const int RedirectedErrorWidth = 10_000;

    private IAnsiConsole? _out;
    private IAnsiConsole? _error;

    /// <summary>Gets the console on standard output.</summary>
    /// <value>The default value is that of this process, which the first command that writes to it creates.</value>
    public IAnsiConsole Out
    {
        get => _out ??= CreateConsole(Console.Out, Console.IsOutputRedirected, RedirectedWidth);
        init => _out = value;
    }

    /// <summary>Gets the console on standard error.</summary>
    /// <value>The default value is that of this process, which the first command that writes to it creates.</value>
    public IAnsiConsole Error
    {
        get => _error ??= CreateConsole(Console.Error, Console.IsErrorRedirected, RedirectedErrorWidth);
        init => _error = value;
    }

    /// <summary>Gets standard input as it is.</summary>
    public required Stream RawInput { get; init; }

    /// <summary>Gets standard output as it is, for JSON.</summary>
    public required Stream RawOutput { get; init; }

    /// <summary>Gets standard error as it is, for what Lambda writes to its standard output.</summary>
    public required Stream RawError { get; init; }

    /// <summary>Gets a value indicating whether standard input is a person's keyboard.</summary>
    public bool IsInputTyped { get; init; }

    /// <summary>Gets the warnings that the log has written so far.</summary>
    public WarningGroups Warnings { get; } = new();

    /// <summary>Gets a value indicating whether a file or a program receives standard output, instead of a person.</summary>
    public bool IsOutputPiped { get; init; }

    /// <summary>Gets the console that can show a progress bar, or <see langword="null"/> if nobody would see it.</summary>
    public IAnsiConsole? Live => Error.Profile.Out.IsTerminal ? Error : Out.Profile.Out.IsTerminal ? Out : null;

    /// <summary>Creates the terminal of this process.</summary>
    /// <returns>The terminal.</returns>
    public static CliTerminal OfProcess() => new()
    {
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

    /// <summary>Writes a line that must be seen at once: above the progress bar if there is one, which does not draw over it.</summary>
    /// <param name="message">The line.</param>
    public void WriteNotice(string message)
    {
        var live = Error.Profile.Out.IsTerminal || Live is null ? Error : Live;
        live.WriteLine(Printable.Text(message));
    }

    /// <summary>Writes what a history had to leave out.</summary>
    /// <param name="history">The history, after it was read.</param>
    public void WriteOmissions(IRunHistory history)
    {
        foreach (var omission in history.Omissions)
        {
            WriteLabelled("warn:", new Style(Color.Yellow), omission);
        }
    }

    /// <summary>Writes how many warnings were like one that the log has shown.</summary>
    public void WriteRepeatedWarnings()
    {
        foreach (var (example, more) in Warnings.Take())
        {
            var what = more == 1 ? "1 more warning" : $"{Printable.Number(more)} more warnings";
            WriteLabelled("warn:", new Style(Color.Yellow), $"{what} like this one (--verbose shows all): {example}");
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

    /// <summary>Creates a console that looks like standard output, and writes a page that is shown later.</summary>
    /// <param name="page">The page.</param>
    /// <returns>The console.</returns>
    public IAnsiConsole CreatePage(TextWriter page)
    {
        var (profile, capabilities) = (Out.Profile, Out.Profile.Capabilities);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(page),
            Ansi = capabilities.Ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = (ColorSystemSupport)capabilities.ColorSystem,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = profile.Width;
        console.Profile.Capabilities.Unicode = capabilities.Unicode;
        return console;
    }

    /// <summary>Waits until a person types a letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when the letter is typed; never, if nobody can type.</returns>
    public async Task WaitForKeyAsync(char letter, CancellationToken cancellationToken)
    {
        if (!IsInputTyped)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        ConsoleKeyInfo? key;
        do
        {
            key = await Out.Input.ReadKeyAsync(intercept: true, cancellationToken);
        }
        while (key is not null && char.ToLowerInvariant(key.Value.KeyChar) != letter);
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

using System.Text;
using Dispatcher.Cli;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Tests;

/// <summary>A terminal whose other end is the test.</summary>
internal sealed class TestTerminal
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly TextWriter _outWriter;

    public TestTerminal(int width = 120, string input = "", bool isInputTyped = false, bool colors = false, int? errorWidth = null)
    {
        // A test may read while a command that serves writes; the writer locks itself.
        _outWriter = TextWriter.Synchronized(new StringWriter(_out));
        Terminal = new CliTerminal
        {
            Out = CreateConsole(_outWriter, width, colors),
            Error = CreateConsole(new StringWriter(_error), errorWidth ?? width, colors),
            RawInput = new MemoryStream(Encoding.UTF8.GetBytes(input)),
            RawOutput = new MemoryStream(),
            RawError = new MemoryStream(),
            IsInputTyped = isInputTyped,
        };
    }

    public CliTerminal Terminal { get; }

    public string Out
    {
        get
        {
            lock (_outWriter)
            {
                return _out + Encoding.UTF8.GetString(((MemoryStream)Terminal.RawOutput).ToArray());
            }
        }
    }

    public string Error => _error.ToString();

    public ToolContext Tool => new(Terminal, "dispatch", MaintenanceTool.AddJobs);

    public Task<int> RunAsync(params string[] args) => RunAsync(MaintenanceTool.AddJobs, MaintenanceTool.Configure, args);

    public Task<int> RunAsync(Action<IDispatcherBuilder> jobs, Action<DispatchToolOptions> configure, params string[] args) =>
        DispatchTool.CreateProgram(Terminal, jobs, configure, CancellationToken.None).RunAsync(args);

    private static IAnsiConsole CreateConsole(TextWriter text, int width, bool colors)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        return console;
    }
}

using Dispatcher.Text;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Dispatcher.Tool.Terminal;

/// <summary>
/// A logger that writes one line per entry to standard error, above a progress bar if there is one. Of warnings of one kind it writes the
/// first one only, unless it is verbose; <see cref="CliTerminal.WriteRepeatedWarnings"/> has the others.
/// </summary>
/// <param name="terminal">The output.</param>
/// <param name="verbose">Whether to write stack traces, and every warning.</param>
internal sealed class TerminalLogger(CliTerminal terminal, bool verbose) : ILogger
{
    /// <summary>
    /// The event of a run that failed. The commands report the failure themselves, but for the stack of an unexpected one.
    /// </summary>
    private const string RunFailed = "RunFailed";

    private static readonly Lock Writing = new();

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == RunFailed && exception is null)
        {
            return;
        }

        var (label, color) = logLevel switch
        {
            LogLevel.Critical or LogLevel.Error => ("error:", Color.Red),
            LogLevel.Warning => ("warn:", Color.Yellow),
            _ => ("info:", Color.Default),
        };
        var message = eventId.Name == RunFailed ? "The job failed unexpectedly." : Redaction.Sentence(formatter(state, exception));
        if (!verbose && logLevel == LogLevel.Warning && !terminal.Warnings.Add(TemplateOf(state), message))
        {
            return;
        }

        lock (Writing)
        {
            terminal.WriteLabelled(
                label,
                new Style(color),
                exception is null || verbose ? message
                    : $"{message} {exception.GetType().Name}: {Redaction.Sentence(exception.Message)} (--verbose shows where)");
            if (exception is not null && verbose)
            {
                terminal.WriteTrace(exception);
            }
        }
    }

    private static string? TemplateOf<TState>(TState state) =>
        (state as IReadOnlyList<KeyValuePair<string, object?>>)?
            .FirstOrDefault(static value => value.Key == "{OriginalFormat}").Value as string;
}

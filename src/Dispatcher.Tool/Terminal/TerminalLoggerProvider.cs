using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Terminal;

/// <summary>A provider of loggers that write to standard error.</summary>
/// <param name="terminal">The output.</param>
/// <param name="verbose">Whether to write stack traces.</param>
internal sealed class TerminalLoggerProvider(CliTerminal terminal, bool verbose) : ILoggerProvider
{
    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new TerminalLogger(terminal, verbose);

    /// <inheritdoc />
    public void Dispose() => terminal.WriteRepeatedWarnings();
}

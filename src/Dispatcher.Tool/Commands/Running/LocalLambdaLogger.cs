using Amazon.Lambda.Core;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>A Lambda logger that writes to standard error.</summary>
/// <param name="terminal">The output.</param>
internal sealed class LocalLambdaLogger(CliTerminal terminal) : ILambdaLogger
{
    /// <inheritdoc />
    public void Log(string message) => terminal.WriteNote(message.TrimEnd());

    /// <inheritdoc />
    public void LogLine(string message) => terminal.WriteNote(message);
}

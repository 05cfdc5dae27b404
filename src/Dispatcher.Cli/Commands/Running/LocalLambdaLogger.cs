using Amazon.Lambda.Core;
using Dispatcher.Cli.Terminal;

namespace Dispatcher.Cli.Commands.Running;

/// <summary>Writes what the function logs through Lambda's context to standard error.</summary>
/// <param name="terminal">Where to.</param>
internal sealed class LocalLambdaLogger(CliTerminal terminal) : ILambdaLogger
{
    /// <inheritdoc />
    public void Log(string message) => terminal.WriteNote(message.TrimEnd());

    /// <inheritdoc />
    public void LogLine(string message) => terminal.WriteNote(message);
}

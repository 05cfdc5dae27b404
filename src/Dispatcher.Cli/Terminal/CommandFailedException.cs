namespace Dispatcher.Cli.Terminal;

/// <summary>Says that a command could not do its work, in a message that needs no stack trace.</summary>
/// <param name="message">What failed, with the values, then what to do.</param>
/// <param name="innerException">The cause, if any.</param>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);

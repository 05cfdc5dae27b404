namespace Dispatcher.Tool.Terminal;

/// <summary>The exception thrown when a command fails for a reason that its message explains without a stack trace.</summary>
/// <param name="message">What failed, with the values, then what to do.</param>
/// <param name="innerException">The cause, if any.</param>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);

namespace Dispatcher.Tool.Terminal;

/// <summary>The exception thrown when the command line, or a file named in it, cannot be used. Nothing has run.</summary>
/// <param name="message">What is wrong, with the value, then what to do.</param>
internal sealed class BadInputException(string message) : Exception(message);

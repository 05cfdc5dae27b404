namespace Dispatcher.Cli.Terminal;

/// <summary>Says that the command line, or a file that it names, cannot be used. Nothing has run.</summary>
/// <param name="message">What is wrong, with the value, then what to do.</param>
internal sealed class BadInputException(string message) : Exception(message);

namespace Dispatcher.Testing;

/// <summary>The exception that names the promise that a job broke, and how. Any test framework reports it as a failed test.</summary>
/// <param name="message">What was promised, what was seen, what to do.</param>
public sealed class JobContractException(string message) : Exception(message);

namespace Dispatcher.Testing;

/// <summary>Says which promise a job broke, and how. Any test framework reports it as a failed test.</summary>
/// <param name="message">What was promised, what was seen, what to do.</param>
public sealed class JobContractException(string message) : Exception(message);

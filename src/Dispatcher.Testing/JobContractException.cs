namespace Dispatcher.Testing;

/// <summary>
/// The exception thrown when a job or a run store breaks a promise of its contract. Any test framework reports it as a failed test.
/// </summary>
/// <param name="message">What was promised, what was seen, what to do.</param>
public sealed class JobContractException(string message) : Exception(message);

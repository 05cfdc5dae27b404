namespace Dispatcher.Postgres;

/// <summary>Thrown when somebody else changed the data between a job's plan and its change. Nothing was changed; the next attempt plans anew.</summary>
/// <param name="message">What differs.</param>
public sealed class DataChangedException(string message) : Exception(message);

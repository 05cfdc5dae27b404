namespace Dispatcher.Postgres;

/// <summary>Thrown when another session held a lock for longer than the run waits. Nothing was changed; a later attempt may get the lock.</summary>
/// <param name="message">What was locked, and by whom.</param>
/// <param name="innerException">The server's answer.</param>
public sealed class LockedException(string message, Exception innerException) : Exception(message, innerException);

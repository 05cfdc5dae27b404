namespace Dispatcher.LocalServers;

/// <summary>The exception thrown when a server of this machine cannot be installed or started.</summary>
/// <param name="message">What failed, with the values, then what to do.</param>
public sealed class LocalServerException(string message) : Exception(message);

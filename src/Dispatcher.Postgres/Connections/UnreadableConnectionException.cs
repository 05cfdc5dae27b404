namespace Dispatcher.Postgres.Connections;

/// <summary>Thrown when a connection string cannot be read.</summary>
/// <param name="problem">
/// The rest of a sentence that begins with the setting's name. It never holds a part of the connection string: a wrong separator or quote
/// can move the password into any part, a keyword included.
/// </param>
internal sealed class UnreadableConnectionException(string problem) : Exception(problem);

namespace Dispatcher.Postgres.Connections;

/// <summary>Thrown when no session could be opened. The message says where, why, and what to do; it holds no password.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    internal DatabaseUnavailableException(Failure failure, Exception? innerException)
        : base(failure.Message, innerException)
    {
        Failure = failure;
    }

    /// <summary>Gets what may be done about it.</summary>
    public Failure Failure { get; }
}

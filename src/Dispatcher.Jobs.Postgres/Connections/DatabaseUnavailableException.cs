using Dispatcher.Failures;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>Says that no session could be opened: where, why, and what to do. Holds no password.</summary>
public sealed class DatabaseUnavailableException : Exception
{
    internal DatabaseUnavailableException(Failure failure, Exception innerException)
        : base(failure.Message, innerException)
    {
        Failure = failure;
    }

    /// <summary>Gets what may be done about it.</summary>
    public Failure Failure { get; }
}

namespace Dispatcher.Function.Tests.Retries;

/// <summary>The ways in which a server fails every request.</summary>
public enum ServerFault
{
    /// <summary>Answers 500.</summary>
    Error,

    /// <summary>Answers 503.</summary>
    Busy,

    /// <summary>Answers 503 with <c>Retry-After: 7</c>.</summary>
    BusyWithRetryAfter,

    /// <summary>Reads the request and closes the connection.</summary>
    Hangup,

    /// <summary>Reads the request and never answers.</summary>
    Silence,
}

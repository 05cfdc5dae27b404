namespace Dispatcher;

/// <summary>The classification of an exception.</summary>
/// <param name="Kind">What may be done about it.</param>
/// <param name="Message">One message for a person: what failed, the values, the remedy.</param>
/// <param name="HasUserMessage">
/// Whether the message is enough for a user. If not, the stack trace is logged too. The stack trace of any other failure is logged.
/// </param>
public sealed record Failure(FailureKind Kind, string Message, bool HasUserMessage = false)
{
    /// <summary>Gets how long the other side asked to be left alone before the next try, as HTTP's <c>Retry-After</c> does.</summary>
    /// <value>The default value is <see langword="null"/>: the usual backoff decides.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Gets a value indicating whether a change that failed this way may have been made nevertheless, because only the answer is missing: a
    /// timeout, a connection that broke after the request was sent, an error of a gateway.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: the change was not made.</value>
    public bool OutcomeUnknown { get; init; }
}

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>The exception for a call that failed, with its classification.</summary>
/// <param name="failure">The classification.</param>
internal sealed class EndpointException(Failure failure) : Exception(failure.Message)
{
    /// <summary>Gets the classification.</summary>
    public Failure Failure => failure;

    /// <summary>Creates the exception for a failure that may pass, and before which nothing was executed.</summary>
    public static EndpointException Transient(string message, TimeSpan? retryAfter = null) =>
        new(new Failure(FailureKind.Transient, message, HasUserMessage: true) { RetryAfter = retryAfter });

    /// <summary>Creates the exception for a failure that stays, and before which nothing was executed.</summary>
    public static EndpointException Permanent(string message) => new(new Failure(FailureKind.Permanent, message, HasUserMessage: true));
}

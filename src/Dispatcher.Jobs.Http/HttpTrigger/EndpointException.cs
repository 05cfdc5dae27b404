using Dispatcher.Failures;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Says that a call failed, and what may be done about it.</summary>
/// <param name="failure">What is known of the failure.</param>
internal sealed class EndpointException(Failure failure) : Exception(failure.Message)
{
    /// <summary>Gets what is known of the failure.</summary>
    public Failure Failure => failure;

    public static EndpointException Transient(string message, TimeSpan? retryAfter = null) =>
        new(new Failure(FailureKind.Transient, message, IsExpected: true) { RetryAfter = retryAfter });

    public static EndpointException Permanent(string message) => new(new Failure(FailureKind.Permanent, message, IsExpected: true));
}

using Dispatcher.Changes;
using Dispatcher.Failures;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>Is what SQS said to one message.</summary>
/// <param name="Error">What is wrong, or <see langword="null"/> where the message is on the queue.</param>
/// <param name="Kind">What may be done about it.</param>
internal readonly record struct SendOutcome(string? Error, FailureKind Kind)
{
    public static SendOutcome Sent { get; }

    public bool IsSent => Error is null;

    public static SendOutcome Failed(string error, FailureKind kind) => new(error, kind);

    public ChangeOutcome ToChangeOutcome() => Error is null ? ChangeOutcome.Applied : ChangeOutcome.Failed(Error);
}

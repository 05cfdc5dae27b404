namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>What became of one message.</summary>
/// <param name="Error">What is wrong, or <see langword="null"/> if the message is on the queue.</param>
/// <param name="Kind">What may be done about it.</param>
/// <param name="IsUnknown">Whether the message may be on the queue all the same, because SQS's answer is lost.</param>
internal readonly record struct SendOutcome(string? Error, FailureKind Kind, bool IsUnknown = false)
{
    public static SendOutcome Sent { get; }

    public bool IsSent => Error is null;

    public static SendOutcome Failed(string error, FailureKind kind) => new(error, kind);

    public static SendOutcome Of(Failure failure) => new(failure.Message, failure.Kind, failure.OutcomeUnknown);

    public ChangeOutcome ToChangeOutcome() => this switch
    {
        { Error: null } => ChangeOutcome.Applied,
        { IsUnknown: true } => ChangeOutcome.Unknown(Error),
        _ => ChangeOutcome.Failed(Error),
    };
}

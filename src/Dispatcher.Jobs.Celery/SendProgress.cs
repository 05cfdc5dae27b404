namespace Dispatcher.Jobs.Celery;

/// <summary>
/// What became of each message, through all attempts of a run: a message that is on the queue is not sent again, nor is
/// one that SQS refused for good.
/// </summary>
internal sealed class SendProgress
{
    private readonly Dictionary<string, Failure?> _results = new(StringComparer.Ordinal);

    /// <summary>Gets how many messages are on the queue.</summary>
    public int Sent => _results.Values.Count(failure => failure is null);

    /// <summary>Gets or sets how many messages the plan of the run does not allow.</summary>
    public int OutsidePlan { get; set; }

    /// <summary>Gets the failures of the messages that are not on the queue, or may not be.</summary>
    public IEnumerable<Failure> Failures => _results.Values.OfType<Failure>();

    /// <summary>Gets a value indicating whether another attempt may put more messages on the queue.</summary>
    public bool CanRetry => Failures.Any(failure => failure.Kind == FailureKind.Transient);

    /// <summary>Determines whether a message still has to be sent.</summary>
    public bool IsPending(CeleryMessage message) =>
        !_results.TryGetValue(message.Id, out var failure) || failure is { Kind: FailureKind.Transient };

    /// <summary>Gets the failure of a message that was sent, or <see langword="null"/> if it is on the queue.</summary>
    public Failure? FailureOf(CeleryMessage message) => _results[message.Id];

    /// <summary>Records what became of messages.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="failure">What is wrong, or <see langword="null"/> if they are on the queue.</param>
    public void Record(IEnumerable<CeleryMessage> messages, Failure? failure)
    {
        foreach (var message in messages)
        {
            _results[message.Id] = failure;
        }
    }
}

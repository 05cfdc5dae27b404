namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>A queue of what was not done.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Url">Its URL.</param>
internal sealed record DeadLetterQueue(DeadLetterKind Kind, string Url)
{
    private static readonly (DeadLetterKind Kind, string Name, string LogicalId)[] All =
    [
        (DeadLetterKind.FailedRuns, "failed-runs", StackIds.FailedRuns),
        (DeadLetterKind.FailedMessages, "failed-messages", StackIds.FailedMessages),
        (DeadLetterKind.UndeliveredEvents, "undelivered-events", StackIds.UndeliveredEvents),
    ];

    /// <summary>Gets the names of the queues on the command line.</summary>
    public static IEnumerable<string> Names => All.Select(static queue => queue.Name);

    /// <summary>Gets the name of the queue on the command line.</summary>
    public string Name => All.Single(queue => queue.Kind == Kind).Name;

    /// <summary>Finds the queues of a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <returns>The queues that it has.</returns>
    public static IReadOnlyList<DeadLetterQueue> Find(RemoteStack stack) =>
    [
        .. All.Select(queue => stack.Find(queue.LogicalId) is { Type: "AWS::SQS::Queue" } found
            ? new DeadLetterQueue(queue.Kind, found.PhysicalId)
            : null).OfType<DeadLetterQueue>(),
    ];
}

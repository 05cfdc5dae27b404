namespace Dispatcher.Lambda;

/// <summary>
/// The answer to a batch, if the event source mapping has <c>ReportBatchItemFailures</c>: the messages that go back to the queue. Lambda
/// deletes all others.
/// </summary>
/// <param name="BatchItemFailures">The messages that go back, in the order of the batch.</param>
internal sealed record SqsBatchResponse(IReadOnlyList<SqsBatchItemFailure> BatchItemFailures);

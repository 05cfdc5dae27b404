namespace Dispatcher.Lambda.SqsBatches;

/// <summary>
/// Is what Lambda takes as an answer to a batch, where the event source mapping has <c>ReportBatchItemFailures</c>: the messages that go
/// back to the queue. All others are deleted.
/// </summary>
/// <param name="BatchItemFailures">The messages that go back, in the order of the batch.</param>
internal sealed record SqsBatchResponse(IReadOnlyList<SqsBatchItemFailure> BatchItemFailures);

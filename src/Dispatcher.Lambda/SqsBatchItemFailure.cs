namespace Dispatcher.Lambda;

/// <summary>A message that goes back to the queue.</summary>
/// <param name="ItemIdentifier">The message's id.</param>
internal sealed record SqsBatchItemFailure(string ItemIdentifier);

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>A message in a queue.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="Body">Its body.</param>
/// <param name="SentAt">When it was sent.</param>
public sealed record FakeMessage(string MessageId, string Body, DateTimeOffset SentAt)
{
    /// <summary>Gets its message group; in a standard queue most messages have none.</summary>
    public string? GroupId { get; init; }

    /// <summary>Gets its deduplication id, in a FIFO queue.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>Gets how often it was received.</summary>
    public int ReceiveCount { get; init; }

    /// <summary>Gets the time from which on it can be received.</summary>
    public DateTimeOffset VisibleAt { get; init; }

    /// <summary>Gets its attributes that are strings or numbers, by name.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}

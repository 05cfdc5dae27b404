using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>A message with what changes while it is in a queue.</summary>
internal sealed class StoredMessage
{
    public required string Id { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required JsonObject Attributes { get; init; }

    public JsonObject SystemAttributes { get; init; } = [];

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    public long SequenceNumber { get; init; }

    public DateTimeOffset VisibleAt { get; set; }

    public DateTimeOffset? FirstReceivedAt { get; set; }

    public int ReceiveCount { get; set; }

    /// <summary>Gets or sets the queue that it came from, if it has been moved to a dead-letter queue.</summary>
    public string? Origin { get; set; }

    public bool IsInFlight(DateTimeOffset now) => ReceiveCount > 0 && VisibleAt > now;

    public FakeMessage Describe() => new(Id, Body, SentAt)
    {
        GroupId = GroupId,
        DeduplicationId = DeduplicationId,
        ReceiveCount = ReceiveCount,
        VisibleAt = VisibleAt,
        Attributes = Attributes
            .Where(static pair => pair.Value!["StringValue"] is not null)
            .ToDictionary(static pair => pair.Key, static pair => pair.Value!["StringValue"]!.GetValue<string>(), StringComparer.Ordinal),
    };
}

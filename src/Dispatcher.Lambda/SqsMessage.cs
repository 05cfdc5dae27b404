using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Lambda;

/// <summary>A message of a batch.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Id">Its id, the same in each delivery.</param>
/// <param name="Queue">The ARN of its queue.</param>
/// <param name="IsOrdered">Whether its queue is a FIFO queue, in which no message may overtake another.</param>
/// <param name="ReceiveCount">The number of its deliveries.</param>
/// <param name="Body">Its body.</param>
internal sealed record SqsMessage(int Index, string Id, string Queue, bool IsOrdered, string ReceiveCount, string Body)
{
    private const string EventSource = "aws:sqs";

    /// <summary>
    /// Determines whether a payload is a batch of SQS messages. Some local tools write the names of its members in another case.
    /// </summary>
    public static bool IsBatch(JsonElement payload) =>
        Find(payload, "Records") is { ValueKind: JsonValueKind.Array } records
        && records.GetArrayLength() > 0
        && TextOf(records[0], "eventSource") == EventSource;

    /// <summary>Reads the messages of a batch.</summary>
    /// <exception cref="JobRequestException">
    /// A record has no id, so that the answer cannot name it, or a field is given twice: the whole batch goes back to the queue.
    /// </exception>
    public static IReadOnlyList<SqsMessage> ReadAll(JsonElement payload) =>
        PayloadText.FindDuplicate(payload) is { } duplicate
            ? throw new JobRequestException([$"Field '{PayloadText.Shorten(duplicate)}' of the batch appears twice. Give it once."])
            : [.. Find(payload, "Records").EnumerateArray().Select((record, index) => Read(record, index))];

    private static SqsMessage Read(JsonElement record, int index)
    {
        var id = TextOf(record, "messageId");
        if (string.IsNullOrEmpty(id))
        {
            throw new JobRequestException([$"Record {index} of the batch has no messageId. Send SQS events as Lambda delivers them."]);
        }

        var queue = TextOf(record, "eventSourceARN") ?? string.Empty;
        var attributes = Find(record, "attributes");
        return new SqsMessage(
            index,
            id,
            queue,
            IsFifo(queue, attributes),
            TextOf(attributes, "ApproximateReceiveCount") ?? "?",
            TextOf(record, "body") ?? string.Empty);
    }

    /// <summary>
    /// The MessageGroupId is not used: standard queues have groups, too, for fairness among senders, which do not imply an order. Only the
    /// messages of FIFO queues have a sequence number.
    /// </summary>
    private static bool IsFifo(string queue, JsonElement attributes) =>
        queue.Length > 0 ? queue.EndsWith(".fifo", StringComparison.Ordinal) : TextOf(attributes, "SequenceNumber") is not null;

    private static string? TextOf(JsonElement element, string name) => PayloadText.Text(Find(element, name));

    private static JsonElement Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && PayloadText.TryGetPropertyIgnoringCase(element, name, out var value) ? value : default;
}

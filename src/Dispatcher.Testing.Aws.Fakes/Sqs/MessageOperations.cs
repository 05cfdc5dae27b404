using System.Globalization;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>The operations of SQS on messages.</summary>
internal sealed class MessageOperations(FakeWorld world, FakeSqs service, JsonRequest request, FakeCall call)
{
    private const int MaxEntries = 10;

    private DateTimeOffset Now => world.Clock.GetUtcNow();

    public JsonObject Send() => Send(Queue(), request);

    public JsonObject SendBatch() => EachEntry(Queue(), Send);

    public JsonObject Receive()
    {
        request.Allow(
            "QueueUrl", "AttributeNames", "MessageSystemAttributeNames", "MessageAttributeNames", "MaxNumberOfMessages",
            "VisibilityTimeout", "WaitTimeSeconds", "ReceiveRequestAttemptId");
        var queue = Queue();
        var count = request.Number("MaxNumberOfMessages") ?? 1;
        if (count is < 1 or > MaxEntries)
        {
            throw SqsError.Invalid(
                $"Value {count} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        }

        var timeout = request.Number("VisibilityTimeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : queue.VisibilityTimeout;
        var received = queue.TakeReceivable(count);
        foreach (var message in received)
        {
            message.ReceiveCount++;
            message.FirstReceivedAt ??= Now;
            message.VisibleAt = Now + timeout;
            world.Note(call, "sqs:ReceiveMessage", $"sqs://{queue.Name}/{message.Id}", $"receive {message.ReceiveCount}");
        }

        var messages = received.Select(message => (JsonNode)ReceivedMessage.Format(message, request));
        return received.Count == 0 ? [] : new JsonObject { ["Messages"] = new JsonArray([.. messages]) };
    }

    public JsonObject Delete() => Delete(Queue(), request);

    public JsonObject DeleteBatch() => EachEntry(Queue(), Delete);

    public JsonObject ChangeVisibility() => ChangeVisibility(Queue(), request);

    public JsonObject ChangeVisibilityBatch() => EachEntry(Queue(), ChangeVisibility);

    private static JsonObject Failure(string id, string code, string message, bool isFaultOfSender) => new()
    {
        ["Id"] = id, ["Code"] = code, ["Message"] = message, ["SenderFault"] = isFaultOfSender,
    };

    private static void CheckParameters(FakeQueue queue, JsonRequest entry)
    {
        if (queue.IsFifo && entry.Text("MessageGroupId") is null)
        {
            throw SqsError.Make("MissingParameter", "The request must contain the parameter MessageGroupId.");
        }

        if (queue.IsFifo && entry.Text("MessageDeduplicationId") is null && !queue.ContentBasedDeduplication)
        {
            throw SqsError.Invalid(
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
        }

        if (!queue.IsFifo && entry.Text("MessageDeduplicationId") is { } id)
        {
            throw SqsError.Invalid($"Value {id} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter "
                + "that is not valid for this queue type.");
        }

        if (queue.IsFifo && entry.Number("DelaySeconds") is > 0 and var delay)
        {
            throw SqsError.Invalid(
                $"Value {delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not "
                + "valid for this queue type.");
        }
    }

    private JsonObject Send(FakeQueue queue, JsonRequest entry)
    {
        entry.Allow(
            "Id", "QueueUrl", "MessageBody", "DelaySeconds", "MessageAttributes", "MessageSystemAttributes", "MessageGroupId",
            "MessageDeduplicationId");
        CheckParameters(queue, entry);
        var attributes = (entry["MessageAttributes"] as JsonObject ?? []).DeepClone().AsObject();
        var system = (entry["MessageSystemAttributes"] as JsonObject ?? []).DeepClone().AsObject();
        TimeSpan? delay = entry.Number("DelaySeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var (message, isNew) = queue.Add(
            entry.Text("MessageBody")!, attributes, system, entry.Text("MessageGroupId"), entry.Text("MessageDeduplicationId"), delay);
        if (isNew)
        {
            world.Note(call, "sqs:SendMessage", $"sqs://{queue.Name}/{message.Id}", message.Body);
        }

        var answer = new JsonObject { ["MessageId"] = message.Id, ["MD5OfMessageBody"] = AttributeDigest.OfBody(message.Body) };
        Add(answer, "MD5OfMessageAttributes", AttributeDigest.OfAttributes(message.Attributes));
        Add(answer, "MD5OfMessageSystemAttributes", AttributeDigest.OfAttributes(message.SystemAttributes));
        Add(answer, "SequenceNumber", queue.IsFifo ? ReceivedMessage.SequenceNumber(message) : null);
        return answer;
    }

    private static void Add(JsonObject answer, string name, string? value)
    {
        if (value is not null)
        {
            answer[name] = value;
        }
    }

    private JsonObject Delete(FakeQueue queue, JsonRequest entry)
    {
        entry.Allow("Id", "QueueUrl", "ReceiptHandle");

        // An older handle of a message is accepted and does nothing, which a standard queue may do; a FIFO queue refuses it.
        var (message, isCurrent) = FindReceived(queue, entry.Text("ReceiptHandle"));
        if (message is not null && queue.IsFifo && !(isCurrent && message.IsInFlight(Now)))
        {
            throw SqsError.Invalid(
                $"Value {entry.Text("ReceiptHandle")} for parameter ReceiptHandle is invalid. Reason: The receipt handle "
                + "has expired.");
        }

        if (message is not null && isCurrent)
        {
            queue.Stored.Remove(message);
            queue.Signal();
            world.Note(call, "sqs:DeleteMessage", $"sqs://{queue.Name}/{message.Id}", message.Body);
        }

        return [];
    }

    private JsonObject ChangeVisibility(FakeQueue queue, JsonRequest entry)
    {
        entry.Allow("Id", "QueueUrl", "ReceiptHandle", "VisibilityTimeout");
        var (message, isCurrent) = FindReceived(queue, entry.Text("ReceiptHandle"));
        if (message is null || !isCurrent || !message.IsInFlight(Now))
        {
            throw SqsError.Make("MessageNotInflight", "The specified message isn't in flight.");
        }

        message.VisibleAt = Now + TimeSpan.FromSeconds(entry.Number("VisibilityTimeout")!.Value);
        queue.Signal();
        return [];
    }

    private static (StoredMessage? Message, bool IsCurrent) FindReceived(FakeQueue queue, string? handle)
    {
        var (id, count) = ReceivedMessage.ReadHandle(handle)
            ?? throw SqsError.Make("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");
        var message = queue.Stored.Find(message => message.Id == id);
        return (message, message?.ReceiveCount == count);
    }

    private FakeQueue Queue() => service.Find(request.Text("QueueUrl"));

    /// <summary>Executes the entries of a batch one by one. Those of which a rule says so fail.</summary>
    private JsonObject EachEntry(FakeQueue queue, Func<FakeQueue, JsonRequest, JsonObject> execute)
    {
        request.Allow("QueueUrl", "Entries");
        JsonRequest[] entries = [.. request.Objects("Entries").Select(entry => new JsonRequest(entry, request.Operation))];
        CheckEntries(entries);
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var (index, entry) in entries.Index())
        {
            var id = entry.Text("Id")!;
            try
            {
                if (call.FailsEntry(id, index))
                {
                    failed.Add((JsonNode)Failure(id, "InternalError", "The request processing has failed.", isFaultOfSender: false));
                    continue;
                }

                var answer = execute(queue, entry);
                answer["Id"] = id;
                successful.Add((JsonNode)answer);
            }
            catch (FakeServiceException exception)
            {
                failed.Add((JsonNode)Failure(id, SqsError.QueryCode(exception.Code), exception.Message, isFaultOfSender: true));
            }
        }

        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    private static void CheckEntries(JsonRequest[] entries)
    {
        if (entries.Length == 0)
        {
            throw SqsError.Make("EmptyBatchRequest", "There should be at least one entry in the request.");
        }

        if (entries.Length > MaxEntries)
        {
            throw SqsError.Make(
                "TooManyEntriesInBatchRequest",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Maximum number of entries per request are 10. You have sent {entries.Length}."));
        }

        if (entries.GroupBy(static entry => entry.Text("Id")).FirstOrDefault(static group => group.Count() > 1) is { } repeated)
        {
            throw SqsError.Make("BatchEntryIdsNotDistinct", $"Id {repeated.Key} repeated.");
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>Formats messages for those who receive them.</summary>
internal static class ReceivedMessage
{
    public static JsonObject Format(StoredMessage message, JsonRequest request)
    {
        var answer = new JsonObject
        {
            ["MessageId"] = message.Id,
            ["ReceiptHandle"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{message.Id} {message.ReceiveCount}")),
            ["MD5OfBody"] = AttributeDigest.OfBody(message.Body),
            ["Body"] = message.Body,
        };
        string[] asked = [.. request.Texts("AttributeNames"), .. request.Texts("MessageSystemAttributeNames")];
        KeyValuePair<string, JsonNode?>[] system = [.. SystemAttributes(message)
            .Where(pair => pair.Value is not null && (asked.Contains("All") || asked.Contains(pair.Key)))
            .Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))];
        if (system.Length > 0)
        {
            answer["Attributes"] = new JsonObject(system);
        }

        var names = request.Texts("MessageAttributeNames");
        var attributes = new JsonObject(message.Attributes
            .Where(pair => names.Any(name => IsSelected(name, pair.Key)))
            .Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value!.DeepClone())));
        if (attributes.Count > 0)
        {
            answer["MD5OfMessageAttributes"] = AttributeDigest.OfAttributes(attributes);
            answer["MessageAttributes"] = attributes;
        }

        return answer;
    }

    /// <summary>Reads the message's id and the number of the receive from a receipt handle.</summary>
    public static (string Id, int Count)? ReadHandle(string? handle)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (handle is null || handle.Length > 300 || !Convert.TryFromBase64String(handle, bytes, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes[..length]).Split(' ');
        return parts.Length == 2 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var count) ? (parts[0], count) : null;
    }

    public static string SequenceNumber(StoredMessage message) =>
        (18_000_000_000_000_000_000UL + (ulong)message.SequenceNumber).ToString("D20", CultureInfo.InvariantCulture);

    private static bool IsSelected(string name, string attribute) =>
        name is "All" or ".*" || name == attribute
        || (name.EndsWith(".*", StringComparison.Ordinal) && attribute.StartsWith(name[..^2], StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, string?>> SystemAttributes(StoredMessage message)
    {
        yield return new("SenderId", "AIDAFAKE");
        yield return new("SentTimestamp", Milliseconds(message.SentAt));
        yield return new("ApproximateReceiveCount", message.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        yield return new("ApproximateFirstReceiveTimestamp", Milliseconds(message.FirstReceivedAt!.Value));
        yield return new("MessageGroupId", message.GroupId);
        yield return new("MessageDeduplicationId", message.DeduplicationId);
        var isFifo = message.GroupId is not null && message.DeduplicationId is not null;
        yield return new("SequenceNumber", isFifo ? SequenceNumber(message) : null);
        yield return new("DeadLetterQueueSourceArn", message.Origin);
        yield return new("AWSTraceHeader", message.SystemAttributes["AWSTraceHeader"]?["StringValue"]?.GetValue<string>());
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

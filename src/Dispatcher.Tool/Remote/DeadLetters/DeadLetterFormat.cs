using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>A reader of the messages in the form in which Lambda, SQS and EventBridge leave them.</summary>
internal static partial class DeadLetterFormat
{
    private const string NotReplayable = "its content is not a payload";

    /// <summary>Reads a message.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message, with all of its attributes.</param>
    /// <returns>What was not done.</returns>
    public static DeadLetter Read(DeadLetterQueue queue, Message message)
    {
        var received = int.TryParse(
            System(message, MessageSystemAttributeName.ApproximateReceiveCount), CultureInfo.InvariantCulture, out var count) ? count : 0;
        var sent = long.TryParse(System(message, MessageSystemAttributeName.SentTimestamp), CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : DateTimeOffset.UnixEpoch;
        var letter = new DeadLetter(queue, message.MessageId, message.ReceiptHandle, sent, received, string.Empty, message.Body)
        {
            Attributes = message.MessageAttributes,
        };
        return WithPayload(queue.Kind switch
        {
            DeadLetterKind.FailedRuns => ReadFailedRun(letter),
            DeadLetterKind.UndeliveredEvents => ReadUndelivered(letter, message),
            _ => letter with { Reason = $"received {letter.Received} times and not done; the log of the function has the errors" },
        });
    }

    /// <summary>The record that Lambda sends to a destination: the payload is in it, and so is the error.</summary>
    private static DeadLetter ReadFailedRun(DeadLetter letter)
    {
        if (Parse(letter.Payload) is not { } record || !record.TryGetProperty("requestPayload", out var payload))
        {
            return letter with { Reason = "unknown: the message is not the record of a failed invocation", Obstacle = NotReplayable };
        }

        var context = record.TryGetProperty("requestContext", out var request) ? request : default;
        var condition = Text(context, "condition");
        var error = record.TryGetProperty("responsePayload", out var response) ? Text(response, "errorMessage") : null;
        return letter with
        {
            Payload = payload.GetRawText(),
            At = DateTimeOffset.TryParse(
                Text(record, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : letter.At,
            Attempts = Number(context, "approximateInvokeCount"),
            Reason = error ?? condition switch
            {
                "EventAgeExceeded" => "it was not run before it was too old: the function had no room or was throttled",
                null => "unknown",
                _ => condition,
            },
            RunId = error is not null && RunInError().Match(error) is { Success: true } match ? match.Groups[1].Value : null,
        };
    }

    private static DeadLetter ReadUndelivered(DeadLetter letter, Message message)
    {
        var code = Own(message, "ERROR_CODE");
        var text = Own(message, "ERROR_MESSAGE");
        return letter with
        {
            Reason = string.Join(": ", new[] { code, text }.OfType<string>()) is { Length: > 0 } reason ? reason : "unknown",
            Attempts = int.TryParse(Own(message, "RETRY_ATTEMPTS"), CultureInfo.InvariantCulture, out var attempts) ? attempts : null,
            Obstacle = Own(message, "IS_PAYLOAD_TRUNCATED") == "true" ? "EventBridge has cut its content off" : null,
        };
    }

    private static DeadLetter WithPayload(DeadLetter letter)
    {
        if (letter.Obstacle is not null)
        {
            return letter;
        }

        // An event of another service has no job: the function finds it by its routes. A scheduled event lacks what the rule adds.
        return Parse(letter.Payload) switch
        {
            { } payload when Text(payload, "job") is { } job => letter with
            {
                Job = job,
                PayloadId = Text(payload, "id"),
                Parameters = payload.TryGetProperty("parameters", out var parameters) ? parameters : default,
                IsDryRun = payload.TryGetProperty("dryRun", out var dryRun) && dryRun.ValueKind == JsonValueKind.True,
            },
            { } payload when Text(payload, "detail-type") is { } type && type != "Scheduled Event" =>
                letter with { PayloadId = Text(payload, "id") },
            _ => letter with { Obstacle = NotReplayable },
        };
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.TryGetInt32(out var number)
            ? number
            : null;

    private static string? System(Message message, string name) => message.Attributes?.GetValueOrDefault(name);

    private static string? Own(Message message, string name) => message.MessageAttributes?.GetValueOrDefault(name)?.StringValue;

    [GeneratedRegex(@"\(run ([0-9a-fA-F-]{36})\)\s*$")]
    private static partial Regex RunInError();
}

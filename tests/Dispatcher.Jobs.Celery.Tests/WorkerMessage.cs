using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatcher.Jobs.Celery.Tests;

/// <summary>
/// A message as a Celery 5.2 worker with kombu's SQS transport reads it. Reading fails if the worker would crash, refuse or alter it.
/// </summary>
internal sealed partial record WorkerMessage(JsonElement Headers, JsonElement Properties, JsonElement Args, JsonElement Kwargs)
{
    public string Id => Headers.GetProperty("id").GetString()!;

    public string Task => Headers.GetProperty("task").GetString()!;

    public static WorkerMessage Read(string sqsBody, string workersQueueName)
    {
        // kombu: base64 that encodes back to the same text is decoded, anything else is taken as it is.
        var decoded = Convert.FromBase64String(sqsBody);
        Require(Convert.ToBase64String(decoded) == sqsBody, "the envelope is canonical base64");
        var envelope = JsonDocument.Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(decoded)).RootElement;
        var (headers, properties) = (envelope.GetProperty("headers"), envelope.GetProperty("properties"));

        Require(envelope.GetProperty("content-type").GetString() == "application/json", "the content type is JSON");
        Require(envelope.GetProperty("content-encoding").GetString() == "utf-8", "the encoding is UTF-8");
        Require(headers.GetProperty("id").GetString() is { Length: > 0 }, "there is an id: without one the worker ends");
        Require(headers.GetProperty("task").GetString() is { Length: > 0 }, "the task has a name");
        Require(
            headers.GetProperty("timelimit") is { ValueKind: JsonValueKind.Array } limits && limits.GetArrayLength() == 2,
            "there are two time limits");
        Require(headers.GetProperty("retries").GetInt32() == 0, "it has not been tried");
        Require(IsTime(headers.GetProperty("eta")) && IsTime(headers.GetProperty("expires")), "times are those that Celery reads");

        // The acknowledgement looks the queue up by this name: another one ends the worker when the task is done.
        Require(
            properties.GetProperty("delivery_info").GetProperty("routing_key").GetString() == workersQueueName,
            "the routing key is the worker's queue");
        Require(properties.GetProperty("body_encoding").GetString() == "base64", "the body is base64");
        Require(
            properties.GetProperty("correlation_id").GetString() == headers.GetProperty("id").GetString(),
            "the correlation id is the task's");

        var body = JsonDocument.Parse(Convert.FromBase64String(envelope.GetProperty("body").GetString()!)).RootElement;
        Require(body.GetArrayLength() == 3, "the body has exactly args, kwargs and embed");
        Require(body[0].ValueKind == JsonValueKind.Array && body[1].ValueKind == JsonValueKind.Object, "args is a list, kwargs a dict");
        Require(
            body[2].EnumerateObject().Select(field => field.Name).SequenceEqual(["callbacks", "errbacks", "chain", "chord"]),
            "embed is complete");
        return new WorkerMessage(headers, properties, body[0], body[1]);
    }

    /// <summary>Celery's parser takes the fraction as a count of microseconds: it must have six digits.</summary>
    private static bool IsTime(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (CeleryTime().IsMatch(value.GetString()!) && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _));

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"A worker could not run this message: it does not hold that {what}.");
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]\d\d:\d\d\z", RegexOptions.ExplicitCapture)]
    private static partial Regex CeleryTime();
}

using System.Globalization;
using System.Text.Json.Nodes;
using Dispatcher.Testing.Aws.Fakes.Calls;
using Dispatcher.Testing.Aws.Fakes.Http;

namespace Dispatcher.Testing.Aws.Fakes.Sqs;

/// <summary>The operations of SQS on queues.</summary>
internal sealed class QueueOperations(FakeWorld world, FakeSqs service, JsonRequest request, FakeCall call, string authority)
{
    public JsonObject Create()
    {
        request.Allow("QueueName", "Attributes", "tags");
        var name = request.Text("QueueName")!;
        var attributes = request["Attributes"] as JsonObject ?? [];
        if (attributes["FifoQueue"]?.GetValue<string>() == "true" && !name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SqsError.Invalid("The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end "
                + "with .fifo suffix and be 1 to 80 in length.");
        }

        if (!service.Queues.TryGetValue(name, out var queue))
        {
            queue = service.Queues[name] = new FakeQueue(world, name);
            Set(queue, attributes);
            world.Note(call, "sqs:CreateQueue", $"sqs://{name}");
        }

        return new JsonObject { ["QueueUrl"] = Url(queue) };
    }

    public JsonObject GetUrl()
    {
        request.Allow("QueueName", "QueueOwnerAWSAccountId");
        return new JsonObject { ["QueueUrl"] = Url(service.Find(request.Text("QueueName"))) };
    }

    public JsonObject List()
    {
        request.Allow("QueueNamePrefix", "MaxResults");
        var prefix = request.Text("QueueNamePrefix") ?? string.Empty;
        var found = service.Queues.Values.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(static queue => queue.Name, StringComparer.Ordinal)
            .Take(request.Number("MaxResults") ?? 1_000);
        return new JsonObject { ["QueueUrls"] = new JsonArray([.. found.Select(queue => (JsonNode)Url(queue))]) };
    }

    public JsonObject GetAttributes()
    {
        request.Allow("QueueUrl", "AttributeNames");
        var all = Describe(service.Find(request.Text("QueueUrl")));
        var asked = request.Texts("AttributeNames");
        var selected = asked.Contains("All") ? all : all.Where(pair => asked.Contains(pair.Key));
        return new JsonObject
        {
            ["Attributes"] = new JsonObject(selected.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
    }

    public JsonObject SetAttributes()
    {
        request.Allow("QueueUrl", "Attributes");
        Set(service.Find(request.Text("QueueUrl")), request["Attributes"]!.AsObject());
        return [];
    }

    public JsonObject Purge()
    {
        request.Allow("QueueUrl");
        var queue = service.Find(request.Text("QueueUrl"));
        world.Note(call, "sqs:PurgeQueue", $"sqs://{queue.Name}", $"{queue.Stored.Count} messages");
        queue.Stored.Clear();
        return [];
    }

    public JsonObject Delete()
    {
        request.Allow("QueueUrl");
        var queue = service.Find(request.Text("QueueUrl"));
        service.Queues.Remove(queue.Name);
        world.Note(call, "sqs:DeleteQueue", $"sqs://{queue.Name}");
        return [];
    }

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Count(IEnumerable<StoredMessage> messages) => messages.Count().ToString(CultureInfo.InvariantCulture);

    private string Url(FakeQueue queue) => $"http://{authority}/000000000000/{queue.Name}";

    private IEnumerable<KeyValuePair<string, string>> Describe(FakeQueue queue)
    {
        var now = world.Clock.GetUtcNow();
        yield return new("QueueArn", queue.Arn);
        yield return new("ApproximateNumberOfMessages", Count(queue.Stored.Where(message => message.VisibleAt <= now)));
        yield return new("ApproximateNumberOfMessagesNotVisible", Count(queue.Stored.Where(message => message.IsInFlight(now))));
        yield return new(
            "ApproximateNumberOfMessagesDelayed",
            Count(queue.Stored.Where(message => message.ReceiveCount == 0 && message.VisibleAt > now)));
        yield return new("CreatedTimestamp", queue.CreatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        yield return new("VisibilityTimeout", Seconds(queue.VisibilityTimeout));
        yield return new("DelaySeconds", Seconds(queue.Delay));
        if (queue.IsFifo)
        {
            yield return new("FifoQueue", "true");
            yield return new("ContentBasedDeduplication", queue.ContentBasedDeduplication ? "true" : "false");
        }

        if (queue.DeadLetterQueue is { } target)
        {
            yield return new(
                "RedrivePolicy",
                new JsonObject { ["deadLetterTargetArn"] = target.Arn, ["maxReceiveCount"] = queue.MaxReceiveCount }.ToJsonString());
        }
    }

    private void Set(FakeQueue queue, JsonObject attributes)
    {
        foreach (var (name, node) in attributes)
        {
            var value = node!.GetValue<string>();
            switch (name)
            {
                case "VisibilityTimeout":
                    queue.VisibilityTimeout = TimeSpan.FromSeconds(int.Parse(value, CultureInfo.InvariantCulture));
                    break;
                case "DelaySeconds":
                    queue.Delay = TimeSpan.FromSeconds(int.Parse(value, CultureInfo.InvariantCulture));
                    break;
                case "ContentBasedDeduplication":
                    queue.ContentBasedDeduplication = value == "true";
                    break;
                case "RedrivePolicy":
                    SetRedrive(queue, JsonNode.Parse(value)!.AsObject());
                    break;
                case "FifoQueue" or "Policy" or "MessageRetentionPeriod" or "KmsMasterKeyId" or "SqsManagedSseEnabled":
                    break;
                default:
                    throw new NotSupportedException($"The attribute {name} of a queue is not supported. Teach the fake what it means.");
            }
        }
    }

    private void SetRedrive(FakeQueue queue, JsonObject policy)
    {
        var arn = policy["deadLetterTargetArn"]!.GetValue<string>();
        queue.DeadLetterQueue = service.Queues.GetValueOrDefault(arn[(arn.LastIndexOf(':') + 1)..])
            ?? throw SqsError.Invalid(
                $"Value {policy.ToJsonString()} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.");
        queue.MaxReceiveCount = int.Parse(policy["maxReceiveCount"]!.ToString(), CultureInfo.InvariantCulture);
    }
}

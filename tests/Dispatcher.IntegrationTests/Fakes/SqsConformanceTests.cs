using Amazon.SQS;
using Amazon.SQS.Model;

namespace Dispatcher.IntegrationTests.Fakes;

/// <summary>The SQS in memory answers as moto does.</summary>
[Parallelizable]
internal sealed class SqsConformanceTests
{
    private const string Guide = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/";

    private static readonly MotoDeviation[] Deviations =
    [
        new("FIFO same message", "True", Guide + "SQSDeveloperGuide/using-messagededuplicationid-property.html"),
        new("deduplication id", "400 InvalidParameterValue", Guide + "APIReference/API_SendMessage.html"),
    ];

    [Test]
    public async Task Answers_SameCalls_AreThoseOfMoto([Values] FakeAccess access)
    {
        using var moto = (await SharedMoto.GetAsync()).CreateSqs();
        using var fake = new FakeClients(access);

        var expected = await TranscribeAsync(moto);
        var actual = await TranscribeAsync(fake.Sqs);

        Assert.That(actual.DifferencesFrom(expected, Deviations), Is.Empty);
    }

    private static async Task<Transcript> TranscribeAsync(AmazonSQSClient sqs)
    {
        var name = $"conformance-{Guid.NewGuid():N}";
        var transcript = new Transcript();
        await transcript.AddAsync("no queue", () => sqs.GetQueueUrlAsync("absent"), static answer => answer.QueueUrl);
        var url = (await sqs.CreateQueueAsync(name)).QueueUrl;
        await transcript.AddAsync("create again", () => sqs.CreateQueueAsync(name), answer => answer.QueueUrl == url);
        await transcript.AddAsync("url", () => sqs.GetQueueUrlAsync(name), answer => answer.QueueUrl == url);
        await transcript.AddAsync("list", () => sqs.ListQueuesAsync(name), answer => answer.QueueUrls.Single() == url);
        await transcript.AddAsync("attributes", () => AttributesAsync(sqs, url), static answer => answer);
        await StandardAsync(transcript, sqs, url);
        await BatchesAsync(transcript, sqs, url);
        await FifoAsync(transcript, sqs, name);
        await transcript.AddAsync("deduplication id", () => sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url, MessageBody = "body", MessageDeduplicationId = "id",
        }), static answer => answer.MD5OfMessageBody);
        await transcript.AddAsync("purge", () => sqs.PurgeQueueAsync(url), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("after purge", () => AttributesAsync(sqs, url), static answer => answer);
        await transcript.AddAsync("delete queue", () => sqs.DeleteQueueAsync(url), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("send to no queue", () => sqs.SendMessageAsync(url, "body"), static answer => answer.MD5OfMessageBody);
        return transcript;
    }

    private static async Task<string> AttributesAsync(AmazonSQSClient sqs, string url)
    {
        var answer = await sqs.GetQueueAttributesAsync(url, ["All"]);
        string[] names =
        [
            "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
            "VisibilityTimeout", "DelaySeconds", "FifoQueue", "ContentBasedDeduplication",
        ];
        return string.Join(' ', names.Select(name => $"{name}={answer.Attributes.GetValueOrDefault(name)}"));
    }

    private static async Task StandardAsync(Transcript transcript, AmazonSQSClient sqs, string url)
    {
        await transcript.AddAsync("send", () => sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = "body ü",
            MessageAttributes = new()
            {
                ["text"] = new() { DataType = "String", StringValue = "value" },
                ["number"] = new() { DataType = "Number", StringValue = "1" },
            },
        }), static answer => $"{answer.MD5OfMessageBody} {answer.MD5OfMessageAttributes} {answer.SequenceNumber}");
        await transcript.AddAsync("attributes with one", () => AttributesAsync(sqs, url), static answer => answer);
        List<Message> received = [];
        await transcript.AddAsync("receive", () => ReceiveAsync(sqs, url), answer => Describe(received = answer));
        await transcript.AddAsync("in flight", () => ReceiveAsync(sqs, url), Describe);
        await transcript.AddAsync("attributes in flight", () => AttributesAsync(sqs, url), static answer => answer);
        var handle = received.Single().ReceiptHandle;
        await transcript.AddAsync(
            "make visible", () => sqs.ChangeMessageVisibilityAsync(url, handle, 0), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("receive again", () => ReceiveAsync(sqs, url), answer => Describe(received = answer));
        await transcript.AddAsync(
            "delete", () => sqs.DeleteMessageAsync(url, received.Single().ReceiptHandle), static answer => answer.HttpStatusCode);
        await transcript.AddAsync(
            "delete again", () => sqs.DeleteMessageAsync(url, received.Single().ReceiptHandle), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("receive none", () => ReceiveAsync(sqs, url), Describe);
        await transcript.AddAsync("delete nonsense", () => sqs.DeleteMessageAsync(url, "nonsense"), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("eleven", () => ReceiveAsync(sqs, url, count: 11), Describe);
    }

    private static async Task BatchesAsync(Transcript transcript, AmazonSQSClient sqs, string url)
    {
        async Task SendAsync(string step, params SendMessageBatchRequestEntry[] entries) => await transcript.AddAsync(
            $"batch of {step}",
            () => sqs.SendMessageBatchAsync(url, [.. entries]),
            static answer => string.Join(", ", (answer.Successful ?? []).Select(static entry => $"{entry.Id} {entry.MD5OfMessageBody}")
                .Concat((answer.Failed ?? []).Select(static entry => $"{entry.Id} {entry.Code} {entry.SenderFault}"))));

        await SendAsync("two", new("1", "one"), new("2", "two"));
        await SendAsync("none");
        await SendAsync("eleven", [.. Enumerable.Range(1, 11).Select(static id => new SendMessageBatchRequestEntry($"{id}", "x"))]);
        await SendAsync("repeated ids", new("1", "one"), new("1", "two"));
        List<Message> received = [];
        await transcript.AddAsync(
            "receive batch", () => ReceiveAsync(sqs, url, count: 10),
            answer => string.Join(", ", (received = answer).Select(Body).Order()));
        await transcript.AddAsync(
            "change batch",
            () => sqs.ChangeMessageVisibilityBatchAsync(url, [.. received.Select(static (message, index) =>
                new ChangeMessageVisibilityBatchRequestEntry($"{index}", message.ReceiptHandle) { VisibilityTimeout = 60 })]),
            static answer => string.Join(", ", answer.Successful.Select(static entry => entry.Id)));
        await transcript.AddAsync(
            "delete batch",
            () => sqs.DeleteMessageBatchAsync(
                url,
                [new("nonsense", "nonsense"), .. received.Select(static (message, index) =>
                    new DeleteMessageBatchRequestEntry($"{index}", message.ReceiptHandle))]),
            static answer => string.Join(", ", answer.Successful.Select(static entry => entry.Id)
                .Concat(answer.Failed.Select(static entry => $"{entry.Id} {entry.Code} {entry.SenderFault}"))));
    }

    private static async Task FifoAsync(Transcript transcript, AmazonSQSClient sqs, string name)
    {
        var url = (await sqs.CreateQueueAsync(new CreateQueueRequest
        {
            QueueName = $"{name}.fifo", Attributes = new() { ["FifoQueue"] = "true" },
        })).QueueUrl;
        async Task<string?> SendAsync(string step, string body, string? group, string? id)
        {
            string? messageId = null;
            await transcript.AddAsync(
                $"FIFO {step}",
                () => sqs.SendMessageAsync(new SendMessageRequest
                {
                    QueueUrl = url, MessageBody = body, MessageGroupId = group, MessageDeduplicationId = id,
                }),
                answer => $"{answer.MD5OfMessageBody} {(messageId = answer.MessageId) is not null} {answer.SequenceNumber is not null}");
            return messageId;
        }

        var first = await SendAsync("first", "a1", "a", "1");
        var again = await SendAsync("first again", "a1", "a", "1");
        await transcript.AddAsync("FIFO same message", () => Task.FromResult(first == again), static same => same);
        await SendAsync("second of the group", "a2", "a", "2");
        await SendAsync("of another group", "b1", "b", "3");
        await SendAsync("without a group", "c1", null, "4");
        await SendAsync("without an id", "c1", "c", null);
        await transcript.AddAsync("FIFO attributes", () => AttributesAsync(sqs, url), static answer => answer);
        List<Message> received = [];
        await transcript.AddAsync("FIFO receive one", () => ReceiveAsync(sqs, url), answer => Describe(received = answer));
        await transcript.AddAsync("FIFO receive beside it", () => ReceiveAsync(sqs, url, count: 10), Describe);
        await transcript.AddAsync(
            "FIFO delete", () => sqs.DeleteMessageAsync(url, received.Single().ReceiptHandle), static answer => answer.HttpStatusCode);
        await transcript.AddAsync("FIFO receive the next", () => ReceiveAsync(sqs, url, count: 10), Describe);
        await transcript.AddAsync("FIFO name", () => sqs.CreateQueueAsync(new CreateQueueRequest
        {
            QueueName = name + "-fifo", Attributes = new() { ["FifoQueue"] = "true" },
        }), static _ => "done");
    }

    private static async Task<List<Message>> ReceiveAsync(AmazonSQSClient sqs, string url, int count = 1) =>
        (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = url, MaxNumberOfMessages = count, MessageAttributeNames = ["All"], MessageSystemAttributeNames = ["All"],
        })).Messages ?? [];

    private static string Body(Message message) => message.Body;

    private static string Describe(List<Message> messages) => string.Join(", ", messages.Select(static message =>
    {
        string[] names = ["ApproximateReceiveCount", "MessageGroupId", "MessageDeduplicationId"];
        var system = names.Select(name => message.Attributes?.GetValueOrDefault(name));
        var attributes = (message.MessageAttributes ?? []).Select(static pair => $"{pair.Key}={pair.Value.StringValue}").Order();
        return $"{message.Body} {message.MD5OfBody} {message.MD5OfMessageAttributes} "
            + $"{string.Join(' ', system)} {string.Join(' ', attributes)}";
    }));
}

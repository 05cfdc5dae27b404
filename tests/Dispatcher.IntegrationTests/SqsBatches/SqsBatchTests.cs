using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Lambda;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.IntegrationTests.SqsBatches;

/// <summary>
/// Plays the event source mapping between a queue on the server and the entry point: receives, invokes, and deletes what was not
/// answered as failed.
/// </summary>
public sealed class SqsBatchTests
{
    private AmazonSQSClient _sqs = null!;

    [OneTimeSetUp]
    public async Task CreateClientAsync()
    {
        var moto = await SharedMoto.GetAsync();
        _sqs = moto.CreateSqs();
    }

    [OneTimeTearDown]
    public void DisposeClient() => _sqs.Dispose();

    [Test]
    public async Task HandleAsync_MessagesOfAStandardQueue_LeavesOnlyTheFailedAndThePoisonous()
    {
        var queue = await CreateQueueAsync("batch-standard");
        foreach (var body in (string[])
                 [
                     """{"job":"echo","id":"one"}""",
                     "{ not JSON",
                     """{"job":"echo","id":"bad-two"}""",
                     """{"job":"ecko","id":"unknown"}""",
                     """{"job":"echo","id":"three"}""",
                 ])
        {
            await _sqs.SendMessageAsync(new SendMessageRequest(queue, body));
        }

        var (ran, left) = await DeliverAsync(queue);

        Assert.That(ran, Is.EquivalentTo(new[] { "one", "bad-two", "three" }));
        Assert.That(left, Is.EquivalentTo(new[] { "{ not JSON", """{"job":"echo","id":"bad-two"}""", """{"job":"ecko","id":"unknown"}""" }));
    }

    [Test]
    public async Task HandleAsync_MessagesOfAFifoQueue_StopsAtTheFirstFailure()
    {
        var queue = await CreateQueueAsync("batch.fifo", new() { ["FifoQueue"] = "true", ["ContentBasedDeduplication"] = "true" });
        foreach (var (id, group) in ((string, string)[])[("a1", "A"), ("b1", "B"), ("bad-a2", "A"), ("b2", "B"), ("a3", "A")])
        {
            await _sqs.SendMessageAsync(new SendMessageRequest(queue, $$"""{"job":"echo","id":"{{id}}"}""") { MessageGroupId = group });
        }

        var (ran, left) = await DeliverAsync(queue);

        Assert.That(ran, Is.EqualTo(new[] { "a1", "b1", "bad-a2" }));
        Assert.That(left, Is.EqualTo(new[]
        {
            """{"job":"echo","id":"bad-a2"}""", """{"job":"echo","id":"b2"}""", """{"job":"echo","id":"a3"}""",
        }));
    }

    [Test]
    public async Task HandleAsync_MessageWithoutId_RunsForTheMessagesId()
    {
        var queue = await CreateQueueAsync("batch-ids");
        var sent = await _sqs.SendMessageAsync(new SendMessageRequest(queue, """{"job":"echo"}"""));

        var (ran, left) = await DeliverAsync(queue);

        Assert.That(ran, Is.EqualTo(new[] { sent.MessageId }));
        Assert.That(left, Is.Empty);
    }

    private async Task<string> CreateQueueAsync(string name, Dictionary<string, string>? attributes = null) =>
        (await _sqs.CreateQueueAsync(new CreateQueueRequest(name) { Attributes = attributes })).QueueUrl;

    /// <summary>Delivers what is in the queue once, as one batch.</summary>
    /// <returns>The ids that were run for, and the bodies that were not deleted.</returns>
    private async Task<(IReadOnlyList<string> Ran, IReadOnlyList<string> Left)> DeliverAsync(string queue)
    {
        var arn = (await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue, ["QueueArn"]))).Attributes["QueueArn"];
        var received = await _sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(queue) { MaxNumberOfMessages = 10, MessageSystemAttributeNames = ["All"], VisibilityTimeout = 300 });

        var log = new EchoLog();
        var answer = await InvokeAsync(ToEvent(received.Messages, arn), log);
        var failed = answer.GetProperty("batchItemFailures").EnumerateArray()
            .Select(failure => failure.GetProperty("itemIdentifier").GetString()).ToHashSet();

        foreach (var message in received.Messages.Where(message => !failed.Contains(message.MessageId)))
        {
            await _sqs.DeleteMessageAsync(new DeleteMessageRequest(queue, message.ReceiptHandle));
        }

        var counts = await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue, ["ApproximateNumberOfMessagesNotVisible"]));
        Assert.That(counts.Attributes["ApproximateNumberOfMessagesNotVisible"], Is.EqualTo($"{failed.Count}"));
        return ([.. log.Ids], [.. received.Messages.Where(message => failed.Contains(message.MessageId)).Select(message => message.Body)]);
    }

    private static string ToEvent(IEnumerable<Message> messages, string arn) => JsonSerializer.Serialize(new
    {
        Records = messages.Select(message => new
        {
            messageId = message.MessageId,
            receiptHandle = message.ReceiptHandle,
            body = message.Body,
            attributes = message.Attributes,
            messageAttributes = new { },
            md5OfBody = message.MD5OfBody,
            eventSource = "aws:sqs",
            eventSourceARN = arn,
            awsRegion = "us-east-1",
        }),
    });

    private static async Task<JsonElement> InvokeAsync(string payload, EchoLog log)
    {
        var services = new ServiceCollection();
        services.AddSingleton(log);
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddMaintenanceDispatcher().UseStandardMiddleware().AddJob<EchoJob>("echo").AddLambdaHost();
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<LambdaEntryPoint>().HandleAsync(JsonElement.Parse(payload), Mock.Of<ILambdaContext>());
    }
}

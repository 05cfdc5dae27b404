using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Lambda.Tests;

namespace Dispatcher.IntegrationTests.Messages.Batches;

/// <summary>
/// Plays Lambda's event source mapping with <c>ReportBatchItemFailures</c>: receives messages, invokes the function with them, and deletes
/// those that it does not report. The reported ones come back when their visibility timeout has passed.
/// </summary>
internal sealed class EventSourceMapping(AmazonSQSClient sqs, string queue, FunctionProcess function)
{
    private const int BatchSize = 10;

    /// <summary>Delivers one batch.</summary>
    /// <returns>The bodies of the messages that were delivered, and of those that were reported.</returns>
    public async Task<(IReadOnlyList<string> Delivered, IReadOnlyList<string> Reported)> DeliverAsync()
    {
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue)
        {
            MaxNumberOfMessages = BatchSize,
            MessageSystemAttributeNames = ["All"],

            // So long the queue waits for messages to come back.
            WaitTimeSeconds = 20,
        });
        var messages = received.Messages ?? [];
        Assert.That(messages, Is.Not.Empty, "nothing came from the queue within 20 s");
        var attributes = await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue, ["QueueArn"]));
        var answer = await function.InvokeAsync(ToEvent(messages, attributes.Attributes["QueueArn"]));
        Assert.That(answer.Path, Does.EndWith("/response"), answer.Body.GetRawText());

        var reported = answer.Body.GetProperty("batchItemFailures").EnumerateArray()
            .Select(failure => failure.GetProperty("itemIdentifier").GetString()!).ToHashSet();
        Assert.That(reported, Is.SubsetOf(messages.Select(message => message.MessageId)), "an unknown id would return the whole batch");
        foreach (var message in messages.Where(message => !reported.Contains(message.MessageId)))
        {
            await sqs.DeleteMessageAsync(new DeleteMessageRequest(queue, message.ReceiptHandle));
        }

        return (
            [.. messages.Select(message => message.Body)],
            [.. messages.Where(message => reported.Contains(message.MessageId)).Select(message => message.Body)]);
    }

    /// <summary>Writes the event as https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html shows it.</summary>
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
}

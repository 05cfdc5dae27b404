using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.Sqs;

[Category("Integration")]
public sealed class AmazonSQSMotoTests
{
    [Test]
    public async Task Queue_Moto_TakesAndGivesMessages()
    {
        await using var moto = await MotoServer.StartAsync();
        using var client = new AmazonSQSClient("key", "secret", new AmazonSQSConfig { ServiceURL = moto.Url, AuthenticationRegion = "us-east-1" });

        var queue = (await client.CreateQueueAsync("celery")).QueueUrl;
        var sent = await client.SendMessageAsync(queue, "one");
        await client.SendMessageBatchAsync(queue, [new("2", "two"), new("3", "three")]);
        var found = await client.GetQueueUrlAsync("celery");
        var attributes = await client.GetQueueAttributesAsync(queue, ["ApproximateNumberOfMessages"]);
        var received = await client.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { MaxNumberOfMessages = 10 });
        foreach (var message in received.Messages)
        {
            await client.DeleteMessageAsync(queue, message.ReceiptHandle);
        }

        Assert.That(sent.MD5OfMessageBody, Is.EqualTo("f97c5d29941bfb1b2fdab0874906ab82"));
        Assert.That(found.QueueUrl, Is.EqualTo(queue));
        Assert.That(attributes.Attributes["ApproximateNumberOfMessages"], Is.EqualTo("3"));
        Assert.That(received.Messages.Select(message => message.Body), Is.EquivalentTo(new[] { "one", "two", "three" }));
        Assert.That(async () => await client.GetQueueUrlAsync("nowhere"), Throws.TypeOf<QueueDoesNotExistException>());
    }
}

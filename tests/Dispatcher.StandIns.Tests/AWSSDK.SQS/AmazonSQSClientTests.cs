using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.StandIns.Tests.Sqs;

public sealed class AmazonSQSClientTests
{
    private const string Queue = "https://sqs.eu-central-1.amazonaws.com/1/celery";

    [Test]
    public async Task SendMessageAsync_Message_WritesItAndReadsTheAnswer()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, """{"MessageId":"m-1","MD5OfMessageBody":"5d41"}"""));
        using var client = Client(server);

        var response = await client.SendMessageAsync(new SendMessageRequest(Queue, "hello")
        {
            DelaySeconds = 3,
            MessageGroupId = "g",
            MessageAttributes = new() { ["kind"] = new MessageAttributeValue { DataType = "String", StringValue = "test" } },
        });
        var request = await server.TakeAsync();

        Assert.That(request.Headers["X-Amz-Target"], Is.EqualTo("AmazonSQS.SendMessage"));
        Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/x-amz-json-1.0"));
        Assert.That(request.Text, Is.EqualTo(
            $$$"""{"DelaySeconds":3,"MessageAttributes":{"kind":{"DataType":"String","StringValue":"test"}},"MessageBody":"hello","MessageGroupId":"g","QueueUrl":"{{{Queue}}}"}"""));
        Assert.That(response.MessageId, Is.EqualTo("m-1"));
        Assert.That(response.MD5OfMessageBody, Is.EqualTo("5d41"));
    }

    [Test]
    public async Task SendMessageBatchAsync_PartialFailure_TellsWhichFailed()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            200, """{"Successful":[{"Id":"1","MessageId":"m"}],"Failed":[{"Id":"2","Code":"InternalError","Message":"x","SenderFault":false}]}"""));
        using var client = Client(server);

        var response = await client.SendMessageBatchAsync(Queue, [new("1", "a"), new("2", "b")]);

        Assert.That(response.Successful.Single().MessageId, Is.EqualTo("m"));
        Assert.That(response.Failed.Single().Id, Is.EqualTo("2"));
        Assert.That(response.Failed.Single().SenderFault, Is.False);
    }

    [Test]
    public async Task ReceiveMessageAsync_EmptyQueue_HasNoList()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(200, "{}"));
        using var client = Client(server);

        var response = await client.ReceiveMessageAsync(Queue);

        Assert.That(response.Messages, Is.Null);
    }

    [Test]
    public async Task SendMessageAsync_NoSuchQueue_NamesTheErrorAsTheQueryProtocolDid()
    {
        await using var server = LoopbackServer.Giving(new CannedResponse(
            400,
            """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"}""",
            ("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender")));
        using var client = Client(server);

        Assert.That(
            async () => await client.SendMessageAsync(Queue, "x"),
            Throws.TypeOf<QueueDoesNotExistException>().With.Property("ErrorCode").EqualTo("AWS.SimpleQueueService.NonExistentQueue"));
        Assert.That((await server.TakeAsync()).Headers["x-amzn-query-mode"], Is.EqualTo("true"));
    }

    private static AmazonSQSClient Client(LoopbackServer server) =>
        new("key", "secret", new AmazonSQSConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-central-1", MaxErrorRetry = 0 });
}

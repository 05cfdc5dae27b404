using Amazon.SQS;
using Amazon.SQS.Model;

namespace Dispatcher.Testing.Aws.Fakes.Tests;

/// <summary>The behaviour of queues over time; the answers to single calls are compared with those of moto.</summary>
[Parallelizable]
internal sealed class FakeSqsTests
{
    private const string Url = "http://sqs.fake/000000000000/";

    private PauselessTimeProvider _clock = null!;
    private FakeAws _aws = null!;
    private AmazonSQSClient _sqs = null!;

    [SetUp]
    public void CreateWorld()
    {
        _clock = new PauselessTimeProvider(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        _aws = new FakeAws(_clock);
        _sqs = _aws.CreateSqs();
    }

    [TearDown]
    public void DisposeClient() => _sqs.Dispose();

    [Test]
    public async Task Receive_MessageInFlight_ReturnsItAgainAfterTheVisibilityTimeout()
    {
        _aws.Sqs.CreateQueue("queue").Send("body");

        var first = await ReceiveAsync("queue");
        var inFlight = await ReceiveAsync("queue");
        _clock.Advance(TimeSpan.FromSeconds(30));
        var again = await ReceiveAsync("queue");

        Assert.That((first.Count, inFlight.Count, again.Count), Is.EqualTo((1, 0, 1)));
        Assert.That(again[0].Attributes["ApproximateReceiveCount"], Is.EqualTo("2"));
    }

    [Test]
    public async Task Receive_WithWaitTime_ReturnsTheMessageThatBecomesVisibleMeanwhile()
    {
        _aws.Sqs.CreateQueue("queue").Send("body");
        await ReceiveAsync("queue");

        var received = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = Url + "queue", WaitTimeSeconds = 20, VisibilityTimeout = 0,
        });
        var later = await ReceiveAsync("queue", waitSeconds: 20);

        Assert.That((received.Messages?.Count ?? 0, later.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Receive_MessageThatWasReceivedTooOften_MovesItToTheDeadLetterQueue()
    {
        var queue = _aws.Sqs.CreateQueue("queue");
        queue.DeadLetterQueue = _aws.Sqs.CreateQueue("dead");
        queue.MaxReceiveCount = 2;
        queue.Send("body");
        for (var count = 0; count < 2; count++)
        {
            await ReceiveAsync("queue");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var third = await ReceiveAsync("queue");
        var dead = await ReceiveAsync("dead");

        Assert.That((third.Count, dead.Single().Body), Is.EqualTo((0, "body")));
        Assert.That(dead[0].Attributes["DeadLetterQueueSourceArn"], Is.EqualTo(queue.Arn));
    }

    [Test]
    public async Task Send_SameDeduplicationIdWithinFiveMinutes_KeepsOneMessage()
    {
        var queue = _aws.Sqs.CreateQueue("queue.fifo");
        async Task<string> SendAsync() => (await _sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = Url + "queue.fifo", MessageBody = "body", MessageGroupId = "group", MessageDeduplicationId = "once",
        })).MessageId;

        var first = await SendAsync();
        _clock.Advance(TimeSpan.FromMinutes(4));
        var second = await SendAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var third = await SendAsync();

        Assert.That((second == first, third == first, queue.Messages.Count), Is.EqualTo((true, false, 2)));
    }

    [Test]
    public async Task Receive_GroupWithAMessageInFlight_ReturnsOtherGroupsOnly()
    {
        var queue = _aws.Sqs.CreateQueue("queue.fifo");
        queue.Send("a1", "a", "1");
        queue.Send("a2", "a", "2");
        queue.Send("b1", "b", "3");

        var first = await ReceiveAsync("queue.fifo", count: 1);
        var second = await ReceiveAsync("queue.fifo");
        await _sqs.DeleteMessageAsync(Url + "queue.fifo", first[0].ReceiptHandle);
        var third = await ReceiveAsync("queue.fifo");

        Assert.That(Bodies(first, second, third), Is.EqualTo(["a1", "b1", "a2"]));
    }

    [Test]
    public async Task Delete_WithTheHandleOfAnEarlierReceive_KeepsTheMessage()
    {
        var queue = _aws.Sqs.CreateQueue("queue");
        queue.Send("body");
        var first = await ReceiveAsync("queue");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ReceiveAsync("queue");

        await _sqs.DeleteMessageAsync(Url + "queue", first[0].ReceiptHandle);

        Assert.That(queue.Messages, Has.Count.EqualTo(1));
    }

    private static IEnumerable<string> Bodies(params IReadOnlyList<Message>[] received) =>
        received.SelectMany(static messages => messages).Select(static message => message.Body);

    private async Task<List<Message>> ReceiveAsync(string queue, int count = 10, int waitSeconds = 0) =>
        (await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = Url + queue,
            MaxNumberOfMessages = count,
            WaitTimeSeconds = waitSeconds,
            MessageSystemAttributeNames = ["All"],
        })).Messages ?? [];
}

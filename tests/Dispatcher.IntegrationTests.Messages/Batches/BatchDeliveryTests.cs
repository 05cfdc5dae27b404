using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Lambda.Tests;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.IntegrationTests.Messages.Batches;

/// <summary>Sends payloads to a queue, and has the deployed program work them through, delivery by delivery.</summary>
public sealed class BatchDeliveryTests
{
    private const string Poison = """{"job":"celery-enqeue"}""";

    private MotoServer _moto = null!;
    private AmazonSQSClient _sqs = null!;
    private FunctionProcess _function = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _sqs = _moto.CreateSqs();
        _function = FunctionProcess.Start(
            "Dispatcher.Function.dll",
            ("AWS_ENDPOINT_URL", _moto.Url),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", "testing"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_function is not null)
        {
            await _function.DisposeAsync();
        }

        _sqs?.Dispose();
    }

    [Test]
    public async Task Deliver_StandardQueue_RunsAllAndRepeatsOnlyTheReported()
    {
        await using var endpoint = FailingOnce();
        var target = await CreateQueueAsync("target");
        var queue = await CreateQueueAsync("jobs");
        var (first, call, second) = (Enqueue(target, "first"), Call(endpoint), Enqueue(target, "second"));
        foreach (var body in (string[])[first, call, Poison, second])
        {
            await _sqs.SendMessageAsync(new SendMessageRequest(queue, body));
        }

        var mapping = new EventSourceMapping(_sqs, queue, _function);
        var (delivered, reported) = await mapping.DeliverAsync();
        var (deliveredAgain, reportedAgain) = await mapping.DeliverAsync();

        Assert.That(delivered, Is.EquivalentTo(new[] { first, call, Poison, second }));
        Assert.That(reported, Is.EquivalentTo(new[] { call, Poison }));
        Assert.That(deliveredAgain, Is.EquivalentTo(new[] { call, Poison }));
        Assert.That(reportedAgain, Is.EqualTo(new[] { Poison }));
        Assert.That(await ReadTasksAsync(target), Is.EquivalentTo(new[] { "first", "second" }), "each ran once");
        Assert.That(
            endpoint.Requests.Select(request => request.Header("Idempotency-Key")).Distinct().Count(), Is.EqualTo(1), "the message's id");
        Assert.That(endpoint.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Deliver_FifoQueue_StopsAtTheFailureAndGoesOnInOrder()
    {
        await using var endpoint = FailingOnce();
        var target = await CreateQueueAsync("target-of-fifo");
        var queue = await CreateQueueAsync("jobs.fifo", ("FifoQueue", "true"), ("ContentBasedDeduplication", "true"));
        var (first, call, second, third) = (Enqueue(target, "first"), Call(endpoint), Enqueue(target, "second"), Enqueue(target, "third"));

        // One message of each group comes back: of several, moto forgets the order.
        foreach (var (body, group) in ((string, string)[])[(first, "A"), (call, "A"), (second, "B"), (third, "C")])
        {
            await _sqs.SendMessageAsync(new SendMessageRequest(queue, body) { MessageGroupId = group });
        }

        var mapping = new EventSourceMapping(_sqs, queue, _function);
        var (delivered, reported) = await mapping.DeliverAsync();
        var tasksBefore = await ReadTasksAsync(target);
        var (deliveredAgain, reportedAgain) = await mapping.DeliverAsync();

        Assert.That(delivered, Is.EqualTo(new[] { first, call, second, third }));
        Assert.That(reported, Is.EqualTo(new[] { call, second, third }), "all behind the failure, whatever their group");
        Assert.That(tasksBefore, Is.EqualTo(new[] { "first" }));
        Assert.That(deliveredAgain, Is.EqualTo(new[] { call, second, third }));
        Assert.That(reportedAgain, Is.Empty);
        Assert.That(await ReadTasksAsync(target), Is.EquivalentTo(new[] { "second", "third" }));
        Assert.That(endpoint.Requests, Has.Count.EqualTo(2));
    }

    private static MisbehavingServer FailingOnce() => new(MisbehavingServer.Answer(400), MisbehavingServer.Answer(200));

    private static string Enqueue(string queue, string argument) =>
        $$$"""{"job":"celery-enqueue","parameters":{"queueUrl":"{{{queue}}}","task":"app.tasks.run","args":["{{{argument}}}"]}}""";

    private static string Call(MisbehavingServer endpoint) => $$$"""{"job":"http-trigger","parameters":{"url":"{{{endpoint.Url}}}"}}""";

    private async Task<string> CreateQueueAsync(string name, params (string Name, string Value)[] attributes)
    {
        var request = new CreateQueueRequest(name) { Attributes = attributes.ToDictionary(attribute => attribute.Name, attribute =>
            attribute.Value) };

        // What is reported comes back this soon.
        request.Attributes["VisibilityTimeout"] = "2";
        return (await _sqs.CreateQueueAsync(request)).QueueUrl;
    }

    /// <summary>Takes the tasks off a queue, and answers the argument of each.</summary>
    private async Task<IReadOnlyList<string?>> ReadTasksAsync(string queue)
    {
        var received = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { MaxNumberOfMessages = 10 });
        var arguments = new List<string?>();
        foreach (var message in received.Messages ?? [])
        {
            using var envelope = JsonDocument.Parse(Convert.FromBase64String(message.Body));
            using var body = JsonDocument.Parse(envelope.RootElement.GetProperty("body").GetBytesFromBase64());
            arguments.Add(body.RootElement[0][0].GetString());
            await _sqs.DeleteMessageAsync(new DeleteMessageRequest(queue, message.ReceiptHandle));
        }

        return arguments;
    }
}

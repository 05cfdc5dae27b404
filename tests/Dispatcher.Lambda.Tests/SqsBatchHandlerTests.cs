using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moq;

namespace Dispatcher.Lambda.Tests;

public sealed class SqsBatchHandlerTests
{
    private readonly ConcurrentQueue<string> _ran = new();
    private readonly ProbeBehaviour _probe = new();
    private RecordingLoggerProvider _logs = null!;
    private TestClock _clock = null!;

    [SetUp]
    public void SetUp()
    {
        _ran.Clear();
        _logs = new RecordingLoggerProvider();
        _clock = new TestClock();
        _probe.Run = (context, _) =>
        {
            _ran.Enqueue(context.Request.Id!);
            return Task.FromResult(
                context.Request.Id!.StartsWith("bad", StringComparison.Ordinal)
                    ? JobResult.Failed("It broke.")
                    : JobResult.Succeeded("Done."));
        };
    }

    [TearDown]
    public void TearDown() => _logs.Dispose();

    [Test]
    public async Task HandleAsync_DocumentedEvent_RunsEachMessageInOrderAndAnswersThatAllAreDone()
    {
        // The example of https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, with payloads for bodies.
        const string Event = """
            {"Records":[
              {"messageId":"059f36b4-87a3-44ab-83d2-661975830a7d","receiptHandle":"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
               "body":"{\"job\":\"probe\"}",
               "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1545082649183","SenderId":"AIDAIENQZJOLO23YVJ4VO",
                             "ApproximateFirstReceiveTimestamp":"1545082649185"},
               "messageAttributes":{"myAttribute":{"stringValue":"myValue","stringListValues":[],"binaryListValues":[],"dataType":"String"}},
               "md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","eventSource":"aws:sqs",
               "eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:my-queue","awsRegion":"us-east-2"},
              {"messageId":"2e1424d4-f796-459a-8184-9c92662be6da","receiptHandle":"AQEBzWwaftRI0KuVm4tP+/7q1rGgNqicHq...",
               "body":"{\"job\":\"probe\",\"id\":\"own-id\"}",
               "attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1545082650636","SenderId":"AIDAIENQZJOLO23YVJ4VO",
                             "ApproximateFirstReceiveTimestamp":"1545082650649"},
               "messageAttributes":{},"md5OfBody":"e4e68fb7bd0e697a0ae8f1bb342846b3","eventSource":"aws:sqs",
               "eventSourceARN":"arn:aws:sqs:us-east-2:123456789012:my-queue","awsRegion":"us-east-2"}]}
            """;

        var answer = await InvokeAsync(Event);

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "059f36b4-87a3-44ab-83d2-661975830a7d", "own-id" }));
    }

    [Test]
    public async Task HandleAsync_FailedRun_GoesBackAndTheOthersAreDone()
    {
        var answer = await InvokeAsync(Batch("queue", ("a", null), ("bad", null), ("c", null)));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"bad"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a", "bad", "c" }));
        Assert.That(
            _logs.Lines, Has.One.Contains("Message bad of arn:aws:sqs:us-east-1:123456789012:queue goes back to the queue: its run"));
    }

    [TestCase("not JSON", "The payload is not JSON")]
    [TestCase("", "The payload is empty")]
    [TestCase("[]", "not an object")]
    [TestCase("""{"job":"prob"}""", "Did you mean 'probe'?")]
    [TestCase("""{"job":"probe","dry_run":true}""", "Did you mean 'dryRun'?")]
    [TestCase("""{"Records":[]}""", "a batch of records that are not SQS messages")]
    [TestCase("""{"source":"s","detail-type":"t","detail":{}}""", "The payload is a native event")]
    public async Task HandleAsync_PoisonMessage_GoesBackAloneAndIsLogged(string body, string problem)
    {
        var answer = await InvokeAsync(Batch("queue", ("a", null), ("poison", body), ("c", null)));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"poison"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a", "c" }));
        Assert.That(
            _logs.Lines,
            Has.One.StartsWith("Error").And.One.Contains(
                "Message poison of arn:aws:sqs:us-east-1:123456789012:queue cannot be run").And.One.Contains(problem));
    }

    [Test]
    public async Task HandleAsync_FifoQueue_StopsAtTheFirstFailureAndReturnsTheRest()
    {
        var answer = await InvokeAsync(Batch(
            "queue.fifo", ("a1", "A", null), ("b1", "B", null), ("bad-a2", "A", null), ("b2", "B", null), ("a3", "A", null)));

        Assert.That(
            answer,
            Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"bad-a2"},{"itemIdentifier":"b2"},{"itemIdentifier":"a3"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a1", "b1", "bad-a2" }));
        Assert.That(_logs.Lines, Has.One.Contains("The batch stops at message bad-a2 of arn:aws:sqs:us-east-1:123456789012:queue.fifo"));
    }

    [Test]
    public async Task HandleAsync_PoisonInAFifoQueue_ReturnsTheRest()
    {
        var answer = await InvokeAsync(Batch("queue.fifo", ("a1", "A", null), ("poison", "A", "{"), ("b1", "B", null)));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"poison"},{"itemIdentifier":"b1"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a1" }));
    }

    [Test]
    public async Task HandleAsync_FifoQueueAndTimeIsShort_ReturnsTheRest()
    {
        _probe.Run = (context, _) =>
        {
            _ran.Enqueue(context.Request.Id!);
            _clock.Advance(TimeSpan.FromSeconds(100));
            return Task.FromResult(JobResult.Succeeded("Done."));
        };

        var answer = await InvokeAsync(
            Batch("queue.fifo", ("a1", "A", null), ("b1", "B", null), ("a2", "A", null)), TimeSpan.FromSeconds(120));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"b1"},{"itemIdentifier":"a2"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a1" }));
    }

    [Test]
    public async Task HandleAsync_GroupsOfAStandardQueue_SayNothingAboutOrder()
    {
        var answer = await InvokeAsync(Batch("queue", ("bad-1", "tenant", null), ("2", "tenant", null)));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"bad-1"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "bad-1", "2" }));
    }

    [Test]
    public async Task HandleAsync_Default_RunsOneAfterTheOther()
    {
        var (running, most) = (0, 0);
        _probe.Run = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return JobResult.Succeeded("Done.");
        };

        await InvokeAsync(Batch("queue", [.. Enumerable.Range(0, 10).Select(index => ($"{index}", (string?)null))]));

        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task HandleAsync_MaxConcurrency_RunsSoManyAtOnce()
    {
        using var together = new Barrier(2);
        _probe.Run = (context, cancellationToken) =>
        {
            // Two have to be here, or this does not end.
            Assert.That(together.SignalAndWait(TimeSpan.FromSeconds(30), cancellationToken));
            _ran.Enqueue(context.Request.Id!);
            return Task.FromResult(JobResult.Succeeded("Done."));
        };

        await InvokeAsync(
            Batch("queue", ("a", null), ("b", null), ("c", null), ("d", null)), configuration: new() { ["SqsBatch:MaxConcurrency"] = "2" });

        Assert.That(_ran, Is.EquivalentTo(new[] { "a", "b", "c", "d" }));
    }

    [Test]
    public async Task HandleAsync_MaxConcurrencyOnAFifoQueue_RunsOneAfterTheOther()
    {
        var (running, most) = (0, 0);
        _probe.Run = async (context, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            _ran.Enqueue(context.Request.Id!);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return JobResult.Succeeded("Done.");
        };

        await InvokeAsync(
            Batch("queue.fifo", ("a1", "A", null), ("b1", "B", null), ("a2", "A", null), ("b2", "B", null)),
            configuration: new() { ["SqsBatch:MaxConcurrency"] = "4" });

        Assert.That(most, Is.EqualTo(1));
        Assert.That(_ran, Is.EqualTo(new[] { "a1", "b1", "a2", "b2" }));
    }

    [Test]
    public async Task HandleAsync_TimeIsShort_ReturnsWhatWasNotStarted()
    {
        _probe.Run = (context, _) =>
        {
            _ran.Enqueue(context.Request.Id!);
            _clock.Advance(TimeSpan.FromSeconds(35));
            return Task.FromResult(JobResult.Succeeded("Done."));
        };

        var answer = await InvokeAsync(Batch("queue", ("a", null), ("b", null), ("c", null), ("d", null)), TimeSpan.FromSeconds(120));

        // 120, 85 and 50 s are enough to start with, 15 s are not.
        Assert.That(_ran, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"d"}]}"""));
        Assert.That(_logs.Lines, Has.One.Contains("Message d of").And.One.Contains("too little time was left to start it"));
    }

    [Test]
    public async Task HandleAsync_ShortTimeout_StillStartsTheFirst()
    {
        await InvokeAsync(Batch("queue", ("a", null)), TimeSpan.FromSeconds(5));

        Assert.That(_ran, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task HandleAsync_AllMessages_ShareTheDeadlineAndTheRequestId()
    {
        var seen = new ConcurrentQueue<(DateTimeOffset?, string?)>();
        _probe.Run = (context, _) =>
        {
            seen.Enqueue((context.Request.Deadline, context.Request.HostRequestId));
            return Task.FromResult(JobResult.Succeeded("Done."));
        };
        var deadline = _clock.GetUtcNow().AddSeconds(600);

        await InvokeAsync(Batch("queue", ("a", null), ("b", null)), TimeSpan.FromSeconds(600));

        Assert.That(seen, Is.EqualTo(new[] { (deadline, "request-1"), (deadline, "request-1") }));
    }

    [Test]
    public void HandleAsync_RecordWithoutId_FailsTheWholeBatch() =>
        Assert.That(
            () => InvokeAsync("""{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}"""),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith("Record 0 of the batch has no messageId."));

    [Test]
    public async Task HandleAsync_DispatcherThatThrows_ReturnsTheMessageAndRunsTheOthers()
    {
        var dispatcher = new Mock<IJobDispatcher>();
        dispatcher.Setup(mock => mock.DispatchAsync(It.Is<BoundRequest>(bound => bound.Request.Id == "b"), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("The scope is disposed of."));
        dispatcher.Setup(mock => mock.DispatchAsync(It.Is<BoundRequest>(bound => bound.Request.Id != "b"), It.IsAny<CancellationToken>()))
            .ReturnsAsync((BoundRequest bound, CancellationToken _) =>
            {
                _ran.Enqueue(bound.Request.Id!);
                return RunRecordBuilder.Create("probe");
            });

        var answer = await InvokeAsync(
            Batch("queue", ("a", null), ("b", null), ("c", null)), configure: services => services.AddSingleton(dispatcher.Object));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"b"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a", "c" }));
        Assert.That(_logs.Lines, Has.One.Contains("Message b of").And.One.Contains("it could not be dispatched"));
    }

    [Test]
    public async Task HandleAsync_BodyThatIsNoUnicode_GoesBackAlone()
    {
        var answer = await InvokeAsync(
            Batch("queue", ("a", null), ("poison", "x"), ("c", null))
                .Replace("\"body\":\"x\"", "\"body\":\"\\ud800\"", StringComparison.Ordinal));

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"poison"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public void HandleAsync_NameThatIsNoUnicode_IsAnUnknownField() =>
        Assert.That(() => InvokeAsync("""{"\ud800":1}"""), Throws.TypeOf<JobRequestException>().With.Message.Contains("Unknown field"));

    [Test]
    public async Task HandleAsync_MemberNamesInAnotherCase_KeepsTheOrderOfAFifoQueue()
    {
        // As AWS's Lambda Test Tool sends it.
        const string Event = """
            {"records":[
              {"messageId":"a","body":"{\"job\":\"probe\"}","attributes":{},"eventSource":"aws:sqs","eventSourceArn":"arn:aws:sqs:us-east-1:1:q.fifo"},
              {"MessageId":"bad","Body":"{\"job\":\"probe\"}","Attributes":{},"EventSource":"aws:sqs","EventSourceArn":"arn:aws:sqs:us-east-1:1:q.fifo"},
              {"messageID":"c","body":"{\"job\":\"probe\"}","eventsource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:1:q.fifo"}]}
            """;

        var answer = await InvokeAsync(Event);

        Assert.That(answer, Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"bad"},{"itemIdentifier":"c"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "a", "bad" }));
    }

    [Test]
    public async Task HandleAsync_FifoMessagesWithoutAnArn_KeepTheirOrder()
    {
        const string Event = """
            {"Records":[
              {"messageId":"bad","body":"{\"job\":\"probe\"}","attributes":{"SequenceNumber":"18849496460467696128"},"eventSource":"aws:sqs"},
              {"messageId":"b","body":"{\"job\":\"probe\"}","attributes":{"SequenceNumber":"18849496460467696129"},"eventSource":"aws:sqs"}]}
            """;

        Assert.That(await InvokeAsync(Event), Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"bad"},{"itemIdentifier":"b"}]}"""));
    }

    [TestCase("""{"records":[{"eventSource":"aws:s3","s3":{}}]}""", "an S3 event notification, which names no job")]
    [TestCase("""{"Records":[{"EventSource":"aws:sns","Sns":{}}]}""", "The SNS message has no MessageId or no Message.")]
    [TestCase("""{"records":[{"eventSource":"acme:x"}]}""", "a batch of records of 'acme:x' that are not SQS messages")]
    [TestCase("""{"records":[]}""", "a batch of records that are not SQS messages")]
    [TestCase("""{"Records":{"eventSource":"aws:sqs"}}""", "a batch of records that are not SQS messages")]
    [TestCase("""{"records":[{"eventSource":"\ud800"}]}""", "a batch of records that are not SQS messages")]
    public void HandleAsync_RecordsOfAnotherService_SaysWhatTheyAre(string payload, string problem) =>
        Assert.That(() => InvokeAsync(payload), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));

    [Test]
    public void HandleAsync_ConcurrencyOutOfRange_IsRefused() =>
        Assert.That(
            () => InvokeAsync(Batch("queue", ("a", null)), configuration: new() { ["SqsBatch:MaxConcurrency"] = "0" }),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("MaxConcurrency"));

    private static string Batch(string queue, params (string Id, string? Body)[] messages) =>
        Batch(queue, [.. messages.Select(message => (message.Id, (string?)null, message.Body))]);

    private static string Batch(string queue, params (string Id, string? Group, string? Body)[] messages) =>
        JsonSerializer.Serialize(new
        {
            Records = messages.Select(message => new
            {
                messageId = message.Id,
                receiptHandle = "handle",
                body = message.Body ?? """{"job":"probe"}""",
                attributes = new Dictionary<string, string?> { ["ApproximateReceiveCount"] = "1", ["MessageGroupId"] = message.Group },
                eventSource = "aws:sqs",
                eventSourceARN = $"arn:aws:sqs:us-east-1:123456789012:{queue}",
            }),
        });

    private async Task<string> InvokeAsync(
        string payload,
        TimeSpan remaining = default,
        Dictionary<string,
        string?>? configuration = null,
        Action<IServiceCollection>? configure = null)
    {
        using var captured = new CapturedOutput();
        var services = new ServiceCollection();
        services.AddSingleton(captured.Output);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(_probe);
        services.AddLogging(logging => logging.AddProvider(_logs));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddMaintenanceDispatcher().UseStandardMiddleware().AddJob<ProbeJob>("probe").AddLambdaHost();
        configure?.Invoke(services);
        await using var provider = services.BuildServiceProvider();

        var context = new Mock<ILambdaContext>();
        context.SetupGet(mock => mock.RemainingTime).Returns(remaining);
        context.SetupGet(mock => mock.AwsRequestId).Returns("request-1");
        var answer = await provider.GetRequiredService<LambdaEntryPoint>().HandleAsync(JsonElement.Parse(payload), context.Object);
        return answer.GetRawText();
    }
}

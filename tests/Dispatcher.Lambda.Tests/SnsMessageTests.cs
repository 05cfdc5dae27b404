using System.Collections.Concurrent;
using System.Text.Json;
using Dispatcher.EventBridge;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda.Tests;

/// <summary>Messages of SNS, as SNS delivers them to the function and to a queue.</summary>
public sealed class SnsMessageTests
{
    private const string Id = "95df01b4-ee98-5cb9-9903-4c221d41eb5e";
    private const string Topic = "arn:aws:sns:us-east-2:123456789012:jobs";

    private readonly ConcurrentQueue<string> _ran = new();
    private CapturedOutput _captured = null!;
    private ServiceProvider _services = null!;
    private RecordingLoggerProvider _logs = null!;

    [SetUp]
    public void SetUp()
    {
        _ran.Clear();
        _captured = new CapturedOutput();
        _logs = new RecordingLoggerProvider();
        var services = new ServiceCollection();
        services.AddSingleton(_captured.Output);
        services.AddSingleton<TimeProvider>(new TestClock());
        services.AddSingleton(new ProbeBehaviour
        {
            Run = (context, _) =>
            {
                _ran.Enqueue($"{context.Request.Id} {context.Request.ScheduledTime:O} {context.DryRun}");
                return Task.FromResult(context.Request.Id == "bad" ? JobResult.Failed("It broke.") : JobResult.Succeeded("Done."));
            },
        });
        services.AddLogging(logging => logging.AddProvider(_logs));
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddMaintenanceDispatcher().UseStandardMiddleware().AddJob<ProbeJob>("probe").AddLambdaHost()
            .MapEvent("shop", "Order", null, "probe");
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        _captured.Dispose();
        _logs.Dispose();
    }

    [TestCase("""{"job":"probe"}""", Id + "  False")]
    [TestCase("""{"job":"probe","dryRun":true}""", Id + "  True")]
    [TestCase("""{"job":"probe","id":"own"}""", "own  False")]
    [TestCase("""{"job":"probe","scheduledTime":"2026-11-22T03:00:00Z"}""", " 2026-11-22T03:00:00.0000000+00:00 False")]
    [TestCase(
        """{"id":"event-1","time":"2026-11-22T03:00:00Z","source":"shop","detail-type":"Order","detail":{}}""",
        "event-1 2026-11-22T03:00:00.0000000+00:00 False")]
    public async Task HandleAsync_MessageOfATopic_RunsItsPayload(string message, string expected)
    {
        var answer = await _services.InvokeAsync(Delivery(message));

        Assert.That(answer.GetProperty("job").GetString(), Is.EqualTo("probe"));
        Assert.That(_ran, Is.EqualTo(new[] { expected }));
    }

    [TestCase("backup failed", "The SNS message " + Id + " of the topic " + Topic + " is not a payload, which is a JSON object.")]
    [TestCase("[]", "is not a payload, which is a JSON object. Publish {\"job\":\"NAME\"} as the message")]
    [TestCase("", "is not a payload")]
    [TestCase("""{"job":"prob"}""", "No job named 'prob' is registered. Did you mean 'probe'?")]
    [TestCase("""{"AlarmName":"a","NewStateValue":"ALARM"}""", "a CloudWatch alarm as SNS delivers it")]
    [TestCase("""{"Records":[{"eventSource":"aws:s3"}]}""", "an S3 event notification")]
    [TestCase("""{"source":"other","detail-type":"Order","detail":{}}""", "No route matches the event 'Order' of 'other'")]
    [TestCase("""{"task":"x"}""", "The payload has no field 'job'.")]
    public void HandleAsync_MessageThatIsNotAPayload_IsNamed(string message, string problem) =>
        Assert.That(
            () => _services.InvokeAsync(Delivery(message)), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));

    [TestCase("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"1"}}]}""", "has no MessageId or no Message")]
    [TestCase("""{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"{}"}}]}""", "has no MessageId or no Message")]
    [TestCase("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"1","Message":"{}"}},{}]}""", "The event has 2 SNS messages")]
    [TestCase("""{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"1","MessageId":"2","Message":"{}"}}]}""", "appears twice")]
    public void HandleAsync_EventThatSnsDoesNotSend_IsRefused(string payload, string problem) =>
        Assert.That(() => _services.InvokeAsync(payload), Throws.TypeOf<JobRequestException>().With.Message.Contains(problem));

    [Test]
    public async Task HandleAsync_MessagesOfATopicInAQueue_KeepTheRulesOfABatch()
    {
        var answer = await _services.InvokeAsync(Batch(
            ("m1", Envelope("""{"job":"probe"}""", "sns-1")),
            ("m2", Envelope("""{"job":"probe","id":"bad"}""", "sns-2")),
            ("m3", Envelope("not JSON", "sns-3")),
            ("m4", """{"job":"probe"}"""),
            ("m5", Envelope("""{"id":"e","source":"shop","detail-type":"Order","detail":{}}""", "sns-5"))));

        Assert.That(
            answer.GetRawText(), Is.EqualTo("""{"batchItemFailures":[{"itemIdentifier":"m2"},{"itemIdentifier":"m3"}]}"""));
        Assert.That(_ran, Is.EqualTo(new[] { "sns-1  False", "bad  False", "m4  False", "e  False" }));
        Assert.That(_logs.Lines, Has.One.Contains("The SNS message sns-3 of the topic " + Topic + " is not a payload"));
    }

    [Test]
    public void Map_ExampleOfTheDocument_IsThePayload()
    {
        var example = DocumentExamples.Read("docs/events.md", "json sns").Single();

        var payload = new SnsMessageMapper().Map(JsonElement.Parse(example), new ProblemList());

        Assert.That(
            payload?.GetRawText(),
            Is.EqualTo($$"""{"job":"ecs-run-task","parameters":{"task":"claims-report"},"id":"{{Id}}"}"""));
    }

    private static string Delivery(string message) => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                EventVersion = "1.0",
                EventSubscriptionArn = $"{Topic}:21be56ed-a058-49f5-8c98-aedd2564c486",
                EventSource = "aws:sns",
                Sns = new
                {
                    SignatureVersion = "1",
                    Timestamp = "2019-01-02T12:45:07.000Z",
                    MessageId = Id,
                    Message = message,
                    MessageAttributes = new { Test = new { Type = "String", Value = "TestString" } },
                    Type = "Notification",
                    TopicArn = Topic,
                    Subject = "TestInvoke",
                },
            },
        },
    });

    private static string Envelope(string message, string id) =>
        JsonSerializer.Serialize(new { Type = "Notification", MessageId = id, TopicArn = Topic, Message = message });

    private static string Batch(params (string Id, string Body)[] messages) => JsonSerializer.Serialize(new
    {
        Records = messages.Select(static message => new
        {
            messageId = message.Id,
            body = message.Body,
            attributes = new { ApproximateReceiveCount = "1" },
            eventSource = "aws:sqs",
            eventSourceARN = "arn:aws:sqs:us-east-2:123456789012:jobs",
        }),
    });
}

using System.Text.Json;
using Amazon.Lambda.Core;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Lambda.Tests;

/// <summary>Tests what the function answers to several deliveries of one slot.</summary>
public sealed class SlotDeliveryTests
{
    private const string Held = """{"batchItemFailures":[{"itemIdentifier":"m2"}]}""";
    private const string Done = """{"batchItemFailures":[]}""";

    private readonly ProbeBehaviour _probe = new();
    private readonly List<string> _ran = [];
    private CapturedOutput _captured = null!;
    private TestClock _clock = null!;
    private ServiceProvider _services = null!;

    [SetUp]
    public void SetUp()
    {
        _ran.Clear();
        _captured = new CapturedOutput();
        _clock = new TestClock();
        _probe.Run = (context, _) =>
        {
            _ran.Add(context.Slot);
            return Task.FromResult(JobResult.Succeeded("Done."));
        };
        var store = new MemoryRunStore(_clock);
        var services = new ServiceCollection();
        services.AddSingleton(_captured.Output);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(_probe);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<IRunStore>(store);
        services.AddSingleton<IRunSink>(store);
        services.AddMaintenanceDispatcher()
            .UseStandardMiddleware()
            .AddJob<ProbeJob>("probe")
            .AddJob<ProbeJob>("single", static options => options.PreventOverlap())
            .AddLambdaHost()
            .AddRunLines()
            .AddLogLines();
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        _captured.Dispose();
    }

    [Test]
    public async Task HandleAsync_DuplicateOfAFinishedSlot_AnswersWithTheRecordOfTheFirst()
    {
        var first = await InvokeAsync("""{"job":"probe","id":"event-1"}""");
        var second = await InvokeAsync("""{"job":"probe","id":"event-1"}""", "request-2");

        Assert.That(_ran, Is.EqualTo(new[] { "event-1" }));
        Assert.That(second.GetProperty("status").GetString(), Is.EqualTo("skipped"));
        Assert.That(second.GetProperty("original").GetRawText(), Is.EqualTo(first.GetRawText()));
        Assert.That(
            _captured.Json.Where(static line => line.TryGetProperty("changes", out _)).Select(
                static line => (line.GetProperty("status").GetString(), line.TryGetProperty("original", out _))),
            Is.EqualTo(new[] { ("succeeded", false), ("skipped", false) }));
    }

    [Test]
    public async Task HandleAsync_LambdaRepeatsAFailedInvocation_RunsItAgain()
    {
        var tries = 0;
        _probe.Run = (_, _) => Task.FromResult(++tries == 1 ? JobResult.Failed("It broke.") : JobResult.Succeeded("Done."));

        Assert.That(async () => await InvokeAsync("""{"job":"probe"}"""), Throws.TypeOf<JobFailedException>());
        var second = await InvokeAsync("""{"job":"probe"}""");
        var third = await InvokeAsync("""{"job":"probe"}""");
        var other = await InvokeAsync("""{"job":"probe"}""", "request-2");

        Assert.That(
            new[] { second, third, other }.Select(static answer => answer.GetProperty("status").GetString()),
            Is.EqualTo(new[] { "succeeded", "skipped", "succeeded" }));
        Assert.That(tries, Is.EqualTo(3));
    }

    [Test]
    public async Task HandleAsync_Query_TouchesNoSlot()
    {
        await InvokeAsync("""{"job":"$list"}""");

        Assert.That((await InvokeAsync("""{"job":"probe"}""")).GetProperty("status").GetString(), Is.EqualTo("succeeded"));
    }

    [TestCase("probe", "same", "same")]
    [TestCase("single", "one", "another")]
    public async Task HandleAsync_MessageIsSkippedForARunAtWork_GoesBackAndIsDoneLater(string job, string first, string second)
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _probe.Run = async (_, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
            return JobResult.Succeeded("Done.");
        };
        var running = InvokeAsync(Batch(("m1", $$"""{"job":"{{job}}","id":"{{first}}"}""")));
        await begun.Task;

        var early = await InvokeAsync(Batch(("m2", $$"""{"job":"{{job}}","id":"{{second}}"}""")));
        goOn.SetResult();
        await running;
        var late = await InvokeAsync(Batch(("m2", $$"""{"job":"{{job}}","id":"{{second}}"}""")));

        Assert.That((early.GetRawText(), late.GetRawText()), Is.EqualTo((Held, Done)));
        Assert.That(
            _captured.Text, Does.Contain("Message m2 of arn:aws:sqs:us-east-1:123456789012:queue goes back to the queue: run "));
    }

    [Test]
    public async Task HandleAsync_TheRunAtWorkCrashes_TheMessageThatWentBackTakesOver()
    {
        var hangs = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        _probe.Run = async (_, _) =>
        {
            begun.SetResult();
            await hangs.Task;
            return JobResult.Succeeded("Done.");
        };
        _ = InvokeAsync(Batch(("m1", """{"job":"probe","id":"event-1"}""")));
        await begun.Task;
        _probe.Run = static (_, _) => Task.FromResult(JobResult.Succeeded("Done."));

        var early = await InvokeAsync(Batch(("m2", """{"job":"probe","id":"event-1"}""")));

        // As after a crash: the clock goes on, and no renewal is made meanwhile.
        _clock.Advance(TimeSpan.FromSeconds(46));
        var late = await InvokeAsync(Batch(("m2", """{"job":"probe","id":"event-1"}""")));

        Assert.That((early.GetRawText(), late.GetRawText()), Is.EqualTo((Held, Done)));
    }

    [Test]
    public async Task HandleAsync_OneScheduledTimeInTwoMessages_RunsOnce()
    {
        var answer = await InvokeAsync(Batch(
            ("m1", """{"job":"probe","scheduledTime":"2026-11-22T03:00:00Z"}"""),
            ("m2", """{"job":"probe","scheduledTime":"2026-11-22T03:00:00Z"}""")));

        Assert.That(answer.GetRawText(), Is.EqualTo(Done));
        Assert.That(_ran, Is.EqualTo(new[] { "2026-11-22T03:00:00.0000000+00:00" }));
    }

    private static string Batch(params (string Id, string Body)[] messages) =>
        JsonSerializer.Serialize(new
        {
            Records = messages.Select(static message => new
            {
                messageId = message.Id,
                body = message.Body,
                attributes = new Dictionary<string, string> { ["ApproximateReceiveCount"] = "1" },
                eventSource = "aws:sqs",
                eventSourceARN = "arn:aws:sqs:us-east-1:123456789012:queue",
            }),
        });

    private Task<JsonElement> InvokeAsync(string payload, string requestId = "request-1")
    {
        var context = new Mock<ILambdaContext>();
        context.SetupGet(static mock => mock.AwsRequestId).Returns(requestId);
        return _services.GetRequiredService<LambdaEntryPoint>().HandleAsync(JsonElement.Parse(payload), context.Object);
    }
}

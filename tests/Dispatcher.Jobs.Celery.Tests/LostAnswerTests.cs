using Amazon.SQS;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Dispatcher.Jobs.Celery.Tests.CeleryHarness;

namespace Dispatcher.Jobs.Celery.Tests;

/// <summary>The real client against a server that accepts messages and then loses its answer.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LostAnswerTests
{
    private const string TwoTasks = """{"tasks":[{"task":"a"},{"task":"b"}]}""";
    private const string Slot = "\"id\":\"event-1\",";

    private readonly OutcomeSink _audit = new();

    private static IEnumerable<TestCaseData> Losses()
    {
        yield return new TestCaseData(MisbehavingServer.Cut()).SetArgDisplayNames("cut before the answer");
        yield return new TestCaseData(
            MisbehavingServer.Cut("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")).SetArgDisplayNames("cut in the answer");
        yield return new TestCaseData(
            MisbehavingServer.Answer(500, """{"__type":"InternalError","message":"no"}""")).SetArgDisplayNames("500");
        yield return new TestCaseData(MisbehavingServer.Answer(504, "gateway timeout")).SetArgDisplayNames("504");
    }

    [TestCaseSource(nameof(Losses))]
    public async Task RunAsync_AnswerLost_IsInterruptedAndNamesTheTaskIds(Func<Stream, CancellationToken, Task> script)
    {
        await using var server = new MisbehavingServer(script);
        await using var harness = CreateHarness(server);

        var summary = await harness.RunAsync(PayloadOf(TwoTasks, Slot));

        Assert.That(server.Requests, Is.Not.Empty);
        Assert.That(
            _audit.Outcomes,
            Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Intended, AuditOutcome.Interrupted, AuditOutcome.Interrupted }),
            summary.Summary);
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Changes.Failed, Is.Zero);
        Assert.That(
            summary.Summary,
            Does.Contain("2 more may be on the queue all the same").And.Contain("by which a task can tell that it has run"));
        Assert.That(
            summary.Errors.Select(error => error.Error),
            Has.Exactly(2).Items.And.All.Match(
                "^sqs:SendMessage may have been made or not, because its answer was lost: task id [0-9a-f-]{36}: "));
    }

    [Test]
    public async Task RunAsync_AnswerLostAndRepetitionRefusesAMessage_IsInterrupted()
    {
        var refusal = MisbehavingServer.Answer(
            200,
            "{\"Successful\":[],\"Failed\":[{\"Id\":\"0\",\"Code\":\"InternalError\",\"Message\":\"no\",\"SenderFault\":false},"
                + "{\"Id\":\"1\",\"Code\":\"InternalError\",\"Message\":\"no\",\"SenderFault\":false}]}");
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(500, "no"), refusal);
        await using var harness = CreateHarness(server, retries: 1);

        var summary = await harness.RunAsync(PayloadOf(TwoTasks, Slot));

        Assert.That(
            _audit.Outcomes,
            Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Intended, AuditOutcome.Interrupted, AuditOutcome.Interrupted }),
            summary.Summary);
        Assert.That(summary.Summary, Does.Contain("2 more may be on the queue all the same"));
    }

    [Test]
    public async Task RunAsync_NothingListens_Failed()
    {
        var server = new MisbehavingServer(MisbehavingServer.Silence());
        await using var harness = CreateHarness(server);
        await server.DisposeAsync();

        var summary = await harness.RunAsync(PayloadOf(TwoTasks, Slot));

        Assert.That(
            _audit.Outcomes, Is.EqualTo(
                new[] { AuditOutcome.Intended, AuditOutcome.Intended, AuditOutcome.Failed, AuditOutcome.Failed }), summary.Summary);
        Assert.That(summary.Summary, Does.Contain("cannot be reached").And.Not.Contain("may be on the queue"));
    }

    private JobHarness CreateHarness(MisbehavingServer server, int retries = 0)
    {
        var url = server.Origin;
        return new(
            builder =>
            {
                builder.Services.AddSingleton<IAuditSink>(_audit);
                builder.Services.AddSingleton<IAmazonSQS>(_ => new AmazonSQSClient(
                    "key",
                    "secret",
                    new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = "us-east-1", MaxErrorRetry = retries }));
                builder.AddCeleryEnqueue();
            },
            new Dictionary<string, string?> { ["Retry:MaxAttempts"] = "1", ["CELERY_QUEUE_URL"] = $"{url}/123456789012/celery" });
    }
}

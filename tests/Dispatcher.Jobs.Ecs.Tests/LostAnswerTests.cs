using System.Text.Json;
using Amazon.ECS;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Dispatcher.Jobs.Ecs.Tests.EcsHarness;

namespace Dispatcher.Jobs.Ecs.Tests;

/// <summary>The real client against a server that starts tasks and then loses its answer.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LostAnswerTests
{
    private const string NoTasks = """{"taskArns":[]}""";
    private const string Arn = "arn:aws:ecs:us-east-1:123456789012:task/default/1";

    private readonly OutcomeSink _audit = new();

    private static IEnumerable<TestCaseData> Losses()
    {
        yield return new TestCaseData(MisbehavingServer.Cut()).SetArgDisplayNames("cut before the answer");
        yield return new TestCaseData(
            MisbehavingServer.Cut("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")).SetArgDisplayNames("cut in the answer");
        yield return new TestCaseData(
            MisbehavingServer.Answer(500, """{"__type":"ServerException","message":"no"}""")).SetArgDisplayNames("500");
        yield return new TestCaseData(MisbehavingServer.Answer(502, "bad gateway")).SetArgDisplayNames("502");
        yield return new TestCaseData(MisbehavingServer.Answer(504, "gateway timeout")).SetArgDisplayNames("504");
    }

    [TestCaseSource(nameof(Losses))]
    public async Task RunAsync_AnswerOfRunTaskLost_IsInterrupted(Func<Stream, CancellationToken, Task> script)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200, NoTasks), script);
        await using var harness = CreateHarness(server);

        var summary = await harness.RunAsync(PayloadOf(Minimal, "\"id\":\"event-1\","));

        Assert.That(server.Requests.Skip(1).Select(request => request.Body).Distinct(), Has.One.Items, "the client repeats one request");
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(_audit.Outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Interrupted }), summary.Summary);
        Assert.That(summary.Changes.Failed, Is.Zero);
        Assert.That(
            summary.Summary,
            Does.Contain("may have started 'claims-report' all the same").And.Contain("To deliver this slot again is safe"));
    }

    [Test]
    public async Task RunAsync_AnswerOfRunTaskLostAndRepeatedByTheClient_SendsOneToken()
    {
        var started = JsonSerializer.Serialize(
            new { tasks = new[] { new { taskArn = Arn, createdAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60 } } });
        await using var server = new MisbehavingServer(
            MisbehavingServer.Answer(200, NoTasks), MisbehavingServer.Cut(), MisbehavingServer.Answer(200, started));
        await using var harness = CreateHarness(server, retries: 1);

        var summary = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(_audit.Outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Applied }));
        Assert.That(server.Requests.Skip(1).Select(request => request.Body).Distinct(), Has.One.Items);
    }

    [Test]
    public async Task RunAsync_AnswerOfRunTaskLostAndRepetitionConflicts_IsInterruptedNotSkipped()
    {
        await using var server = new MisbehavingServer(
            MisbehavingServer.Answer(200, NoTasks),
            MisbehavingServer.Cut(),
            MisbehavingServer.Answer(400, """{"__type":"ConflictException","message":"another request has this token"}"""));
        await using var harness = CreateHarness(server, retries: 1);

        var summary = await harness.RunAsync(PayloadOf(Minimal, "\"id\":\"event-1\","));

        Assert.That(_audit.Outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Interrupted }), summary.Summary);
    }

    private JobHarness CreateHarness(MisbehavingServer server, int retries = 0) => new(
        builder =>
        {
            builder.Services.AddSingleton<IAuditSink>(_audit);
            builder.Services.AddSingleton<IAmazonECS>(_ => new AmazonECSClient(
                "key",
                "secret",
                new AmazonECSConfig { ServiceURL = server.Origin, AuthenticationRegion = "us-east-1", MaxErrorRetry = retries }));
            builder.AddEcsRunTask();
        },
        new Dictionary<string, string?> { ["Retry:MaxAttempts"] = "1" });
}

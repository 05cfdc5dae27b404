using System.Net;
using Dispatcher.Hosting;
using Dispatcher.Jobs.Http.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>
/// What the audit trail and the message say about a call whose answer is lost, against a server that executes and then fails.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LostAnswerTests
{
    private static readonly Dictionary<string, string?> OneAttempt = new() { ["Retry:MaxAttempts"] = "1" };

    private readonly OutcomeSink _audit = new();

    private static IEnumerable<TestCaseData> Losses()
    {
        yield return new TestCaseData(MisbehavingServer.Cut()).SetArgDisplayNames("cut before the answer");
        yield return new TestCaseData(MisbehavingServer.Cut("HTTP/1.1 200 OK\r\nContent-Le")).SetArgDisplayNames("cut in the headers");
        yield return new TestCaseData(
            MisbehavingServer.Cut("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")).SetArgDisplayNames("cut in the body");
        yield return new TestCaseData(MisbehavingServer.Cut("no HTTP at all\r\n\r\n")).SetArgDisplayNames("no HTTP");
        yield return new TestCaseData(MisbehavingServer.Silence()).SetArgDisplayNames("timeout");
        yield return new TestCaseData(MisbehavingServer.Stall(200)).SetArgDisplayNames("timeout in the body");
        foreach (var status in (int[])[500, 502, 503, 504, 520, 303])
        {
            yield return new TestCaseData(MisbehavingServer.Answer(status)).SetArgDisplayNames($"{status}");
        }
    }

    [TestCaseSource(nameof(Losses))]
    public async Task RunAsync_AnswerLost_IsInterruptedAndSaysWhatMakesARepetitionSafe(Func<Stream, CancellationToken, Task> script)
    {
        await using var server = new MisbehavingServer(script);
        await using var harness = HttpTriggerHarness.Create(
            OneAttempt, configure: builder => builder.Services.AddSingleton<IAuditSink>(_audit));

        var summary = await harness.RunAsync(
            $$$"""{"job":"http-trigger","id":"slot-1","parameters":{"url":"{{{server.Url}}}","timeoutSeconds":4}}""");

        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(_audit.Outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Interrupted }));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Changes.Failed, Is.Zero);
        Assert.That(
            summary.Summary, Does.Contain("may have been executed all the same").And.Contain("every delivery of this slot sends slot-1."));
    }

    [Test]
    public async Task RunAsync_AnswerLostThenSuccess_HasBothInTheTrail()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Cut(), MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(configure: builder => builder.Services.AddSingleton<IAuditSink>(_audit));

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(
            _audit.Outcomes, Is.EqualTo(
                new[] { AuditOutcome.Intended, AuditOutcome.Interrupted, AuditOutcome.Intended, AuditOutcome.Applied }));
        Assert.That(server.Requests.Select(request => request.Header("Idempotency-Key")).Distinct(), Has.One.Items);
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(408)]
    [TestCase(429)]
    [TestCase(301)]
    [TestCase(501)]
    public async Task RunAsync_Refused_Failed(int status)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(status));
        await AssertFailedAsync(server.Url, "was answered");
    }

    [Test]
    public async Task RunAsync_ConnectionRefused_FailedAndNothingWasSent()
    {
        var server = new MisbehavingServer(MisbehavingServer.Silence());
        await server.DisposeAsync();

        await AssertFailedAsync(server.Url, "Nothing was sent.");
    }

    [Test]
    public Task RunAsync_NoSuchHost_FailedAndNothingWasSent() => AssertFailedAsync("https://no-such-host.invalid/", "Nothing was sent.");

    [Test]
    public async Task RunAsync_UntrustedCertificate_FailedAndNothingWasSent()
    {
        using var certificate = TestCertificate.For(names => names.AddIpAddress(IPAddress.Loopback));
        await using var server = new MisbehavingServer(certificate, MisbehavingServer.Answer(200));

        await AssertFailedAsync(server.Url, "Nothing was sent. No authority that this machine trusts vouches for the certificate");
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_ServerSpeaksNoTls_FailedAndNothingWasSent()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));

        await AssertFailedAsync(server.Url.Replace("http:", "https:", StringComparison.Ordinal), "Nothing was sent.");
    }

    private async Task AssertFailedAsync(string url, string message)
    {
        await using var harness = HttpTriggerHarness.Create(
            OneAttempt, configure: builder => builder.Services.AddSingleton<IAuditSink>(_audit));

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(url));

        Assert.That(_audit.Outcomes, Is.EqualTo(new[] { AuditOutcome.Intended, AuditOutcome.Failed }), summary.Summary);
        Assert.That(summary.Summary, Does.Contain(message).And.Not.Contain("may have been executed"));
    }
}

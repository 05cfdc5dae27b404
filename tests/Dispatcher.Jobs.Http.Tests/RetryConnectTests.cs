using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Runs with <c>retry: connect</c>: what may have been sent is never repeated.</summary>
public sealed class RetryConnectTests
{
    private static IEnumerable<TestCaseData> Sent()
    {
        yield return new TestCaseData(MisbehavingServer.Cut()).SetArgDisplayNames("cut before the answer");
        yield return new TestCaseData(MisbehavingServer.Cut("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha"))
            .SetArgDisplayNames("cut in the body");
        yield return new TestCaseData(MisbehavingServer.Silence()).SetArgDisplayNames("timeout");
        foreach (var status in (int[])[408, 425, 429, 500, 501, 502, 503, 504])
        {
            yield return new TestCaseData(MisbehavingServer.Answer(status)).SetArgDisplayNames($"{status}");
        }
    }

    [TestCaseSource(nameof(Sent))]
    public async Task RunAsync_FailsAfterTheRequestWasSent_IsNotRepeated(Func<Stream, CancellationToken, Task> script)
    {
        foreach (var method in (string[])["POST", "GET"])
        {
            await using var server = new MisbehavingServer(script);
            await using var harness = HttpTriggerHarness.Create();

            var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
                server.Url, $$"""{"retry":"connect","timeoutSeconds":4,"method":"{{method}}"}"""));

            Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(summary.Attempts, Is.EqualTo(1));
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            Assert.That(summary.Summary, Does.Contain("The run does not repeat it (retry: connect)."));
        }
    }

    [Test]
    public async Task RunAsync_ConnectionRefused_IsRepeated()
    {
        var server = new MisbehavingServer(MisbehavingServer.Silence());
        await server.DisposeAsync();
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"retry":"connect"}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(3));
        Assert.That(summary.Summary, Does.Contain("Nothing was sent."));
    }
}

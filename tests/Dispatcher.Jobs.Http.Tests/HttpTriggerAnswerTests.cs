using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class HttpTriggerAnswerTests
{
    [TestCase(200)]
    [TestCase(204)]
    public async Task RunAsync_Success_Succeeds(int status)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(status));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(summary.Summary, Is.EqualTo($"POST {server.Url} was answered {status}."));
        Assert.That(summary.Changes.Applied, Is.EqualTo(1));
    }

    [TestCase(302, "Redirects are not followed")]
    [TestCase(303, "add 303 to 'expectedStatus'")]
    [TestCase(407, "A proxy requires a user and password")]
    [TestCase(415, "Check the header 'Content-Type' and the body.")]
    [TestCase(400, "Check the request.")]
    [TestCase(401, "('secretHeader' and 'secret', 'user' and 'password'")]
    [TestCase(403, "('secretHeader' and 'secret', 'user' and 'password'")]
    [TestCase(404, "Check the URL, its trailing slash and the method.")]
    [TestCase(405, "Check the URL, its trailing slash and the method.")]
    public async Task RunAsync_PermanentStatus_FailsAtOnceWithWhatTheServerSaid(int status, string remedy)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(status, "{\"error\":\r\n \"because\"}"));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith($"POST {server.Url} was answered {status}. ").And.Contains(remedy));
        Assert.That(summary.Summary, Does.EndWith(" It said: {\"error\":   \"because\"}"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(408)]
    [TestCase(425)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task RunAsync_TransientStatusThenSuccess_TriesAgain(int status)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(status), MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Attempts, Is.EqualTo(2));
        Assert.That(summary.Errors, Is.Empty);
    }

    [Test]
    public async Task RunAsync_TransientStatusForEver_FailsAfterTheLastAttempt()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(500, "boom"));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            summary.Summary,
            Does.StartWith($"POST {server.Url} was answered 500. This may pass. The request may have been executed all the same.")
                .And.EndsWith(" It said: boom"));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(harness.Metrics.Value("Failed"), Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_MissingTrailingSlash_ShowsTheLocationAndDoesNotFollow()
    {
        await using var other = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(301, "", $"Location: {other.Url}"));
        await using var harness = HttpTriggerHarness.Create(new() { ["INTERNAL_KEY"] = "k" });

        var summary = await harness.RunAsync(
            HttpTriggerHarness.Payload(server.Url, """{"secretHeader":"X-Internal-Key","secret":"INTERNAL_KEY"}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain($"answered 301, Location: {other.Url}. Redirects are not followed"));
        Assert.That(other.Requests, Is.Empty);
    }

    [TestCase("/api/internal/run-uptime/")]
    [TestCase("http://127.0.0.1:{0}/api/internal/run-uptime/?next=hunter2hunter2")]
    public async Task RunAsync_LocationIsTheUrlWithASlash_GivesItAsTheRemedy(string location)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Silence());
        server.Script(
            0,
            MisbehavingServer.Answer(
                301, "", $"Location: {string.Format(System.Globalization.CultureInfo.InvariantCulture, location, server.Port)}"));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url.TrimEnd('/')));

        Assert.That(summary.Summary, Does.Contain($"The server requires the trailing slash: {server.Url}").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task RunAsync_BodyAndLocationWithLineBreaks_BeginNoLine()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(
            400, "a\r\n{\"_aws\":{\"Timestamp\":1}}\n\u2028b\u2029\u202ec\u001b[2J\u0085d\u200f", "Location: /x%0A%E2%80%A8?a\u001b=b"));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Summary, Does.Contain("{\"_aws\":{\"Timestamp\":1}}").And.Not.Match(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"));
        Assert.That(harness.Logs.Lines, Has.None.Match(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]\{""_aws"));
    }

    [Test]
    public async Task RunAsync_SuccessThatIsNotExpected_Fails()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"expectedStatus":[202]}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            summary.Summary,
            Does.Contain("was answered 200. This is not among 'expectedStatus'. The request may have been executed all the same."));
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Le")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")]
    public async Task RunAsync_ConnectionCut_IsTransient(string after)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Cut(after), MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_NothingListens_IsTransientAndNamesTheUrl()
    {
        var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        var url = server.Url;
        await server.DisposeAsync();
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(url));

        Assert.That(summary.Summary, Does.StartWith($"POST {url} failed: Connection refused"));
        Assert.That(summary.Attempts, Is.EqualTo(3));
    }

    [TestCase(200, JobStatus.Succeeded)]
    [TestCase(400, JobStatus.Failed)]
    public async Task RunAsync_FiftyMegabytes_StayUnread(int status, JobStatus expected)
    {
        const long Size = 50 * 1024 * 1024;
        await using var server = new MisbehavingServer(MisbehavingServer.Silence());
        server.Script(0, server.Flood(status, Size));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(expected), summary.Summary);
        Assert.That(summary.Summary, Has.Length.LessThan(2048 + 600));
        Assert.That(server.BytesSent, Is.LessThan(Size / 2));
    }

    [Test]
    public async Task RunAsync_LongErrorBody_ShowsTheFirstTwoKilobytes()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(400, new string('a', 2048) + new string('b', 2048)));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Summary, Does.EndWith(" It said: " + new string('a', 2048)));
    }
}

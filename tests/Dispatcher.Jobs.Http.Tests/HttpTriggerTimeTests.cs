using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class HttpTriggerTimeTests
{
    private static readonly Dictionary<string, string?> OneAttempt = new() { ["Retry:MaxAttempts"] = "1" };

    [Test]
    public async Task RunAsync_SlowHeaders_TimesOutAsTransient()
    {
        var clock = new TestClock();
        await using var server = new MisbehavingServer(MisbehavingServer.Silence());
        await using var harness = HttpTriggerHarness.Create(OneAttempt, clock);

        var run = harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"timeoutSeconds":7}"""));
        await server.RequestArrived.Task;
        clock.Advance(TimeSpan.FromSeconds(7));

        Assert.That(
            (await run).Summary,
            Does.StartWith($"POST {server.Url} gave no complete answer within 7 s (timeoutSeconds). "
                           + "The request may have been executed all the same."));
    }

    [Test]
    public async Task RunAsync_SilentForFiveSeconds_IsReportedOnce()
    {
        var clock = new TestClock();
        await using var server = new MisbehavingServer(MisbehavingServer.Silence());
        await using var harness = HttpTriggerHarness.Create(OneAttempt, clock);
        var run = harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"timeoutSeconds":30}"""));
        await server.RequestArrived.Task;

        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.That(harness.Logs.Lines, Has.None.Contains("has not been answered"));
        clock.Advance(TimeSpan.FromSeconds(26));

        await run;
        Assert.That(
            harness.Logs.Lines,
            Has.One.Contains($"POST {server.Url} has not been answered for 5 s. It is given up after 30 s (timeoutSeconds)."));
    }

    [Test]
    public async Task RunAsync_SlowBodyOfASuccess_TimesOutAsTransient()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Stall(200), MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"timeoutSeconds":4}"""));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Attempts, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_SlowBodyOfARefusal_KeepsItsStatus()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Stall(401));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, """{"timeoutSeconds":4}"""));

        Assert.That(summary.Summary, Does.StartWith($"POST {server.Url} was answered 401. "));
        Assert.That(summary.Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_SlowEndpoint_UsesNoMoreThanTheDeadlineAllows()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Silence());
        var clock = new TestClock();
        await using var harness = HttpTriggerHarness.Create(timeProvider: clock);

        var run = harness.RunAsync(HttpTriggerHarness.Payload(server.Url), deadline: clock.GetUtcNow().AddSeconds(2));
        await server.RequestArrived.Task;
        clock.Advance(TimeSpan.FromSeconds(1.5));
        var summary = await run;

        // A quarter of the two seconds is kept for the report.
        Assert.That(summary.DurationMs, Is.EqualTo(1_500));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("The job was stopped at its deadline"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_Cancelled_StopsAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new MisbehavingServer(MisbehavingServer.Silence());
        await using var harness = HttpTriggerHarness.Create();

        var run = harness.RunAsync(HttpTriggerHarness.Payload(server.Url), cancellationToken: cancellation.Token);
        await server.RequestArrived.Task;
        await cancellation.CancelAsync();
        var summary = await run.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("The run was cancelled"));
    }

    [TestCase("Retry-After: 120")]
    [TestCase("Retry-After: Sun, 22 Nov 2026 03:02:00 GMT")]
    public async Task RunAsync_RetryAfter_WaitsAsLongAsTheServerAsks(string header)
    {
        var clock = new TestClock(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(429, "", header), MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(timeProvider: clock);

        var run = harness.RunAsync(HttpTriggerHarness.Payload(server.Url));
        await WaitForPauseAsync(harness, clock);
        clock.Advance(TimeSpan.FromSeconds(119));
        var before = server.Requests.Count;
        clock.Advance(TimeSpan.FromSeconds(1));
        var summary = await run;

        Assert.That(before, Is.EqualTo(1));
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.DurationMs, Is.EqualTo(120_000));
    }

    [Test]
    public async Task RunAsync_RetryAfterBeyondTheDeadline_FailsWithoutWaiting()
    {
        var clock = new TestClock();
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(503, "", "Retry-After: 120"));
        await using var harness = HttpTriggerHarness.Create(timeProvider: clock);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url), deadline: clock.GetUtcNow().AddSeconds(60));

        Assert.That(summary.Summary, Does.StartWith($"POST {server.Url} was answered 503, Retry-After: 120 s. This may pass."));
        Assert.That(summary.DurationMs, Is.Zero);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_RetryAfterADay_FailsWithoutWaiting()
    {
        var clock = new TestClock();
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(503, "", "Retry-After: 86400"));
        await using var harness = HttpTriggerHarness.Create(timeProvider: clock);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    /// <summary>The pause before the next attempt is logged right before it begins, and is then the one timer that waits.</summary>
    private static async Task WaitForPauseAsync(JobHarness harness, TestClock clock)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (
            !(harness.Logs.Lines.Any(line => line.Contains("the next one begins", StringComparison.Ordinal)) && clock.WaitingTimers == 1))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(5);
        }
    }
}

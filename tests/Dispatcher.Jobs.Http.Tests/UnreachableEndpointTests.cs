using System.Net;
using System.Net.Sockets;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Calls endpoints that nobody listens at, with a person waiting.</summary>
public sealed class UnreachableEndpointTests
{
    [Test]
    public async Task RunAsync_ConnectionIsRefused_IsTriedAgainOnlyWhileTheTimeLasts()
    {
        var clock = new TestClock();
        await using var harness = HttpTriggerHarness.Create(
            new() { ["Retry:BaseDelaySeconds"] = "1", ["Retry:MaxDelaySeconds"] = "5" },
            clock,
            builder => builder.Services.AddSingleton(
                new FirstAnswerLimit(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), clock)));
        var port = FreePort();
        var run = harness.RunAsync(HttpTriggerHarness.Payload($"http://127.0.0.1:{port}/", """{"timeoutSeconds":60}"""));
        await clock.WhenTimersWaitAsync(1);

        // The pause is waiting once the first attempt has failed; the second attempt fails after the time.
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(9));
            await Task.Yield();
        }

        var record = await run;
        Assert.That(record.Summary, Does.Contain($"127.0.0.1:{port}").And.Contain("Nothing was sent."));
        Assert.That(record.Attempts, Is.LessThanOrEqualTo(2), "of the three that are allowed");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Net;
using System.Net.Sockets;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Calls an endpoint that nobody listens at, with a person waiting.</summary>
public sealed class UnreachableEndpointTests
{
    [TestCase(3600, 3)]
    [TestCase(1, 1)]
    public async Task RunAsync_ConnectionIsRefused_IsTriedAgainOnlyWhileTheTimeLasts(double seconds, int attempts)
    {
        var limit = new FirstAnswerLimit(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(2), TimeProvider.System);
        await using var harness = HttpTriggerHarness.Create(configure: builder => builder.Services.AddSingleton(limit));
        var port = FreePort();

        var record = await harness.RunAsync(HttpTriggerHarness.Payload($"http://127.0.0.1:{port}/"));

        Assert.That(record.Summary, Does.Contain($"127.0.0.1:{port}").And.Contain("Nothing was sent."));
        Assert.That(record.Attempts, Is.EqualTo(attempts));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Http.Tests;

public sealed class RenewableHandlerTests
{
    [Test]
    public async Task Discard_BetweenTwoRequests_OpensAnotherConnection()
    {
        await using var server = new KeptConnections();
        await using var harness = new JobHarness(builder => builder.AddGuardedHttpClient());
        var client = harness.Services.GetRequiredKeyedService<HttpClient>(GuardedHttpClient.Key);
        await client.GetStringAsync(server.Url);
        await client.GetStringAsync(server.Url);
        var before = server.Opened;

        foreach (var state in harness.Services.GetServices<ISnapshotState>())
        {
            state.Discard();
        }

        await client.GetStringAsync(server.Url);

        Assert.That((before, server.Opened), Is.EqualTo((1, 2)));
    }

    [Test]
    public void SendAsync_Disposed_Throws()
    {
        var created = 0;
        using var handler = new RenewableHandler(() =>
        {
            created++;
            return new SocketsHttpHandler();
        });
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        handler.Dispose();

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://127.0.0.1:9/"));
        Assert.That(async () => await client.SendAsync(request, CancellationToken.None), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(created, Is.Zero);
    }
}

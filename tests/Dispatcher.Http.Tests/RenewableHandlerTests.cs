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
}

using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.IntegrationTests;

/// <summary>
/// The moto server that all tests of an assembly share. The first test that needs it starts it, and it ends with the last test.
/// </summary>
[SetUpFixture]
public sealed class SharedMoto
{
    private static Lazy<Task<TemporaryServer<MotoServer>>> Server { get; } = new(() =>
        MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None));

    /// <summary>Gets the server.</summary>
    /// <returns>The server.</returns>
    public static async Task<MotoServer> GetAsync() => (await Server.Value).Server;

    /// <summary>Empties the server, for a fixture that uses fixed names.</summary>
    /// <returns>The server.</returns>
    public static async Task<MotoServer> ResetAsync()
    {
        var server = await GetAsync();
        using var client = new HttpClient();
        using var reset = await client.PostAsync(new Uri(server.Endpoint, "/moto-api/reset"), content: null);
        reset.EnsureSuccessStatusCode();
        return server;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Server.IsValueCreated)
        {
            (await Server.Value).Dispose();
        }
    }
}

namespace Dispatcher.IntegrationTests.Servers;

/// <summary>Holds the servers that all tests share, each with names of its own. They start when first asked for and stop at the end.</summary>
public static class SharedServers
{
    private static Lazy<Task<MotoServer>> LazyMoto { get; } = new(MotoServer.StartAsync);

    /// <summary>Gets the moto server.</summary>
    /// <returns>The server.</returns>
    public static Task<MotoServer> MotoAsync() => LazyMoto.Value;

    internal static async Task StopAsync()
    {
        if (LazyMoto.IsValueCreated)
        {
            await (await LazyMoto.Value).DisposeAsync();
        }
    }
}

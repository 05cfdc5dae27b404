using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres;

/// <summary>Starts the servers for all tests of this assembly: in its root namespace it stands around every fixture.</summary>
[SetUpFixture]
public sealed class PostgresFixture
{
    private static PostgresServer? _server;
    private static PostgresServer? _version17;

    internal static PostgresServer Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Gets a server of version 17, for what an older one does not know, and for TLS, which the other one does not offer.</summary>
    internal static PostgresServer Version17 => _version17 ?? throw new InvalidOperationException("The server has not been started.");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await PostgresServer.StartAsync();
        _version17 = await PostgresServer.StartAsync(PostgresInstallation.FindVersion17());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var server in new[] { _server, _version17 }.OfType<PostgresServer>())
        {
            await server.DisposeAsync();
        }
    }
}

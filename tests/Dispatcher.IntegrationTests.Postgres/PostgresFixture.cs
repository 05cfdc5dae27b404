using Dispatcher.IntegrationTests.Postgres.Servers;

namespace Dispatcher.IntegrationTests.Postgres;

/// <summary>Starts one server for all tests of this assembly: in its root namespace it stands around every fixture.</summary>
[SetUpFixture]
public sealed class PostgresFixture
{
    private static PostgresServer? _server;

    internal static PostgresServer Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await PostgresServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

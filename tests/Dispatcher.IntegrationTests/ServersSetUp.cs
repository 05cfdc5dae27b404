using Dispatcher.IntegrationTests.Servers;

namespace Dispatcher.IntegrationTests;

[SetUpFixture]
public sealed class ServersSetUp
{
    [OneTimeTearDown]
    public Task StopServersAsync() => SharedServers.StopAsync();
}

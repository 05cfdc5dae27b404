using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Supervision;
using NUnit.Framework;

namespace ExpireLogs;

/// <summary>
/// The local AWS of the sample. Its tests find it in the environment, as they would find the one that <c>dispatch local up</c> starts.
/// </summary>
[SetUpFixture]
public sealed class ExpireLogsServer
{
    private TemporaryServer<MotoServer>? _server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None);
        new LocalEnvironment(_server.Server).ApplyToProcess();
    }

    [OneTimeTearDown]
    public void Stop() => _server?.Dispose();
}

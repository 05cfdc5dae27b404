using Dispatcher.LocalServers.Moto;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.LocalServers.Supervision;

namespace Acme.Chores.Tests;

/// <summary>The servers of all tests: moto, which emulates AWS, and PostgreSQL.</summary>
[SetUpFixture]
public sealed class Servers
{
    private static TemporaryServer<MotoServer>? _moto;
    private static TemporaryServer<PostgresServer>? _postgres;

    public static MotoServer Moto => _moto!.Server;

    public static PostgresServer Postgres => _postgres!.Server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var installation = PostgresInstallation.Find() ?? throw new InvalidOperationException(PostgresInstallation.Remedy);
        _postgres = await installation.StartTemporaryAsync("acme", CancellationToken.None);
        _moto = await MotoInstallation.OnPath.StartTemporaryAsync(CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _moto?.Dispose();
        _postgres?.Dispose();
    }
}

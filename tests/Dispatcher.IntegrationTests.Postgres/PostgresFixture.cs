using Dispatcher.IntegrationTests.Postgres.Servers;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.IntegrationTests.Postgres;

/// <summary>The servers that all tests of this assembly share: in its root namespace, the fixture encloses every other.</summary>
[SetUpFixture]
public sealed class PostgresFixture
{
    /// <summary>A password with every character that a URL has to escape.</summary>
    internal const string Password = "correct horse: battery/staple";

    private static TemporaryServer<PostgresServer>? _server;
    private static TemporaryServer<PostgresServer>? _version17;

    private readonly DirectoryInfo _installation17 = Directory.CreateTempSubdirectory("postgres-17-");

    internal static PostgresServer Server => _server?.Server ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>
    /// Gets a server of version 17, for features that an older one lacks, and for TLS, which the other one does not offer.
    /// </summary>
    internal static PostgresServer Version17 => _version17?.Server
        ?? throw new InvalidOperationException("The server has not been started.");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await PostgresInstallations.Newest.StartTemporaryAsync(Password, CancellationToken.None);
        _version17 = await PostgresInstallations.CopyVersion17(_installation17).StartTemporaryAsync(Password, CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _server?.Dispose();
        _version17?.Dispose();
        _installation17.Delete(recursive: true);
    }
}


namespace Dispatcher.LocalServers.Postgres;

/// <summary>Is a PostgreSQL of the demo's own, which ends with it, however it ends.</summary>
internal sealed class PrivateCluster : IDisposable
{
    private readonly PostgresState _server;

    private PrivateCluster(PostgresState server)
    {
        _server = server;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Gets the value of <c>DATABASE_URL</c>.</summary>
    public string Url => _server.Url;

    /// <summary>Gets the server's port on loopback.</summary>
    public int Port => _server.Port;

    /// <summary>Gets the password of this cluster alone.</summary>
    public string Password => _server.Password;

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="installation">The programs.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The server.</returns>
    public static async Task<PrivateCluster> StartAsync(PostgresInstallation installation, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-demo-postgres-").FullName;
        try
        {
            return new PrivateCluster(await PostgresCluster.StartAsync(installation, directory, cancellationToken));
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Stop();
    }

    // A second Ctrl+C ends the process without going through the finally blocks.
    private void OnProcessExit(object? sender, EventArgs e) => Stop();

    private void Stop()
    {
        PostgresCluster.Stop(_server);
        if (Directory.Exists(_server.Directory))
        {
            Directory.Delete(_server.Directory, recursive: true);
        }
    }
}


namespace Dispatcher.LocalServers.Moto;

/// <summary>Is a server of the demo's own, which ends with it, however it ends.</summary>
internal sealed class PrivateServer : IDisposable
{
    private readonly MotoState _server;
    private readonly string _folder;

    private PrivateServer(MotoState server, string folder)
    {
        (_server, _folder) = (server, folder);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Gets the server's address.</summary>
    public Uri Endpoint => _server.Endpoint;

    /// <summary>Starts a server.</summary>
    /// <param name="program">The server's program.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The server.</returns>
    public static async Task<PrivateServer> StartAsync(string program, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dispatch-demo-").FullName;
        return new PrivateServer(await MotoServer.StartAsync(program, Path.Combine(folder, "moto.log"), cancellationToken), folder);
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
        MotoServer.Stop(_server);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}

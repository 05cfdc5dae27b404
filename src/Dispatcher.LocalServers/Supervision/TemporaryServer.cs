namespace Dispatcher.LocalServers.Supervision;

/// <summary>A server with a temporary folder. Both end with this object, or with this process.</summary>
/// <typeparam name="TServer">The kind of server.</typeparam>
public sealed class TemporaryServer<TServer> : IDisposable
    where TServer : RunningServer
{
    private readonly string _folder;

    private TemporaryServer(TServer server, string folder)
    {
        (Server, _folder) = (server, folder);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Gets the server.</summary>
    public TServer Server { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Stop();
    }

    /// <summary>Starts a server in a new temporary folder.</summary>
    /// <param name="prefix">How the folder's name begins.</param>
    /// <param name="start">Starts the server in the folder.</param>
    /// <returns>The server.</returns>
    internal static async Task<TemporaryServer<TServer>> StartAsync(string prefix, Func<string, Task<TServer>> start)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        try
        {
            return new TemporaryServer<TServer>(await start(folder), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    // A second Ctrl+C ends the process without running the finally blocks.
    private void OnProcessExit(object? sender, EventArgs e) => Stop();

    private void Stop()
    {
        Server.Stop();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}

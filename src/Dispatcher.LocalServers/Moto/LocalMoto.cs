using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Moto;

/// <summary>The one moto server of a working copy, remembered in <c>.local/moto.json</c>.</summary>
/// <param name="folder">The folder of the working copy.</param>
/// <param name="note">Called with what is being done.</param>
public sealed class LocalMoto(LocalFolder folder, Action<string> note)
{
    private readonly ServerFile<MotoServer> _file = new(folder, "moto.json", MotoJsonContext.Default.MotoServer);

    /// <summary>Gets the file with the server's output.</summary>
    public string Log => folder.File("moto.log");

    /// <summary>Finds the server that is remembered.</summary>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The server, or <see langword="null"/> if it has ended or does not answer.</returns>
    public async Task<MotoServer?> FindAsync(CancellationToken cancellationToken) =>
        _file.Read() is { IsRunning: true } server && await server.AnswersAsync(cancellationToken) ? server : null;

    /// <summary>Starts a server and remembers it.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">The server cannot be installed or does not start.</exception>
    public async Task<MotoServer> StartAsync(CancellationToken cancellationToken)
    {
        // A server that runs but does not answer would be forgotten, and never stopped.
        _file.Read()?.Stop();
        folder.Create();
        var installation = await new MotoInstaller(note, folder).FindAsync(cancellationToken);
        var server = await installation.StartAsync(Log, cancellationToken);
        _file.Write(server);
        return server;
    }

    /// <summary>Stops the server and forgets it.</summary>
    /// <returns>The server that was stopped, or <see langword="null"/> if none was running.</returns>
    public MotoServer? Stop()
    {
        var server = _file.Read();
        var stopped = server?.Stop() == true;
        _file.Delete();
        return stopped ? server : null;
    }
}

using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Local;

/// <summary>The PostgreSQL half of <c>local</c>.</summary>
/// <param name="terminal">The terminal to write to.</param>
/// <param name="folder">The folder of the working copy.</param>
internal sealed class LocalDatabase(CliTerminal terminal, LocalFolder folder)
{
    private readonly LocalPostgres _postgres = new(folder);

    /// <summary>Finds the server, if it is running.</summary>
    /// <returns>The server, or <see langword="null"/>.</returns>
    public PostgresServer? Find() => _postgres.Find();

    /// <summary>Starts the server unless it is running, if PostgreSQL is installed.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server, or <see langword="null"/> if PostgreSQL is not installed.</returns>
    public async Task<PostgresServer?> UpAsync(CancellationToken cancellationToken)
    {
        var server = Find();
        if (server is not null)
        {
            terminal.WriteNote($"PostgreSQL is up already: {server.Address} (process {server.Pid}).");
        }
        else if (PostgresInstallation.Find() is { } installation)
        {
            server = await _postgres.StartAsync(installation, cancellationToken);
            terminal.WriteNote($"PostgreSQL is up: {server.Address} (process {server.Pid}, in {server.Directory}).");
        }
        else
        {
            terminal.WriteNote(
                $"PostgreSQL is not installed, so there is no database. {PostgresInstallation.Remedy}");
            return null;
        }

        return server;
    }

    /// <summary>Stops the server and removes its cluster.</summary>
    public void Down()
    {
        var server = _postgres.Remembered;
        var stopped = _postgres.Stop();
        if (server is not null)
        {
            terminal.WriteNote(stopped ? $"Stopped: PostgreSQL on {server.Address} (process {server.Pid})." : "PostgreSQL was not up.");
        }
    }
}

using Dispatcher.Cli.Samples;
using Dispatcher.Cli.Terminal;
using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Postgres;

namespace Dispatcher.Cli.Local;

/// <summary>Is the one PostgreSQL of a working copy: starts it, stops it, finds it.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="folder">Where the server is remembered.</param>
internal sealed class LocalDatabase(CliTerminal terminal, LocalFolder folder)
{
    private const string TemporaryPrefix = "dispatch-postgres-";

    /// <summary>Finds the server that is remembered, if it is still there.</summary>
    /// <returns>The server, or <see langword="null"/>.</returns>
    public PostgresState? Find()
    {
        var server = PostgresState.Read(folder);
        using var process = server?.Mark.Find();
        return process is null ? null : server;
    }

    /// <summary>Makes sure that the server is up, where PostgreSQL is installed.</summary>
    /// <param name="sample">Whether to put sample data in.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>The server, or <see langword="null"/> where PostgreSQL is not installed.</returns>
    public async Task<PostgresState?> UpAsync(bool sample, CancellationToken cancellationToken)
    {
        var server = Find();
        if (server is not null)
        {
            terminal.WriteNote($"PostgreSQL is up already: {server.Address} (process {server.Pid}).");
        }
        else if (PostgresInstallation.Find() is { } installation)
        {
            server = await StartAsync(installation, cancellationToken);
            terminal.WriteNote($"PostgreSQL is up: {server.Address} (process {server.Pid}, in {server.Directory}).");
        }
        else
        {
            terminal.WriteNote($"PostgreSQL is not installed, so there is none for the database jobs. {PostgresInstallation.Remedy}");
            return null;
        }

        if (sample)
        {
            await SampleDatabase.FillAsync(server.Url, cancellationToken);
        }

        return server;
    }

    /// <summary>Stops the server and removes its cluster.</summary>
    public void Down()
    {
        if (PostgresState.Read(folder) is { } server)
        {
            var stopped = PostgresCluster.Stop(server);
            terminal.WriteNote(stopped ? $"Stopped: PostgreSQL on {server.Address} (process {server.Pid})." : "PostgreSQL was not up.");
            Remove(server.Directory);
        }

        PostgresState.Delete(folder);
    }

    private async Task<PostgresState> StartAsync(PostgresInstallation installation, CancellationToken cancellationToken)
    {
        // What an earlier one left, which was killed or went down with the machine.
        if (PostgresState.Read(folder) is { } old)
        {
            Remove(old.Directory);
        }

        folder.Create();
        var directory = await CreateDirectoryAsync(cancellationToken);
        try
        {
            var server = await PostgresCluster.StartAsync(installation, directory, cancellationToken);
            server.Write(folder);
            return server;
        }
        catch
        {
            Remove(directory);
            throw;
        }
    }

    /// <summary>Makes the cluster's directory under <c>.local</c>, or, where the server's user cannot get there, in the temporary folder.</summary>
    private async Task<string> CreateDirectoryAsync(CancellationToken cancellationToken)
    {
        var canEnter = await PostgresProgram.RunUnprivilegedAsync("test", ["-x", folder.Path], cancellationToken);
        if (canEnter.ExitCode != 0)
        {
            return Directory.CreateTempSubdirectory(TemporaryPrefix).FullName;
        }

        var directory = folder.File("postgres");
        Remove(directory);
        Directory.CreateDirectory(directory);
        return directory;
    }

    /// <summary>Removes a cluster's directory, and nothing else that a damaged state file may name.</summary>
    private void Remove(string directory)
    {
        var isOurs = directory == folder.File("postgres")
                     || (Path.GetFileName(directory).StartsWith(TemporaryPrefix, StringComparison.Ordinal)
                         && Path.GetDirectoryName(directory) == Path.GetDirectoryName(Path.Combine(Path.GetTempPath(), "x")));
        if (isOurs && Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}

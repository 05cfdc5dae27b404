using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>The one PostgreSQL server of a working copy, remembered in <c>.local/postgres.json</c>.</summary>
/// <param name="folder">The folder of the working copy.</param>
public sealed class LocalPostgres(LocalFolder folder)
{
    private const string TemporaryPrefix = "local-postgres-";

    private readonly ServerFile<PostgresServer> _file = new(folder, "postgres.json", PostgresJsonContext.Default.PostgresServer);

    /// <summary>Gets the server that is remembered, even if it has ended.</summary>
    public PostgresServer? Remembered => _file.Read();

    /// <summary>Finds the server that is remembered.</summary>
    /// <returns>The server, or <see langword="null"/> if it has ended.</returns>
    public PostgresServer? Find() => Remembered is { IsRunning: true } server ? server : null;

    /// <summary>Starts a server and remembers it.</summary>
    /// <param name="installation">The programs.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">The server does not start.</exception>
    public async Task<PostgresServer> StartAsync(PostgresInstallation installation, CancellationToken cancellationToken)
    {
        // The cluster of an earlier server that was killed, or that ended with the machine.
        if (Remembered is { } old)
        {
            Remove(old.Directory);
        }

        folder.Create();
        var directory = await CreateDirectoryAsync(cancellationToken);
        try
        {
            var server = await installation.StartAsync(directory, password: null, cancellationToken);
            _file.Write(server);
            return server;
        }
        catch
        {
            Remove(directory);
            throw;
        }
    }

    /// <summary>Stops the server, removes its cluster and forgets it.</summary>
    /// <returns>Whether there was a server to stop.</returns>
    public bool Stop()
    {
        var server = Remembered;
        var stopped = server?.Stop() == true;
        if (server is not null)
        {
            Remove(server.Directory);
        }

        _file.Delete();
        return stopped;
    }

    /// <summary>
    /// Creates the cluster's directory under <c>.local</c>, or in the temporary folder if the server's user cannot enter <c>.local</c>.
    /// </summary>
    private async Task<string> CreateDirectoryAsync(CancellationToken cancellationToken)
    {
        if (!await PostgresUser.CanEnterAsync(folder.Path, cancellationToken))
        {
            return Directory.CreateTempSubdirectory(TemporaryPrefix).FullName;
        }

        var directory = folder.File("postgres");
        Remove(directory);
        Directory.CreateDirectory(directory);
        return directory;
    }

    /// <summary>Removes a cluster's directory, and no other directory that a damaged file may name.</summary>
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

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>A PostgreSQL installation of this machine, which starts servers with clusters of their own.</summary>
/// <param name="Programs">The directory with <c>initdb</c> and <c>pg_ctl</c>.</param>
public sealed record PostgresInstallation(string Programs)
{
    /// <summary>What to do if there is no installation.</summary>
    public const string Remedy = "Install it (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql), and try again.";

    private const string Configuration = """

        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        timezone = 'UTC'
        # Nothing here has to survive a power cut.
        fsync = off
        synchronous_commit = off
        full_page_writes = off

        """;

    /// <summary>Finds the newest installation.</summary>
    /// <returns>The installation, or <see langword="null"/> if there is none that can be used.</returns>
    public static PostgresInstallation? Find()
    {
        if (OperatingSystem.IsWindows() || !PostgresUser.Exists)
        {
            return null;
        }

        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))
            : [];
        var path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        var folders = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(versions);
        return folders.FirstOrDefault(HasPrograms) is { } programs ? new PostgresInstallation(programs) : null;
    }

    /// <summary>
    /// Creates a cluster and starts a server on a free port of loopback, detached: it outlives this process, and Ctrl+C does not reach it.
    /// </summary>
    /// <param name="directory">An empty directory that the server's user can enter; it becomes that user's.</param>
    /// <param name="password">The superuser's password; a random one by default.</param>
    /// <param name="cancellationToken">Cancels the start; the server is then ended.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">The server does not start.</exception>
    public async Task<PostgresServer> StartAsync(string directory, string? password, CancellationToken cancellationToken)
    {
        password ??= RandomNumberGenerator.GetHexString(24, lowercase: true);
        await InitializeAsync(directory, password, cancellationToken);
        return await ServerSupervisor.StartAsync(
            "PostgreSQL", Log(directory), (port, token) => LaunchAsync(directory, password, port, token), cancellationToken);
    }

    /// <summary>
    /// Starts a server with a cluster in a temporary directory. It ends with the object that is returned, or with this process.
    /// </summary>
    /// <param name="password">The superuser's password; a random one by default.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">The server does not start.</exception>
    public Task<TemporaryServer<PostgresServer>> StartTemporaryAsync(string? password, CancellationToken cancellationToken) =>
        TemporaryServer<PostgresServer>.StartAsync("local-postgres-", directory => StartAsync(directory, password, cancellationToken));

    private async Task InitializeAsync(string directory, string password, CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(directory, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        await PostgresUser.TakeAsync(directory, cancellationToken);
        string[] arguments =
        [
            "-D", Data(directory), "-U", PostgresServer.SuperUser, "--pwfile", passwordFile, "--auth=scram-sha-256",
            "-E", "UTF8", "--locale=C", "--no-sync",
        ];
        await PostgresUser.RequireAsync(PostgresUser.RunAsync(Path.Combine(Programs, "initdb"), arguments, cancellationToken));
        File.Delete(passwordFile);
        await File.AppendAllTextAsync(Path.Combine(Data(directory), "postgresql.conf"), Configuration, cancellationToken);
    }

    private async Task<PostgresServer?> LaunchAsync(string directory, string password, int port, CancellationToken cancellationToken)
    {
        // Not cancelled: a server that is half started would be lost. It takes less than a second.
        var (exitCode, output) = await PostgresUser.RunAsync(
            Path.Combine(Programs, "pg_ctl"),
            ["-D", Data(directory), "-w", "-t", "60", "-s", "-l", Log(directory), "-o", $"-p {port}", "start"],
            CancellationToken.None);
        if (exitCode != 0 && !File.Exists(Log(directory)))
        {
            throw new LocalServerException($"PostgreSQL could not be started: {output}");
        }

        var server = FindServer(directory) is { } identity
            ? new PostgresServer(identity.Pid, identity.Started, port, directory, password)
            : null;
        if (exitCode != 0 || cancellationToken.IsCancellationRequested)
        {
            server?.Stop();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }

        return server;
    }

    /// <summary>Finds the server by the process id that it writes on the first line of postmaster.pid.</summary>
    private static ProcessIdentity? FindServer(string directory)
    {
        var file = Path.Combine(Data(directory), "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid))
        {
            return null;
        }

        using var process = Process.GetProcessById(pid);
        return ProcessIdentity.Of(process);
    }

    private static string Data(string directory) => Path.Combine(directory, "data");

    private static string Log(string directory) => Path.Combine(directory, "log");

    private static bool HasPrograms(string directory) =>
        ((string[])["initdb", "pg_ctl", "postgres"]).All(program => File.Exists(Path.Combine(directory, program)));

    private static int Version(string directory) => int.TryParse(Path.GetFileName(directory), out var version) ? version : 0;
}

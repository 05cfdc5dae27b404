using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Postgres;

/// <summary>Makes and ends private PostgreSQL clusters: on loopback, on a free port, with a password of their own.</summary>
internal static class PostgresCluster
{
    /// <summary>The role that owns everything in the cluster.</summary>
    public const string SuperUser = "postgres";

    private const int Attempts = 3;
    private const string Configuration = """

        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        timezone = 'UTC'
        # Nothing here has to survive a power cut.
        fsync = off
        synchronous_commit = off
        full_page_writes = off

        """;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <summary>Makes a cluster and starts it, detached: it outlives this process, and Ctrl+C does not reach it.</summary>
    /// <param name="installation">The programs.</param>
    /// <param name="directory">An empty directory that the server's user can get to; it becomes that user's.</param>
    /// <param name="cancellationToken">Fires when the person gives up; the server is then ended.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="LocalServerException">It does not start.</exception>
    public static async Task<PostgresState> StartAsync(PostgresInstallation installation, string directory, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        await InitializeAsync(installation, directory, password, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var port = FindFreePort();
            // Not to be cancelled: a server that is half way up would be lost sight of. It takes less than a second.
            var (exitCode, output) = await PostgresProgram.RunUnprivilegedAsync(
                Path.Combine(installation.Programs, "pg_ctl"),
                ["-D", Data(directory), "-w", "-t", "60", "-s", "-l", Path.Combine(directory, "log"), "-o", $"-p {port}", "start"],
                CancellationToken.None);
            if (exitCode == 0 && FindServer(directory) is { } mark)
            {
                var state = new PostgresState(mark.Pid, mark.Started, port, directory, password);
                if (cancellationToken.IsCancellationRequested)
                {
                    Stop(state);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return state;
            }

            // Another process may have taken the port in between.
            if (attempt == Attempts)
            {
                throw new LocalServerException($"PostgreSQL did not start on 127.0.0.1:{port}: {output}{Environment.NewLine}{Tail(directory)}");
            }
        }
    }

    /// <summary>Ends a server, if it is still the one that was started.</summary>
    /// <param name="server">The server.</param>
    /// <returns>Whether there was something to end.</returns>
    public static bool Stop(PostgresState server)
    {
        using var process = server.Mark.Find();
        if (process is null)
        {
            return false;
        }

        // SIGINT is PostgreSQL's fast shutdown: sessions are ended, files are closed. .NET itself can send SIGKILL only.
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        if (!process.WaitForExit(StopLimit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(StopLimit);
        }

        return true;
    }

    private static async Task InitializeAsync(
        PostgresInstallation installation, string directory, string password, CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(directory, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        await RequireAsync(PostgresProgram.RunAsync("chmod", ["-R", "go=", directory], cancellationToken));
        if (PostgresInstallation.ChangesUser)
        {
            await RequireAsync(PostgresProgram.RunAsync("chown", ["-R", PostgresInstallation.UnprivilegedUser, directory], cancellationToken));
        }

        await RequireAsync(PostgresProgram.RunUnprivilegedAsync(
            Path.Combine(installation.Programs, "initdb"),
            [
                "-D", Data(directory), "-U", SuperUser, "--pwfile", passwordFile, "--auth=scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync",
            ],
            cancellationToken));
        File.Delete(passwordFile);
        await File.AppendAllTextAsync(Path.Combine(Data(directory), "postgresql.conf"), Configuration, cancellationToken);
    }

    private static async Task RequireAsync(Task<(int ExitCode, string Output)> program)
    {
        var (exitCode, output) = await program;
        if (exitCode != 0)
        {
            throw new LocalServerException($"PostgreSQL's cluster could not be made: {output}");
        }
    }

    /// <summary>Finds the server by the process id that it writes on the first line of postmaster.pid.</summary>
    private static ProcessMark? FindServer(string directory)
    {
        var file = Path.Combine(Data(directory), "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid))
        {
            return null;
        }

        using var process = Process.GetProcessById(pid);
        return ProcessMark.Of(process);
    }

    private static string Data(string directory) => Path.Combine(directory, "data");

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Tail(string directory)
    {
        var log = Path.Combine(directory, "log");
        return File.Exists(log) ? string.Join(Environment.NewLine, File.ReadLines(log).TakeLast(5)) : "It left no log.";
    }
}

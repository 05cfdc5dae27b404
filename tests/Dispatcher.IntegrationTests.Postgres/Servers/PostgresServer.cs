using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>
/// A private PostgreSQL server: a cluster of its own in a temporary directory, on a free loopback port, gone when it is disposed of.
/// PostgreSQL refuses to run as root, so root runs it as the user postgres that Debian's package makes.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string SuperUser = "postgres";
    public const string Password = "correct horse: battery/staple";

    private readonly string _directory;

    private PostgresServer(string programs, string directory, int port)
    {
        Programs = programs;
        _directory = directory;
        Port = port;
    }

    public string Programs { get; }

    public int Port { get; }

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="installation">The directory of an installation that the server's user may not reach; the system's own if it is left out.</param>
    public static async Task<PostgresServer> StartAsync(string? installation = null)
    {
        var directory = Directory.CreateTempSubdirectory("dispatcher-postgres-").FullName;
        if (installation is not null)
        {
            await RunAsync("cp", ["-R", $"{installation}/.", Path.Combine(directory, "installation")]);
        }

        var programs = installation is null ? PostgresInstallation.FindPrograms() : Path.Combine(directory, "installation", "bin");
        var server = new PostgresServer(programs, directory, FindFreePort());
        var passwordFile = Path.Combine(directory, "password");
        await File.WriteAllTextAsync(passwordFile, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["-R", SuperUser, directory]);
        }

        await server.RunProgramAsync(
            "initdb", "-D", server.Data, "-U", SuperUser, "--pwfile", passwordFile, "--auth-local=trust", "--auth-host=scram-sha-256",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");

        // Nothing here has to survive a power cut.
        string[] settings =
        [
            $"port={server.Port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={directory}", "fsync=off", "synchronous_commit=off",
            "full_page_writes=off", "max_connections=60",
        ];
        await server.RunProgramAsync(
            "pg_ctl", "-D", server.Data, "-w", "-t", "120", "-l", Path.Combine(directory, "log"),
            "-o", string.Join(' ', settings.Select(setting => $"-c {setting}")), "start");
        return server;
    }

    /// <summary>Makes the URL of a database, as a configuration would hold it.</summary>
    public string Url(string database, string user = SuperUser, string password = Password) =>
        $"postgres://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@127.0.0.1:{Port}/{Uri.EscapeDataString(database)}";

    /// <summary>Stops the server at once and removes its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await RunProgramAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_directory, recursive: true);
    }

    private string Data => Path.Combine(_directory, "data");

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Writes a file that only the server's user can read, as it asks of a private key.</summary>
    public async Task<string> WriteFileAsync(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        await File.WriteAllTextAsync(path, text);
        await RunAsync("chmod", ["600", path]);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [SuperUser, path]);
        }

        return path;
    }

    private Task RunProgramAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", SuperUser, "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
        }

        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}

using System.Diagnostics;
using System.Reflection;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Moto;

/// <summary>The program of moto's server on this machine.</summary>
/// <param name="Program">The program, by its path or on PATH.</param>
public sealed record MotoInstallation(string Program)
{
    private const string Customization = "sitecustomize.py";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Gets the program on PATH.</summary>
    public static MotoInstallation OnPath { get; } = new("moto_server");

    /// <summary>Starts a server on a free port of loopback, detached: it outlives this process, and Ctrl+C does not reach it.</summary>
    /// <param name="log">The file for the server's output.</param>
    /// <param name="cancellationToken">Cancels the start; the server is then ended.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">The server does not start.</exception>
    public Task<MotoServer> StartAsync(string log, CancellationToken cancellationToken) =>
        ServerSupervisor.StartAsync($"moto's server ('{Program}')", log, (port, token) => LaunchAsync(log, port, token), cancellationToken);

    /// <summary>Starts a server that ends with the object that is returned, or with this process.</summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">The server does not start.</exception>
    public Task<TemporaryServer<MotoServer>> StartTemporaryAsync(CancellationToken cancellationToken) =>
        TemporaryServer<MotoServer>.StartAsync("local-moto-", folder => StartAsync(Path.Combine(folder, "moto.log"), cancellationToken));

    private async Task<MotoServer?> LaunchAsync(string log, int port, CancellationToken cancellationToken)
    {
        using var process = Start(log, port);
        try
        {
            while (ProcessIdentity.Of(process) is { } identity)
            {
                var server = new MotoServer(identity.Pid, identity.Started, port);
                if (await server.AnswersAsync(cancellationToken))
                {
                    // Another process may answer on the port.
                    return process.HasExited ? null : server;
                }

                await Task.Delay(Pause, cancellationToken);
            }

            return null;
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    private Process Start(string log, int port)
    {
        // The shell turns itself into the server, so that the process id is the server's. It ignores what a terminal sends to all.
        const string Script = "trap '' INT HUP; log=$1; shift; exec \"$@\" </dev/null >\"$log\" 2>&1";
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, Program, "-H", "127.0.0.1", "-p", $"{port}"]);

        start.Environment["PYTHONPATH"] = WriteCustomization(Path.GetDirectoryName(Path.GetFullPath(log))!);
        return Process.Start(start)!;
    }

    /// <summary>Writes sitecustomize.py, without which moto takes minutes for some thousand transactions.</summary>
    /// <returns>The folder that holds the file.</returns>
    private static string WriteCustomization(string parent)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, "moto")).FullName;
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Customization)
            ?? throw new InvalidOperationException($"'{Customization}' is not in the assembly. Build it again.");
        using var file = File.Create(Path.Combine(folder, Customization));
        resource.CopyTo(file);
        return folder;
    }
}

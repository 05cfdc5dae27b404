using System.Diagnostics;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.LocalServers.Moto;

/// <summary>Starts moto's server on a free port of loopback, detached: it outlives this process, and Ctrl+C does not reach it.</summary>
internal static class MotoServer
{
    private const int Attempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="program">The server's program.</param>
    /// <param name="log">The file that takes its output.</param>
    /// <param name="cancellationToken">Fires when the person gives up; the server is then ended.</param>
    /// <returns>The server.</returns>
    /// <exception cref="LocalServerException">It does not start.</exception>
    public static async Task<MotoState> StartAsync(string program, string log, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.FindFree();
            using var process = Start(program, port, log);
            try
            {
                if (await IsReadyAsync(process, port, cancellationToken) && ProcessMark.Of(process) is { } mark)
                {
                    return new MotoState(mark.Pid, mark.Started, port);
                }

                // Another process may have taken the port in between.
                if (attempt == Attempts || !process.HasExited)
                {
                    throw new LocalServerException($"moto's server did not answer on 127.0.0.1:{port}. It said, in {log}: {Tail(log)}");
                }
            }
            catch
            {
                process.Kill();
                throw;
            }
        }
    }

    /// <summary>Ends a server, if it is still the one that was started.</summary>
    /// <param name="server">The server.</param>
    /// <returns>Whether there was something to end.</returns>
    public static bool Stop(MotoState server)
    {
        using var process = server.Mark.Find();
        if (process is null)
        {
            return false;
        }

        process.Kill();
        process.WaitForExit(TimeSpan.FromSeconds(10));
        return true;
    }

    /// <summary>Asks a server whether it is there.</summary>
    /// <param name="endpoint">Its address.</param>
    /// <param name="cancellationToken">Fires when the person gives up.</param>
    /// <returns>Whether it answers as moto does.</returns>
    public static async Task<bool> AnswersAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(new Uri(endpoint, "/moto-api/config"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static Process Start(string program, int port, string log)
    {
        // The shell turns itself into the server, so that the process id is the server's. It ignores what a terminal sends to all.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "trap '' INT HUP; log=$1; shift; exec \"$@\" </dev/null >\"$log\" 2>&1", "sh", log, program, "-H", "127.0.0.1", "-p", $"{port}"]);

        // Holds sitecustomize.py, without which moto takes minutes for a demo's transactions.
        start.Environment["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "moto");
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReadyAsync(Process process, int port, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!process.HasExited && Stopwatch.GetElapsedTime(began) < StartLimit)
        {
            if (await AnswersAsync(new Uri($"http://127.0.0.1:{port}"), cancellationToken))
            {
                return !process.HasExited;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return false;
    }

    private static string Tail(string log) => File.Exists(log) ? string.Join(Environment.NewLine, File.ReadLines(log).TakeLast(5)) : "nothing";
}

namespace Dispatcher.LocalServers.Supervision;

/// <summary>Functions that start servers on free ports of loopback.</summary>
internal static class ServerSupervisor
{
    private const int Attempts = 3;
    private const int LinesShown = 5;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <typeparam name="TServer">The kind of server.</typeparam>
    /// <param name="name">The server's name, for errors.</param>
    /// <param name="log">The file with the server's output.</param>
    /// <param name="launch">
    /// Starts the server on a port, and returns it when it is ready, or <see langword="null"/> if it ended. When cancelled, it leaves no
    /// process.
    /// </param>
    /// <param name="cancellationToken">Cancels the start; the server is then ended.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="LocalServerException">The server does not start.</exception>
    public static async Task<TServer> StartAsync<TServer>(
        string name, string log, Func<int, CancellationToken, Task<TServer?>> launch, CancellationToken cancellationToken)
        where TServer : RunningServer
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.FindFree();
            try
            {
                if (await launch(port, limit.Token) is { } server)
                {
                    return server;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw Failed($"did not answer on 127.0.0.1:{port} within {StartLimit.TotalSeconds:0} seconds");
            }

            // Another process may have taken the port in between.
            if (attempt == Attempts)
            {
                throw Failed($"did not start on 127.0.0.1:{port}");
            }
        }

        LocalServerException Failed(string what) => new($"{name} {what}. Its log {log} ends: {Tail(log)}");
    }

    private static string Tail(string log) =>
        File.Exists(log) ? string.Join(Environment.NewLine, File.ReadLines(log).TakeLast(LinesShown)) : "(no log)";
}

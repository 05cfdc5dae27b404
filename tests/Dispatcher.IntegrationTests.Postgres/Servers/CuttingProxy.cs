using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>
/// A proxy in front of PostgreSQL that cuts the connection at the first COMMIT: before the server has seen it, or after the server has
/// answered it and before the client sees the answer; in an outage, it then refuses every connection until the test ends it.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Cut _cut;
    private readonly int _server;
    private int _cuts;
    private volatile bool _isOut;

    public CuttingProxy(int server, Cut cut)
    {
        (_server, _cut) = (server, cut);
        _listener.Start();
        _ = AcceptAsync();
    }

    public enum Cut
    {
        BeforeCommit,
        AfterCommit,
        AfterCommitWithAnOutage,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void EndOutage() => _isOut = false;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (_isOut)
                {
                    client.Dispose();
                    continue;
                }

                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
            var isMute = new StrongBox<bool>();
            var answers = PassAnswersAsync(server.GetStream(), client.GetStream(), isMute);
            var buffer = new byte[65536];
            for (int read; (read = await client.GetStream().ReadAsync(buffer, _stop.Token)) > 0;)
            {
                var isCut = Encoding.ASCII.GetString(buffer, 0, read).Contains("COMMIT\0", StringComparison.Ordinal)
                    && Interlocked.Increment(ref _cuts) == 1;
                if (isCut && _cut == Cut.BeforeCommit)
                {
                    return;
                }

                if (isCut)
                {
                    Volatile.Write(ref isMute.Value, true);
                    _isOut = _cut == Cut.AfterCommitWithAnOutage;
                }

                await server.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                if (isCut)
                {
                    // The server closes the connection when it has committed and answered; only then does the client notice.
                    server.Client.Shutdown(SocketShutdown.Send);
                    await answers;
                    return;
                }
            }
        }
    }

    private async Task PassAnswersAsync(NetworkStream server, NetworkStream client, StrongBox<bool> isMute)
    {
        var buffer = new byte[65536];
        for (int read; (read = await server.ReadAsync(buffer, _stop.Token)) > 0;)
        {
            if (!Volatile.Read(ref isMute.Value))
            {
                await client.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
    }
}

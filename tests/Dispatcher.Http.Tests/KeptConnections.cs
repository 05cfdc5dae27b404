using System.Net;
using System.Net.Sockets;

namespace Dispatcher.Http.Tests;

/// <summary>A server that answers each request on the connection on which it came, and counts the connections.</summary>
internal sealed class KeptConnections : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;
    private int _opened;

    public KeptConnections()
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public int Opened => Volatile.Read(ref _opened);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private static async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            using var reader = new StreamReader(connection.GetStream());
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length == 0)
                {
                    await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"u8.ToArray());
                }
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _opened);
                _ = AnswerAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // The test is over: the listener has stopped during a call or before it.
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>A Unix socket in front of a server that listens on TCP alone.</summary>
internal sealed class SocketProxy : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pg-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _port;

    public SocketProxy(int port)
    {
        _port = port;
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, $".s.PGSQL.{port}")));
        _listener.Listen();
        _ = AcceptAsync();
    }

    public string Folder => _directory.FullName;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _directory.Delete(recursive: true);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
            await using var near = new NetworkStream(client, ownsSocket: true);
            await Task.WhenAny(near.CopyToAsync(server.GetStream(), _stop.Token), server.GetStream().CopyToAsync(near, _stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // Either side has gone.
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatcher.Aws.Tests;

/// <summary>A service on a loopback port that answers each request with what the test has for it, or never.</summary>
internal sealed class FakeService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];

    public FakeService()
    {
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
    }

    public string Url { get; }

    /// <summary>Waits for a request, and leaves it without an answer.</summary>
    public async Task<NetworkStream> ReceiveAsync()
    {
        var client = await _listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromMinutes(1));
        _clients.Add(client);
        var stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[1], 1);
        return stream;
    }

    /// <summary>Waits for a request, runs <paramref name="beforeAnswer"/>, and answers it.</summary>
    /// <remarks>The request of a retry proves that the client has handled the answer before it.</remarks>
    public async Task AnswerAsync(HttpStatusCode status, string body, Action? beforeAnswer = null)
    {
        await using var stream = await ReceiveAsync();
        beforeAnswer?.Invoke();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {(int)status} Status\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {body.Length}\r\nConnection: "
                + $"close\r\n\r\n{body}"));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _clients.ForEach(client => client.Dispose());
    }
}

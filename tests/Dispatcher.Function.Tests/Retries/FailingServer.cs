using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatcher.Function.Tests.Retries;

/// <summary>A server on loopback that reads every request, counts it and fails it.</summary>
internal sealed class FailingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ServerFault _fault;
    private readonly string _spared;
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Starts the server.</summary>
    /// <param name="fault">How it fails.</param>
    /// <param name="spared">The request that it answers with 200 and <c>{}</c>, if there is one.</param>
    public FailingServer(ServerFault fault, string spared = "")
    {
        _fault = fault;
        _spared = spared;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Gets the requests that were failed: the operation, or the method and the path.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Gets the number of connections that were accepted.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
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
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException
            or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            var head = await ReadHeadAsync(stream);
            if (head.Length == 0)
            {
                return;
            }

            var name = NameOf(head);
            if (name == _spared)
            {
                await AnswerAsync(client, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
                return;
            }

            _requests.Enqueue(name);
            switch (_fault)
            {
                case ServerFault.Silence:
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    break;
                case ServerFault.Error:
                    await AnswerAsync(client, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    break;
                case ServerFault.Busy:
                    await AnswerAsync(client, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    break;
                case ServerFault.BusyWithRetryAfter:
                    await AnswerAsync(
                        client,
                        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client, string answer)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null, _stop.Token);
    }

    /// <summary>Reads a request as far as it is needed for its name. The first eight bytes of PostgreSQL are a whole one.</summary>
    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 64_000 && await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
            if ((head.Length == 8 && head[0] == 0) || (head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n"))
            {
                break;
            }
        }

        return head.ToString();
    }

    private static string NameOf(string head)
    {
        var lines = head.Split("\r\n");
        var target = lines.FirstOrDefault(static line => line.StartsWith("x-amz-target:", StringComparison.OrdinalIgnoreCase));
        return target is null ? string.Join(' ', lines[0].Split(' ').Take(2)) : target.Split('.', ':')[^1].Trim();
    }
}

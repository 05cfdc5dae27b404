using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Dispatcher.Jobs.Http.Tests.Server;

/// <summary>
/// An HTTP server on loopback that answers byte for byte what a test tells it to: one script per request, the last one again and again.
/// </summary>
internal sealed class MisbehavingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentQueue<Task> _connections = new();
    private readonly X509Certificate2? _certificate;
    private readonly Func<Stream, CancellationToken, Task>[] _scripts;
    private readonly Task _accepting;
    private int _next;
    private long _bytesSent;

    public MisbehavingServer(params Func<Stream, CancellationToken, Task>[] scripts)
        : this(null, scripts)
    {
    }

    public MisbehavingServer(X509Certificate2? certificate, params Func<Stream, CancellationToken, Task>[] scripts)
    {
        _certificate = certificate;
        _scripts = scripts;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/api/internal/run-uptime/";

    public string Origin => $"http://127.0.0.1:{Port}";

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    /// <summary>Gets how much of a body went out: what a client does not read piles up in the buffers of both sides, and no more.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Gets a task that ends when the server has read a request.</summary>
    public TaskCompletionSource RequestArrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers at once.</summary>
    public static Func<Stream, CancellationToken, Task> Answer(int status, string body = "", params string[] headers) =>
        (stream, token) => WriteAsync(stream, Head(status, Encoding.UTF8.GetByteCount(body), headers) + body, token);

    /// <summary>Answers with bytes.</summary>
    public static Func<Stream, CancellationToken, Task> AnswerBytes(int status, byte[] body, params string[] headers) =>
        async (stream, token) =>
        {
            await WriteAsync(stream, Head(status, body.Length, headers), token);
            await stream.WriteAsync(body, token);
        };

    /// <summary>Never answers.</summary>
    public static Func<Stream, CancellationToken, Task> Silence() => (_, token) => Task.Delay(Timeout.Infinite, token);

    /// <summary>Answers with the headers and the beginning of a body, and then nothing.</summary>
    public static Func<Stream, CancellationToken, Task> Stall(int status) => async (stream, token) =>
    {
        await WriteAsync(stream, Head(status, 1000) + "the beginning", token);
        await Task.Delay(Timeout.Infinite, token);
    };

    /// <summary>Cuts the connection after some bytes.</summary>
    public static Func<Stream, CancellationToken, Task> Cut(string after = "") => (stream, token) => WriteAsync(stream, after, token);

    public static string Head(int status, long length, params string[] headers) =>
        $"HTTP/1.1 {status} Status\r\nContent-Length: {length}\r\nConnection: close\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n";

    /// <summary>Sends a body of a size.</summary>
    public Func<Stream, CancellationToken, Task> Flood(int status, long length) => async (stream, token) =>
    {
        await WriteAsync(stream, Head(status, length), token);
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'x');
        for (var rest = length; rest > 0; rest -= block.Length)
        {
            await stream.WriteAsync(block, token);
            Interlocked.Add(ref _bytesSent, block.Length);
        }
    };

    /// <summary>Answers later than the constructor, for scripts that need the server.</summary>
    public void Script(int index, Func<Stream, CancellationToken, Task> script) => _scripts[index] = script;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private static Task WriteAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections.Enqueue(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // The server is being stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = await OpenAsync(client);
            if (await ReadRequestAsync(stream) is not { } request)
            {
                return;
            }

            _requests.Enqueue(request);
            RequestArrived.TrySetResult();
            var script = _scripts[Math.Min(Interlocked.Increment(ref _next), _scripts.Length) - 1];
            await script(stream, _stop.Token);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, or the server is being stopped.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return stream;
    }

    private async Task<ReceivedRequest?> ReadRequestAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        if (await reader.ReadLineAsync(_stop.Token) is not { } line)
        {
            return null;
        }

        var headers = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
        {
            headers.Add(header);
        }

        var request = new ReceivedRequest(line, headers, string.Empty);
        var length = int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        if (length == 0)
        {
            return request;
        }

        var body = new char[length];
        await reader.ReadBlockAsync(body, _stop.Token);
        return request with { Body = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)) };
    }
}

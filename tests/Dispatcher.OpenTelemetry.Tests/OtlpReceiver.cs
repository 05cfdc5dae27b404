using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>A receiver of OTLP over HTTP on loopback that keeps the bodies of all requests.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(string Path, string Body)> _requests = Channel.CreateUnbounded<(string Path, string Body)>();

    public OtlpReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _ = ReceiveAsync();
    }

    public string Url { get; }

    /// <summary>Waits for two requests.</summary>
    /// <returns>The texts in their protobuf, by path.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ReceiveTwoAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var first = await _requests.Reader.ReadAsync(timeout.Token);
        var second = await _requests.Reader.ReadAsync(timeout.Token);
        return new Dictionary<string, string> { [first.Path] = first.Body, [second.Path] = second.Body };
    }

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                await _requests.Writer.WriteAsync((context.Request.Url!.AbsolutePath, Encoding.UTF8.GetString(body.ToArray())));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>A receiver of OTLP over HTTP on loopback that keeps the bodies of all requests by path.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();

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

    public ConcurrentDictionary<string, byte[]> Bodies { get; } = new();

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
                Bodies.AddOrUpdate(context.Request.Url!.AbsolutePath, _ => body.ToArray(), (_, earlier) => [.. earlier, .. body.ToArray()]);
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

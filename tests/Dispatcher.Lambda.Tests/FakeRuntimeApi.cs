using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Dispatcher.Lambda.Tests;

/// <summary>
/// A Lambda Runtime API on loopback that delivers events and receives the function's answers.
/// See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
/// </summary>
internal sealed class FakeRuntimeApi : IDisposable
{
    private const string Root = "/2018-06-01/runtime/";

    private readonly HttpListener _listener = new();
    private readonly Channel<byte[]> _events = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<Answer> _answers = Channel.CreateUnbounded<Answer>();
    private readonly TaskCompletionSource _snapshot = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    public FakeRuntimeApi()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Gets or sets the function's timeout.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gives the function an event and waits for what it answers.</summary>
    public async Task<Answer> InvokeAsync(byte[] payload, CancellationToken cancellationToken)
    {
        await _events.Writer.WriteAsync(payload, cancellationToken);
        return await NextAnswerAsync(cancellationToken);
    }

    /// <summary>Waits until the function is ready for its snapshot. It is restored at once, in the same process.</summary>
    public Task WaitForSnapshotAsync(CancellationToken cancellationToken) => _snapshot.Task.WaitAsync(cancellationToken);

    public async Task<Answer> NextAnswerAsync(CancellationToken cancellationToken) => await _answers.Reader.ReadAsync(cancellationToken);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed: the test is over.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath[Root.Length..];
        if (path == "invocation/next")
        {
            var payload = await _events.Reader.ReadAsync();
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = $"request-{Interlocked.Increment(ref _requests)}";
            context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = $"{DateTimeOffset.UtcNow.Add(Timeout).ToUnixTimeMilliseconds()}";
            context.Response.ContentType = "application/json";
            context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] =
                "arn:aws:lambda:eu-central-1:123456789012:function:maintenance";
            await context.Response.OutputStream.WriteAsync(payload);
        }
        else if (path == "restore/next")
        {
            _snapshot.TrySetResult();
        }
        else
        {
            var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            context.Response.StatusCode = (int)HttpStatusCode.Accepted;
            context.Response.ContentType = "application/json";
            context.Response.Close("{\"status\":\"OK\"}\n"u8.ToArray(), willBlock: true);
            await _answers.Writer.WriteAsync(new Answer(path, body.RootElement));
            return;
        }

        context.Response.Close();
    }

    /// <summary>An answer of the function.</summary>
    /// <param name="Path">The path below the API's root.</param>
    /// <param name="Body">The answer.</param>
    internal sealed record Answer(string Path, JsonElement Body);
}

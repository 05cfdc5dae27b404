using System.Net;
using System.Net.Sockets;
using System.Text;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>Listens on a free port of 127.0.0.1 and answers every request from memory.</summary>
internal sealed class FakeListener : IDisposable
{
    private const int Attempts = 20;

    private readonly FakeWorld _world;
    private readonly Func<FakeRequest, IFakeService> _serviceOf;
    private readonly Func<string, FakeCaller> _callerOf;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpListener _listener;

    public FakeListener(FakeWorld world, Func<FakeRequest, IFakeService> serviceOf, Func<string, FakeCaller> callerOf)
    {
        _world = world;
        _serviceOf = serviceOf;
        _callerOf = callerOf;
        (_listener, Url) = Start();
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Close();
        _stopping.Dispose();
    }

    /// <summary>Starts on a free port. Another process may take it between the two steps, so that there are several attempts.</summary>
    private static (HttpListener Listener, Uri Url) Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            int port;
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                port = ((IPEndPoint)probe.LocalEndpoint).Port;
            }

            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                listener.Start();
                return (listener, new Uri($"http://127.0.0.1:{port}"));
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

    /// <summary>Reads the access key from the signature: it names the caller.</summary>
    private static string AccessKeyOf(FakeRequest request)
    {
        const string Credential = "Credential=";
        var signature = request.Headers.GetValueOrDefault("Authorization") ?? string.Empty;
        var start = signature.IndexOf(Credential, StringComparison.Ordinal);
        return start < 0 ? "anonymous" : signature[(start + Credential.Length)..].Split('/', 2)[0];
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(() => ServeAsync(context));
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            var request = await FakeRequest.ReadAsync(context.Request, _stopping.Token);
            var caller = _callerOf(AccessKeyOf(request));
            var answer = FakeExchange.AnswerAsync(_world, _serviceOf(request), caller, request, _stopping.Token);
            await Task.WhenAny(answer, caller.Killed);
            if (answer.IsCompleted)
            {
                await WriteAsync(context, await answer);
            }
            else
            {
                context.Response.Abort();
            }
        }
        catch (NotSupportedException exception)
        {
            await WriteAsync(context, NotImplemented(exception.Message));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A cut connection, one that the client has closed, or the end of this server.
            context.Response.Abort();
        }
    }

    private static HttpResponseMessage NotImplemented(string message) => new(HttpStatusCode.NotImplemented)
    {
        Content = new StringContent(
            $$"""{"__type":"NotSupportedByFake","message":{{System.Text.Json.JsonSerializer.Serialize(message)}}}""",
            Encoding.UTF8,
            "application/x-amz-json-1.0"),
    };

    private static async Task WriteAsync(HttpListenerContext context, HttpResponseMessage answer)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        var body = await answer.Content.ReadAsByteArrayAsync();
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers[name] = values.ToString();
            }
        }

        response.ContentLength64 = context.Request.HttpMethod == "HEAD" ? answer.Content.Headers.ContentLength ?? 0 : body.Length;
        if (context.Request.HttpMethod != "HEAD")
        {
            await response.OutputStream.WriteAsync(body);
        }

        response.Close();
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.Cli.Demo;

/// <summary>The HTTP endpoint that <c>http-trigger</c> calls. It receives both runs of a slot, which have the same key.</summary>
internal sealed class DemoEndpoint : DemoTarget
{
    private const string SecretName = "DEMO_INTERNAL_KEY";
    private const string Path = "/internal/run-uptime/";

    private readonly string _secret = $"{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<string> _received = new();
    private HttpListener? _listener;
    private string _slot = string.Empty;

    /// <inheritdoc />
    public override string Job => "http-trigger";

    /// <inheritdoc />
    public override string Expected => Describe("POST", Path, _slot, _secret);

    /// <inheritdoc />
    public override Task<JsonObject> PrepareAsync(string slot, CancellationToken cancellationToken)
    {
        _slot = slot;
        var address = $"http://127.0.0.1:{LoopbackPort.FindFree()}";
        _listener = new HttpListener { Prefixes = { $"{address}/" } };
        _listener.Start();
        _ = ServeAsync(_listener);

        Environment.SetEnvironmentVariable(SecretName, _secret);
        return Task.FromResult(new JsonObject
        {
            ["url"] = address + Path,
            ["secretHeader"] = "X-Internal-Key",
            ["secret"] = SecretName,
        });
    }

    /// <inheritdoc />
    public override Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _received]);

    /// <inheritdoc />
    public override void Dispose() => _listener?.Close();

    private async Task ServeAsync(HttpListener listener)
    {
        try
        {
            while (true)
            {
                var exchange = await listener.GetContextAsync();
                var request = exchange.Request;
                _received.Enqueue(Describe(
                    request.HttpMethod, request.Url!.AbsolutePath, request.Headers["Idempotency-Key"], request.Headers["X-Internal-Key"]));
                exchange.Response.StatusCode = 204;
                exchange.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The demo is over.
        }
    }

    private string Describe(string method, string path, string? key, string? secret) =>
        $"{method} {path}, Idempotency-Key {key}, {(secret == _secret ? "right" : "wrong")} secret";
}

using System.Threading.Channels;

namespace Dispatcher.StandIns.Tests.Servers;

/// <summary>A Lambda Runtime API that hands out events, and then keeps its caller waiting as the real one does.</summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly Channel<CannedResponse> _events = Channel.CreateUnbounded<CannedResponse>();
    private readonly Channel<RecordedRequest> _reports = Channel.CreateUnbounded<RecordedRequest>();
    private readonly LoopbackServer _server;

    public RuntimeApiServer() => _server = new LoopbackServer(RespondAsync);

    public string Authority => _server.Authority;

    public void Add(string requestId, string json, params (string Name, string Value)[] headers) =>
        Add(new CannedResponse(200, json, [("Lambda-Runtime-Aws-Request-Id", requestId), .. headers]));

    public void Add(CannedResponse response) => _events.Writer.TryWrite(response);

    /// <summary>Waits for the next response or error.</summary>
    public async Task<RecordedRequest> ReportAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _reports.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Waits for the next request of any kind.</summary>
    public Task<RecordedRequest> RequestAsync() => _server.TakeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<CannedResponse> RespondAsync(RecordedRequest request, CancellationToken cancellationToken)
    {
        if (request.Path.EndsWith("/invocation/next", StringComparison.Ordinal))
        {
            return await _events.Reader.ReadAsync(cancellationToken);
        }

        if (request.Path.EndsWith("/restore/next", StringComparison.Ordinal))
        {
            return new CannedResponse(200, string.Empty);
        }

        _reports.Writer.TryWrite(request);
        return new CannedResponse(202, "{\"status\":\"OK\"}");
    }
}

using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Reporting.Tests.Browser;

/// <summary>Speaks the Chrome DevTools Protocol: numbered calls and their answers, and events in between.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly List<(string Method, JsonNode Parameters)> _events = [];
    private readonly List<(string Method, TaskCompletionSource<JsonNode> Source)> _waiting = [];
    private readonly Lock _lock = new();
    private Task _reading = Task.CompletedTask;
    private int _lastCall;

    /// <summary>Gets what has happened since the events were forgotten.</summary>
    public IReadOnlyList<(string Method, JsonNode Parameters)> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(address, cancellationToken);
        _reading = Task.Run(ReadAsync, CancellationToken.None);
    }

    public async Task<JsonNode> CallAsync(string method, object? parameters, string? session, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var answer = _calls[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = JsonSerializer.SerializeToNode(parameters ?? new { }) };
        if (session is not null)
        {
            call["sessionId"] = session;
        }

        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(call), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the next event of a name. Ask before what brings it about.</summary>
    public Task<JsonNode> NextAsync(string method, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((method, source));
        }

        return source.Task.WaitAsync(cancellationToken);
    }

    public void ForgetEvents()
    {
        lock (_lock)
        {
            _events.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (await _socket.ReceiveAsync(buffer, _end.Token) is { MessageType: WebSocketMessageType.Text } part)
            {
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new IOException("The browser is gone.", exception));
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id && _calls.TryRemove(id.GetValue<int>(), out var call))
        {
            if (message["error"] is { } error)
            {
                call.SetException(new InvalidOperationException($"The browser refused a call: {error.ToJsonString()}"));
                return;
            }

            call.SetResult(message["result"]!);
            return;
        }

        var (method, parameters) = (message["method"]!.GetValue<string>(), message["params"]!);
        lock (_lock)
        {
            _events.Add((method, parameters));
            _waiting.Where(waiting => waiting.Method == method).ToList().ForEach(waiting => waiting.Source.TrySetResult(parameters));
            _waiting.RemoveAll(waiting => waiting.Method == method);
        }
    }
}

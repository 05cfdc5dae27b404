using System.Net;
using System.Text;
using System.Threading.Channels;
using Dispatcher.LocalServers.Supervision;

namespace Dispatcher.StandIns.Tests.Servers;

/// <summary>Answers requests on a free port of this machine and records them.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpListener _listener = new();
    private readonly Channel<RecordedRequest> _requests = Channel.CreateUnbounded<RecordedRequest>();
    private readonly Func<RecordedRequest, CancellationToken, Task<CannedResponse>> _respond;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LoopbackServer(Func<RecordedRequest, CancellationToken, Task<CannedResponse>> respond)
    {
        _respond = respond;
        Authority = $"127.0.0.1:{LoopbackPort.FindFree()}";
        _listener.Prefixes.Add($"http://{Authority}/");
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    /// <summary>Gets the host and port.</summary>
    public string Authority { get; }

    public string Url => $"http://{Authority}";

    /// <summary>Creates a server that gives these responses one after the other.</summary>
    public static LoopbackServer Giving(params CannedResponse[] responses)
    {
        var left = new Queue<CannedResponse>(responses);
        return new LoopbackServer((_, _) => Task.FromResult(left.Count > 0 ? left.Dequeue() : new CannedResponse(500, "{}")));
    }

    /// <summary>Waits for the next request that was not taken yet.</summary>
    public async Task<RecordedRequest> TakeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _requests.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Counts the requests that were not taken yet.</summary>
    public int Untaken => _requests.Reader.Count;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _listener.Close();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var answers = new List<Task>();
        while (true)
        {
            try
            {
                answers.Add(AnswerAsync(await _listener.GetContextAsync()));
            }
            catch (Exception exception) when (exception is HttpListenerException or InvalidOperationException)
            {
                await Task.WhenAll(answers);
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var request = new RecordedRequest(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers, body.ToArray());
            _requests.Writer.TryWrite(request);
            var response = await _respond(request, _stop.Token);
            context.Response.StatusCode = response.Status;
            foreach (var (name, value) in response.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(response.Body));
            context.Response.Close();
        }
        catch (Exception exception) when (_stop.IsCancellationRequested || exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over, or the client hung up: nobody waits for this answer.
            context.Response.Abort();
        }
    }
}

using Dispatcher.Hosting;

namespace Dispatcher.Http;

/// <summary>
/// A handler whose connections can be given up. After a restore from a snapshot, the other ends of the open ones are gone, and their age
/// does not tell: the clock by which it is measured has stood still.
/// </summary>
/// <param name="create">Creates the handler that opens connections.</param>
internal sealed class RenewableHandler(Func<HttpMessageHandler> create) : HttpMessageHandler, ISnapshotState
{
    private HttpMessageInvoker? _connections;
    private volatile bool _isDisposed;

    public void Discard() => Interlocked.Exchange(ref _connections, null)?.Dispose();

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Connections().Send(request, cancellationToken);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Connections().SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isDisposed = true;
            Discard();
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Connections()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Volatile.Read(ref _connections) ?? Open();
    }

    private HttpMessageInvoker Open()
    {
        var opened = new HttpMessageInvoker(create());
        if (Interlocked.CompareExchange(ref _connections, opened, null) is not { } existing)
        {
            return opened;
        }

        opened.Dispose();
        return existing;
    }
}

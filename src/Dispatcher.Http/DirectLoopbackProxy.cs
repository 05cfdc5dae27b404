using System.Net;

namespace Dispatcher.Http;

/// <summary>
/// A proxy that connects directly to this machine, and to everything else through the proxy of the environment: plain http is allowed for
/// this machine because it does not leave it.
/// </summary>
internal sealed class DirectLoopbackProxy(IWebProxy inner) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => inner.Credentials;
        set => inner.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : inner.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || inner.IsBypassed(host);
}

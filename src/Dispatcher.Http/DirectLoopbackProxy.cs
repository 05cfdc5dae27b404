using System.Net;

namespace Dispatcher.Http;

/// <summary>
/// Sends what is meant for this machine past the proxy that the environment names: plain http is allowed there because it does not
/// leave the machine.
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

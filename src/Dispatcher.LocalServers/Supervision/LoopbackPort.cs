using System.Net;
using System.Net.Sockets;

namespace Dispatcher.LocalServers.Supervision;

/// <summary>Free ports of this machine.</summary>
public static class LoopbackPort
{
    /// <summary>Finds a port that no process listens on. Another process may take it before it is used.</summary>
    /// <returns>The port.</returns>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

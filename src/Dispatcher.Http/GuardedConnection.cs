using System.Net;
using System.Net.Sockets;

namespace Dispatcher.Http;

/// <summary>
/// A connection to an address that has been checked: the name is resolved once, and the connection is opened to the addresses that were
/// found and to no others, so that a second answer of the name server is never requested.
/// </summary>
/// <param name="resolve">Resolves the name of a host.</param>
/// <param name="runtimeApi">The host and port at which Lambda's runtime takes invocations, if there is one.</param>
internal sealed class GuardedConnection(Func<string, CancellationToken, Task<IPAddress[]>> resolve, string? runtimeApi)
{
    /// <summary>Opens a connection.</summary>
    /// <exception cref="ForbiddenAddressException">An address of the host is forbidden.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolve(host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        foreach (var address in addresses)
        {
            if ((ForbiddenAddress.Describe(address) ?? DescribeRuntime(address, port)) is { } what)
            {
                throw new ForbiddenAddressException(
                    $"{host} has the address {address}, which is {what}: no request is sent there. Name another host.");
            }
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whoever reaches the runtime of the function can take its invocations, and answer them.</summary>
    private string? DescribeRuntime(IPAddress address, int port) =>
        IPAddress.IsLoopback(address) && runtimeApi?.Split(':')[^1] == $"{port}" ? "that of Lambda's runtime at this port" : null;
}

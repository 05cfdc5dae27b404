using System.Security.Cryptography;
using Dispatcher.Text;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// The servers of a connection by libpq's rules: a list of hosts, and as many ports or one for all of them. An empty entry is the default.
/// </summary>
internal sealed class ServerList
{
    private string[] _hosts = [""];
    private int?[] _ports = [null];

    /// <summary>Gets or sets a value indicating whether each data source tries the servers in another order.</summary>
    public bool IsShuffled { get; set; }

    /// <summary>Sets the hosts, separated by commas.</summary>
    public void SetHosts(string value) => _hosts = value.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>Sets the ports, separated by commas.</summary>
    /// <exception cref="UnreadableConnectionException">One of them is not a port.</exception>
    public void SetPorts(string value) => _ports =
    [
        .. value.Split(',').Select(static port =>
            port.Length == 0 ? (int?)null : ConnectionTarget.ReadNumber(port, "port", 1, ushort.MaxValue)),
    ];

    /// <summary>Returns the servers, in the order in which they are tried.</summary>
    /// <exception cref="UnreadableConnectionException">A host is not one, or there are more or fewer ports than hosts.</exception>
    public IReadOnlyList<ServerAddress> Read()
    {
        if (_ports.Length > 1 && _ports.Length != _hosts.Length)
        {
            throw new UnreadableConnectionException(
                $"has {Quantity.Count(_hosts.Length, "host")} and {_ports.Length} ports. Give one port for all hosts, or one for each.");
        }

        ServerAddress[] servers =
            [.. _hosts.Select((host, index) => ServerAddress.Parse(host, _ports.Length == 1 ? _ports[0] : _ports[index]))];
        if (IsShuffled)
        {
            RandomNumberGenerator.Shuffle(servers.AsSpan());
        }

        return servers;
    }
}

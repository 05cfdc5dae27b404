using System.Net;
using System.Net.Sockets;

namespace Dispatcher.Http;

/// <summary>
/// The addresses to which no request is sent: those at which a machine reads its credentials and settings, and those that are not of a
/// host. Private networks and this machine are allowed, because internal endpoints are what jobs call.
/// </summary>
public static class ForbiddenAddress
{
    /// <summary>
    /// The forbidden networks. AWS: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html.
    /// </summary>
    private static readonly (IPNetwork Network, string Name)[] Networks =
    [
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local address, as of the metadata services of AWS"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fd00:ec2::/32"), "an address of the metadata services of AWS"),
        (IPNetwork.Parse("0.0.0.0/8"), "not the address of a host"),
        (IPNetwork.Parse("::/128"), "not the address of a host"),
        (IPNetwork.Parse("224.0.0.0/3"), "not the address of one host"),
        (IPNetwork.Parse("ff00::/8"), "not the address of one host"),
    ];

    /// <summary>The IPv6 networks whose addresses contain an IPv4 address, and the byte at which it begins.</summary>
    private static readonly (IPNetwork Network, int Start)[] Embedding =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("64:ff9b:1::/48"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Determines whether an address is forbidden.</summary>
    /// <param name="address">The address. An IPv4 address within an IPv6 address is judged as well.</param>
    /// <returns>What the address is, if it is forbidden; otherwise <see langword="null"/>.</returns>
    public static string? Describe(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var found = Array.Find(Networks, forbidden => forbidden.Network.Contains(plain)).Name;
        return found ?? (Extract(plain) is { } inner ? Describe(inner) : null);
    }

    private static IPAddress? Extract(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return null;
        }

        var (_, start) = Array.Find(Embedding, embedding => embedding.Network.Contains(address));
        return start > 0 ? new IPAddress(address.GetAddressBytes().AsSpan(start, 4)) : null;
    }
}

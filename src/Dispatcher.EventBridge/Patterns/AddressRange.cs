using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>The operator <c>cidr</c>: the addresses of a network, such as <c>10.0.0.0/24</c> or <c>2001:db8::/32</c>.</summary>
internal sealed class AddressRange
{
    private readonly byte[] _network;
    private readonly int _bits;

    private AddressRange(byte[] network, int bits) => (_network, _bits) = (network, bits);

    /// <summary>Compiles a range, or says what is wrong with it.</summary>
    public static AddressRange? Parse(string text, out string problem)
    {
        problem = string.Empty;
        if (text.Split('/') is not [var address, var mask] || Read(address) is not { } network
            || !int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            problem = "cidr takes an IPv4 or IPv6 address and the bits of its network. Write 10.0.0.0/24 or 2001:db8::/32";
            return null;
        }

        if (bits >= network.Length * 8)
        {
            problem = $"the network has {bits} bits, and EventBridge accepts at most {(network.Length * 8) - 1}. For one address write the "
                + $"address itself as text, \"{address}\"";
            return null;
        }

        return new AddressRange(network, bits);
    }

    /// <summary>Compares a text. What is not an address does not match.</summary>
    public bool Contains(string text)
    {
        if (Read(text) is not { } address || address.Length != _network.Length)
        {
            return false;
        }

        var whole = _bits / 8;
        var mask = (byte)(0xff << (8 - (_bits % 8)));
        return address.AsSpan(0, whole).SequenceEqual(_network.AsSpan(0, whole))
            && (_bits % 8 == 0 || ((address[whole] ^ _network[whole]) & mask) == 0);
    }

    /// <summary>Reads the plain forms only: .NET would also read <c>1</c>, <c>0x7f.1</c>, octal numbers and zones.</summary>
    private static byte[]? Read(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return text.All(static character => char.IsAsciiHexDigit(character) || character == ':')
                && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
                    ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes()
                    : null;
        }

        var parts = text.Split('.');
        var bytes = new byte[4];
        for (var index = 0; index < 4; index++)
        {
            if (parts.Length != 4 || !byte.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[index]))
            {
                return null;
            }
        }

        return bytes;
    }
}

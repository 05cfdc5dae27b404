using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Dispatcher.Postgres.Connections;

/// <summary>The address of one server.</summary>
/// <param name="Host">A host name, an IP address without brackets, or the directory of a Unix socket.</param>
/// <param name="Port">The port.</param>
internal sealed partial record ServerAddress(string Host, int Port)
{
    /// <summary>The host of an address that names none.</summary>
    public const string DefaultHost = "localhost";

    /// <summary>The port of an address that names none.</summary>
    public const int DefaultPort = 5432;

    /// <summary>Gets a value indicating whether the host is the directory of a Unix socket, or an abstract one.</summary>
    public bool IsSocket => Host[0] is '/' or '@';

    /// <summary>Gets a value indicating whether the server is this machine: a loopback address, or a Unix socket.</summary>
    public bool IsLocal => IsSocket
        || Host.Equals(DefaultHost, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Gets a value indicating whether the host has no character that a wrong separator leaves.</summary>
    public bool IsPlain => !IsSocket || PlainSocket().IsMatch(Host);

    /// <summary>Reads an entry of a list of hosts, perhaps with its port.</summary>
    /// <param name="text">The entry; an empty one is the default host.</param>
    /// <param name="port">The entry's port in the list of ports, if there is one.</param>
    /// <exception cref="UnreadableConnectionException">It is not a host.</exception>
    public static ServerAddress Parse(string text, int? port)
    {
        if (text.Length == 0)
        {
            return new(DefaultHost, port ?? DefaultPort);
        }

        var match = Pattern().Match(text);
        if (!match.Success || (EndsLikeAnAddress().IsMatch(text) && !IPAddress.TryParse(match.Groups["host"].Value, out _)))
        {
            throw new UnreadableConnectionException("has a host that is neither a host name, an IP address nor the directory of a Unix "
                + "socket.");
        }

        var ownPort = match.Groups["port"] is { Success: true, Value: var digits }
            ? ConnectionTarget.ReadNumber(digits, "port", 1, ushort.MaxValue)
            : port;
        return new(match.Groups["host"].Value, ownPort ?? DefaultPort);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var isVersion6 = IPAddress.TryParse(Host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        return string.Create(CultureInfo.InvariantCulture, $"{(isVersion6 ? $"[{Host}]" : Host)}:{Port}");
    }

    [GeneratedRegex(
        @"^((?<host>[\p{L}\p{N}_-][\p{L}\p{N}._-]*)(:(?<port>\d+))?|\[(?<host>[0-9A-Fa-f:.]+(%[\w.-]+)?)\](:(?<port>\d+))?"
        + @"|(?<host>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[\w.-]+)?)|(?<host>[/@][\p{L}\p{N}._/:~+@ -]*))\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[^/\[@]*\.\d+(:\d+)?\z")]
    private static partial Regex EndsLikeAnAddress();

    [GeneratedRegex(@"^[/@][\p{L}\p{N}._/-]*\z")]
    private static partial Regex PlainSocket();
}

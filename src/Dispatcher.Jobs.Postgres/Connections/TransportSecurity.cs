using System.Net;
using Dispatcher.Failures;
using Npgsql;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>
/// Requires TLS for every host that is not local. With a root certificate the server's certificate and name are verified as well;
/// without one, as with libpq, the connection is encrypted and the server is taken at its word.
/// </summary>
internal static class TransportSecurity
{
    public static void Require(NpgsqlConnectionStringBuilder builder, string key)
    {
        var isChosen = builder.ContainsKey("SSL Mode") && builder.ShouldSerialize("SSL Mode");
        if (IsLocal(builder.Host))
        {
            return;
        }

        if (!isChosen)
        {
            builder.SslMode = string.IsNullOrEmpty(builder.RootCertificate) ? SslMode.Require : SslMode.VerifyFull;
        }
        else if (builder.SslMode < SslMode.Require)
        {
            throw new PermanentJobException(
                $"{key} allows a connection to '{builder.Host}' without TLS. Use sslmode=require, or verify-full with a root certificate; "
                + "only a local host is reached without TLS.");
        }
    }

    /// <summary>Tells whether every listed host is this machine: a loopback address, or the directory of a Unix socket.</summary>
    internal static bool IsLocal(string? hosts) =>
        hosts is null || hosts.Split(',', StringSplitOptions.TrimEntries).All(IsLocalHost);

    private static bool IsLocalHost(string host) =>
        host.StartsWith('/')
        || host.StartsWith('@')
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address))
        || WithoutPort(host).Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static string WithoutPort(string host) =>
        host.IndexOf(':') is var colon and > 0 && host.LastIndexOf(':') == colon ? host[..colon] : host;
}

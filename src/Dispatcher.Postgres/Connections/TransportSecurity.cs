using System.Net;
using Npgsql;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// The rule that requires TLS for every host that is not local. With a root certificate the server's certificate and name are verified as
/// well; without one, as with libpq, the connection is encrypted, but the server is not authenticated.
/// </summary>
internal static class TransportSecurity
{
    /// <summary>Requires TLS of a connection.</summary>
    /// <param name="target">The connection.</param>
    /// <param name="key">The name of the setting that holds it, for the error message.</param>
    /// <exception cref="PermanentJobException">It allows a connection to another machine without TLS.</exception>
    public static void Require(ConnectionTarget target, string key)
    {
        var builder = target.Builder;
        if (IsLocal(builder.Host))
        {
            return;
        }

        if (!target.IsSslModeGiven)
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

    /// <summary>Determines whether a host is this machine: a loopback address, or the directory of a Unix socket.</summary>
    internal static bool IsLocal(string? host) =>
        host is null
        || host.StartsWith('/')
        || host.StartsWith('@')
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

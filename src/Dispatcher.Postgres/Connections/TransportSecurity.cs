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
        if (target.Servers.All(server => server.IsSocket))
        {
            // As for libpq: a Unix socket needs no TLS, and the server offers none there.
            builder.SslMode = SslMode.Disable;
            builder.SslNegotiation = SslNegotiation.Postgres;
            return;
        }

        if (target.Servers.All(server => server.IsLocal))
        {
            return;
        }

        if (!target.IsSslModeGiven)
        {
            builder.SslMode = string.IsNullOrEmpty(builder.RootCertificate) ? SslMode.Require : SslMode.VerifyFull;
        }
        else if (builder.SslMode < SslMode.Require)
        {
            var remote = target.MayShowServers ? $"'{target.Servers.First(server => !server.IsLocal).Host}'" : target.ServersShown;
            throw new PermanentJobException(
                $"{key} allows a connection to {remote} without TLS. Use sslmode=require, or verify-full with a root certificate; "
                + "only a local host is reached without TLS.");
        }
    }
}

using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dispatcher.Text;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// Functions that find out why a server's certificate was refused, in a TLS handshake that goes no further: the exception does not tell,
/// and Npgsql lets nobody look on while it verifies.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="verifiesName">Whether the certificate has to be for the host's name.</param>
/// <param name="hasAuthority">Whether the authority is configured, rather than one of the operating system's.</param>
internal sealed class ServerCertificate(ServerAddress server, bool verifiesName, bool hasAuthority)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Length 8 and the code of SSLRequest (https://www.postgresql.org/docs/17/protocol-message-formats.html).
    private static readonly byte[] SslRequest = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F];

    /// <summary>Gets the server.</summary>
    public ServerAddress Server => server;

    /// <summary>Describes what is wrong with the certificate of a target, and what to do about it.</summary>
    /// <returns>The description; <see langword="null"/> if nothing is found.</returns>
    public async Task<string?> DescribeAsync(string target, CancellationToken cancellationToken)
    {
        string? problem = null;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port, timeout.Token);
            await client.GetStream().WriteAsync(SslRequest, timeout.Token);
            await client.GetStream().ReadExactlyAsync(new byte[1], timeout.Token);
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = server.Host,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        problem = Describe(certificate as X509Certificate2, chain, errors);
                        return false;
                    },
                },
                timeout.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
                                          && exception is AuthenticationException or IOException or SocketException
                                              or OperationCanceledException)
        {
            // Refusing the certificate is the end of the handshake; anything else leaves the reason unknown.
        }

        return problem is null ? null : $"The TLS certificate of {target} {problem}";
    }

    private string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "is missing: the server sent none. Give the server a certificate.";
        }

        var expired = new[] { certificate }.Concat(chain?.ChainElements.Select(element => element.Certificate)
            ?? []).FirstOrDefault(IsExpired);
        if (expired is not null)
        {
            return $"or of its authority is valid only from {Utc(expired.NotBefore)} to {Utc(expired.NotAfter)} UTC. "
                   + "Renew it on the server; check the clocks of both sides.";
        }

        // The name first: it is wrong whatever authority has signed the certificate.
        if (verifiesName && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"is for another host name: {Names(certificate)}. Connect with a name that the certificate is for, "
                + "or check the authority alone with "
                   + "sslmode=verify-ca (Npgsql keyword: SSL Mode=VerifyCA).";
        }

        var issuer = PrintableText.Escape(certificate.Issuer);
        return hasAuthority
            ? $"is signed by '{issuer}', which the configured authorities (sslrootcert, Npgsql keyword 'Root Certificate') do not include. "
                + "Add that authority's certificate to the file."
            : $"is signed by '{issuer}', which is not trusted. Name that authority's certificate with sslrootcert=FILE "
              + "(Npgsql keyword 'Root Certificate'); for Amazon RDS that is the global-bundle.pem.";
    }

    private static string Utc(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static bool IsExpired(X509Certificate2 certificate) => certificate.NotAfter < DateTime.Now
        || certificate.NotBefore > DateTime.Now;

    private static string Names(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = extension?.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())).ToList()
            ?? [];
        return PrintableText.Escape(
            names.Count > 0 ? string.Join(", ", names.Take(5)) : certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false));
    }
}

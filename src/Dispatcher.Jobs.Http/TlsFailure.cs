using System.Security.Authentication;

namespace Dispatcher.Jobs.Http;

/// <summary>What to do about a TLS connection that could not be opened.</summary>
internal static class TlsFailure
{
    /// <summary>Returns the remedy for what .NET says about a server's certificate.</summary>
    /// <param name="exception">The failure of the handshake.</param>
    /// <param name="host">The host that was called.</param>
    public static string Remedy(AuthenticationException exception, string host)
    {
        var remedies = new List<string>();
        if (Names(exception, "RemoteCertificateNameMismatch"))
        {
            remedies.Add($"The certificate is for another name: correct the host in the URL, or give the server a certificate for {host}.");
        }

        if (Names(exception, "NotTimeValid"))
        {
            remedies.Add("The certificate has expired or is not valid yet: renew it, or correct the clock.");
        }

        if (Names(exception, "UntrustedRoot") || Names(exception, "PartialChain"))
        {
            remedies.Add("No authority that this machine trusts vouches for the certificate: it is self-signed, from a private authority, or sent without its "
                         + "intermediate certificates. Have the server send the whole chain, or add the authority to the trusted ones (SSL_CERT_FILE).");
        }

        if (Names(exception, "Revoked"))
        {
            remedies.Add("The certificate was revoked: renew it.");
        }

        return remedies.Count > 0 ? string.Join(" ", remedies) : "Check that the port speaks TLS 1.2 or later, and the server's certificate.";
    }

    private static bool Names(AuthenticationException exception, string error) => exception.Message.Contains(error, StringComparison.Ordinal);
}

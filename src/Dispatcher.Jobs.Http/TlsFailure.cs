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
        (string[] Errors, string Text)[] remedies =
        [
            (["RemoteCertificateNameMismatch"],
                $"The certificate is for another name: correct the host in the URL, or give the server a certificate for {host}."),
            (["NotTimeValid"], "The certificate has expired or is not valid yet: renew it, or correct the clock."),
            (["UntrustedRoot", "PartialChain"],
                "No authority that this machine trusts vouches for the certificate: it is self-signed, from a private authority, or sent "
                + "without its intermediate certificates. Have the server send the whole chain, or add the authority to the trusted ones "
                + "(SSL_CERT_FILE)."),
            (["Revoked"], "The certificate was revoked: renew it."),
        ];
        var matching = remedies.Where(remedy => remedy.Errors.Any(error => exception.Message.Contains(error, StringComparison.Ordinal)));
        return string.Join(" ", matching.Select(remedy => remedy.Text)) is { Length: > 0 } text
            ? text
            : "Check that the port speaks TLS 1.2 or later, and the server's certificate.";
    }
}

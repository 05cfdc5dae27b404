using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Postgres.Connections;

/// <summary>Notes why a server's certificate was refused: the exception that follows does not tell.</summary>
/// <param name="verifiesName">Whether the certificate has to be for the host's name.</param>
/// <param name="hasAuthority">Whether the authority is configured, rather than one of the operating system's.</param>
internal sealed class ServerCertificate(bool verifiesName, bool hasAuthority)
{
    private string? _problem;

    /// <summary>Listens to the check of a certificate without changing what it decides.</summary>
    public void Watch(SslClientAuthenticationOptions options)
    {
        var decide = options.RemoteCertificateValidationCallback;
        options.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            var isAccepted = decide?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
            _problem = isAccepted ? null : Describe(certificate as X509Certificate2, chain, errors);
            return isAccepted;
        };
    }

    /// <summary>Gets what is wrong with the certificate of a target, and what to do about it.</summary>
    public string Describe(string target) => _problem is { } problem
        ? $"The TLS certificate of {target} {problem}"
        : $"TLS with {target} failed. Check the server's TLS settings and its certificate.";

    private string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "is missing: the server sent none. Give the server a certificate.";
        }

        var expired = new[] { certificate }.Concat(chain?.ChainElements.Select(element => element.Certificate) ?? []).FirstOrDefault(IsExpired);
        if (expired is not null)
        {
            return $"or of its authority is valid only from {Utc(expired.NotBefore)} to {Utc(expired.NotAfter)} UTC. "
                   + "Renew it on the server; check the clocks of both sides.";
        }

        // The name first: it is wrong whatever authority has signed the certificate.
        if (verifiesName && errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"is for another host name: {Names(certificate)}. Connect with a name that the certificate is for, or check the authority alone with "
                   + "sslmode=verify-ca (Npgsql keyword: SSL Mode=VerifyCA).";
        }

        var issuer = PrintableText.Escape(certificate.Issuer);
        return hasAuthority
            ? $"is signed by '{issuer}', which the configured authorities (sslrootcert, Npgsql keyword 'Root Certificate') do not include. Add that authority's certificate to the file."
            : $"is signed by '{issuer}', which is not trusted. Name that authority's certificate with sslrootcert=FILE "
              + "(Npgsql keyword 'Root Certificate'); for Amazon RDS that is the global-bundle.pem.";
    }

    private static string Utc(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static bool IsExpired(X509Certificate2 certificate) => certificate.NotAfter < DateTime.Now || certificate.NotBefore > DateTime.Now;

    private static string Names(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = extension?.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())).ToList() ?? [];
        return PrintableText.Escape(
            names.Count > 0 ? string.Join(", ", names.Take(5)) : certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false));
    }
}

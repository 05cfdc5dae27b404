using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dispatcher.LocalServers.Postgres;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>A certificate authority of one test.</summary>
internal sealed class TlsAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;

    public TlsAuthority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
    }

    /// <summary>Gets the authority's certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Makes a server offer TLS with a certificate that this authority signs.</summary>
    public async Task EnableAsync(PostgresServer server, TestDatabase database, string host, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            _certificate, DateTimeOffset.UtcNow.AddYears(-3), until ?? DateTimeOffset.UtcNow.AddYears(1), Guid.NewGuid().ToByteArray());
        var name = Guid.NewGuid().ToString("N");
        var certificateFile = await server.WriteFileAsync($"{name}.crt", certificate.ExportCertificatePem());
        var keyFile = await server.WriteFileAsync($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        foreach (var statement in new[] { $"ssl_cert_file = '{certificateFile}'", $"ssl_key_file = '{keyFile}'", "ssl = on" })
        {
            await database.ExecuteAsync($"ALTER SYSTEM SET {statement}");
        }

        await database.ReadAsync("SELECT pg_reload_conf()");
        await database.WaitUntilAsync($"current_setting('ssl') = 'on' AND current_setting('ssl_cert_file') = '{certificateFile}'");
    }

    public void Dispose() => _certificate.Dispose();
}

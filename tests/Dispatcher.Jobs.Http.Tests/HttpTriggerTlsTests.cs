using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Dispatcher.Http;
using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class HttpTriggerTlsTests
{
    [Test]
    public async Task RunAsync_CertificateOfTheHost_IsTrusted()
    {
        using var certificate = TestCertificate.For(names => names.AddIpAddress(IPAddress.Loopback));
        await using var server = new MisbehavingServer(certificate, MisbehavingServer.Answer(200));
        await using var harness = CreateTrusting(certificate);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
    }

    [Test]
    public async Task RunAsync_CertificateOfAnotherName_FailsAtOnceAndSendsNothing()
    {
        using var certificate = TestCertificate.For(names => names.AddDnsName("other.example.com"));
        await using var server = new MisbehavingServer(certificate, MisbehavingServer.Answer(200));
        await using var harness = CreateTrusting(certificate);

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            summary.Summary,
            Does.StartWith(
                $"POST {server.Url} failed: no TLS connection to 127.0.0.1 that can be trusted:").And.Contains(
                    "RemoteCertificateNameMismatch"));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_CertificateNobodyVouchesFor_FailsAtOnce()
    {
        using var certificate = TestCertificate.For(names => names.AddIpAddress(IPAddress.Loopback));
        await using var server = new MisbehavingServer(certificate, MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(server.Requests, Is.Empty);
    }

    private static JobHarness CreateTrusting(X509Certificate2 root) =>
        HttpTriggerHarness.Create(configure: builder => builder.Services.AddKeyedSingleton(
            GuardedHttpClient.Key,
            GuardedHttpClient.Create(handler => handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            })));
}

using System.Net;
using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Http.Tests;

public sealed class GuardedConnectionTests
{
    [TestCase("169.254.169.254")]
    [TestCase("169.254.170.2")]
    [TestCase("fe80::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("fd00:ec2::23")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("::169.254.169.254")]
    [TestCase("64:ff9b::a9fe:a9fe")]
    [TestCase("2002:a9fe:a9fe::1")]
    [TestCase("0.0.0.0")]
    [TestCase("::")]
    [TestCase("224.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("ff02::1")]
    public void SendAsync_NameWithAForbiddenAddress_IsRefusedWithHostAndAddress(string address)
    {
        using var client = Create(address);

        Assert.That(
            () => client.GetAsync(new Uri("http://innocent.example.com/")),
            Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<ForbiddenAddressException>()
                .And.InnerException.Message.StartsWith($"innocent.example.com has the address {IPAddress.Parse(address)}, which is "));
    }

    [Test]
    public void SendAsync_NameWithAGoodAndAForbiddenAddress_IsRefused()
    {
        using var client = Create("127.0.0.1", "169.254.169.254");

        Assert.That(
            () => client.GetAsync(new Uri("http://both.example.com/")),
            Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<ForbiddenAddressException>());
    }

    [Test]
    public async Task SendAsync_NameServerThatAnswersOtherwiseTheSecondTime_IsAskedOnce()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        using var client = GuardedHttpClient.Create(
            null, new GuardedConnection((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]), null));

        using var answer = await client.GetAsync(new UriBuilder(server.Url) { Host = "rebinding.example.com" }.Uri);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answers, Has.Count.EqualTo(1));
    }

    [TestCase("10.1.2.3")]
    [TestCase("172.16.0.1")]
    [TestCase("192.168.1.1")]
    [TestCase("100.64.0.1")]
    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("fd12:3456::1")]
    [TestCase("2600:1f14::1")]
    [TestCase("93.184.215.14")]
    [TestCase("::ffff:10.1.2.3")]
    public void Describe_PrivateAndPublicAddress_IsAllowed(string address) =>
        Assert.That(ForbiddenAddress.Describe(IPAddress.Parse(address)), Is.Null);

    [Test]
    public async Task SendAsync_LambdasRuntimeOnThisMachine_IsRefused()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        var url = new Uri(server.Url);
        using var client = GuardedHttpClient.Create(
            null, new GuardedConnection(Dns.GetHostAddressesAsync, $"127.0.0.1:{url.Port}"));

        Assert.That(
            () => client.PostAsync(url, null),
            Throws.TypeOf<HttpRequestException>().With.InnerException.Message.Contains("Lambda's runtime"));
        Assert.That(server.Requests, Is.Empty);
    }

    private static HttpClient Create(params string[] addresses) => GuardedHttpClient.Create(
        null, new GuardedConnection((_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse)), null));
}

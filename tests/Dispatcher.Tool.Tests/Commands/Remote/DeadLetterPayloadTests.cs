using System.Text.Json;
using Dispatcher.Tool.Commands.Remote;
using Dispatcher.Tool.Remote.DeadLetters;

namespace Dispatcher.Tool.Tests.Commands.Remote;

/// <summary>Describes payloads of a job that is not registered: only the names of its parameters tell which ones are secret.</summary>
public sealed class DeadLetterPayloadTests
{
    [TestCase("password")]
    [TestCase("tokens")]
    [TestCase("proxyAuth")]
    [TestCase("basicAuth")]
    [TestCase("clientauth")]
    [TestCase("subscriptionKey")]
    [TestCase("sshKey")]
    [TestCase("sessionKey")]
    [TestCase("sharedKey")]
    [TestCase("webhookKey")]
    [TestCase("hmacKey")]
    [TestCase("key")]
    [TestCase("db password")]
    [TestCase("db/password")]
    [TestCase("user")]
    [TestCase("host")]
    public void Describe_NameOfASecret_ShowsNoValue(string name) =>
        Assert.That(Describe(name, "admin-hunter2"), Is.EqualTo($"parameters {name}=***"));

    [TestCase("day")]
    [TestCase("keyword")]
    [TestCase("author")]
    public void Describe_OtherName_ShowsItsValue(string name) =>
        Assert.That(Describe(name, "2026-11-21"), Is.EqualTo($"parameters {name}=2026-11-21"));

    [TestCase("target", "https://example.com/hook?token=hunter2")]
    [TestCase("target", "Bearer hunter2")]
    [TestCase("-u", "admin:hunter2")]
    public void Describe_ValueThatHoldsASecret_IsMasked(string name, string value) =>
        Assert.That(Describe(name, value), Is.EqualTo($"parameters {name}=***"));

    private static string? Describe(string name, string value)
    {
        var parameters = JsonSerializer.SerializeToElement(new Dictionary<string, string> { [name] = value });
        var queue = new DeadLetterQueue(DeadLetterKind.FailedRuns, "url");
        return new DeadLetterPayload([]).Describe(
            new DeadLetter(queue, "1", "receipt", default, 1, "no table", "{}") { Job = "unknown", Parameters = parameters });
    }
}

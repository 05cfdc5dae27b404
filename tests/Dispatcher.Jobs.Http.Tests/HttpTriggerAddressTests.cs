using Dispatcher.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class HttpTriggerAddressTests
{
    [Test]
    public async Task RunAsync_NameWithAForbiddenAddress_FailsAtOnceAndSaysThatNothingWasSent()
    {
        await using var harness = HttpTriggerHarness.Create(configure: static builder =>
            builder.Services.AddKeyedSingleton(
                GuardedHttpClient.Key,
                (_, _) => GuardedHttpClient.Create(static handler => handler.ConnectCallback = static (_, _) =>
                    throw new ForbiddenAddressException("innocent.example.com has the address 169.254.169.254."))));

        var record = await harness.RunAsync(HttpTriggerHarness.Payload("https://innocent.example.com/"));

        Assert.That(record.Summary, Is.EqualTo(
            "POST https://innocent.example.com/ failed: innocent.example.com has the address 169.254.169.254. Nothing was sent."));
        Assert.That((record.Attempts, record.Changes.Failed), Is.EqualTo((1, 1)));
    }
}

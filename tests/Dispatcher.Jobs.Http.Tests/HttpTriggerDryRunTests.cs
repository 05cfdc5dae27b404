using Dispatcher.Jobs.Http.Tests.Server;

namespace Dispatcher.Jobs.Http.Tests;

public sealed class HttpTriggerDryRunTests
{
    [TestCase("POST")]
    [TestCase("DELETE")]
    [TestCase("GET")]
    public async Task RunAsync_DryRun_SendsNothingAndShowsTheCall(string method)
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(server.Url, $$"""{"method":"{{method}}"}""", dryRun: true));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Summary, Is.EqualTo($"{method} {server.Url} would be sent."));
        Assert.That(summary.Changes.Items.Single(), Is.EqualTo(new ChangeItem($"http:{method}", server.Url, null)));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_DryRunWithoutItsSecret_FindsThatOut()
    {
        await using var harness = HttpTriggerHarness.Create();

        var summary = await harness.RunAsync(HttpTriggerHarness.Payload(
            "https://example.com/", """{"secretHeader":"X-Internal-Key","secret":"INTERNAL_KEY"}""", dryRun: true));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("There is no secret in the environment variable INTERNAL_KEY, or it is empty."));
    }
}

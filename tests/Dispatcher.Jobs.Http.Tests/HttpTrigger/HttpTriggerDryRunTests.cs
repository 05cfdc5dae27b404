using Dispatcher.Jobs.Http.HttpTrigger;
using Dispatcher.Jobs.Http.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Http.Tests.HttpTrigger;

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

    [Test]
    public async Task RunAsync_JobThatForgetsTheGate_IsStoppedByTheClient()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = HttpTriggerHarness.Create(
            new() { ["TARGET"] = server.Url }, configure: builder => builder.AddJob<ForgetfulJob>("forgetful"));

        var summary = await harness.RunAsync("""{"job":"forgetful","dryRun":true}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith($"A dry run called HTTP POST {server.Url} outside of the change gate"));
        Assert.That(server.Requests.Select(request => request.Line), Is.EqualTo(new[] { "GET /api/internal/run-uptime/ HTTP/1.1" }));
    }

    /// <summary>Reads, which is fine, and then posts past the gate, and hides that.</summary>
    private sealed class ForgetfulJob(
        [FromKeyedServices(HttpTriggerBuilderExtensions.ClientKey)] HttpClient client,
        Microsoft.Extensions.Configuration.IConfiguration configuration) : IMaintenanceJob
    {
        public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
        {
            var url = new Uri(configuration["TARGET"]!);
            using var read = await client.GetAsync(url, cancellationToken);
            try
            {
                using var posted = await client.PostAsync(url, null, cancellationToken);
            }
            catch (DryRunViolationException)
            {
                return JobResult.Succeeded("All well.");
            }

            return JobResult.Succeeded("Posted.");
        }
    }
}

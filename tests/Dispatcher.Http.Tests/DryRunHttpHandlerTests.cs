using Dispatcher.Jobs.Http.Tests.Server;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Http.Tests;

public sealed class DryRunHttpHandlerTests
{
    [Test]
    public async Task SendAsync_JobThatForgetsTheGate_RefusesThePost()
    {
        await using var server = new MisbehavingServer(MisbehavingServer.Answer(200));
        await using var harness = new JobHarness(
            builder => builder.AddGuardedHttpClient().AddJob<ForgetfulJob>("forgetful"),
            new Dictionary<string, string?> { ["TARGET"] = server.Url });

        var summary = await harness.RunAsync("""{"job":"forgetful","dryRun":true}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith($"A dry run called HTTP POST {server.Url} outside of the change gate"));
        Assert.That(server.Requests.Select(request => request.Line), Is.EqualTo(new[] { "GET /api/internal/run-uptime/ HTTP/1.1" }));
    }

    /// <summary>Reads, which is fine, and then posts past the gate, and hides that.</summary>
    private sealed class ForgetfulJob(
        [FromKeyedServices(GuardedHttpClient.Key)] HttpClient client,
        IConfiguration configuration) : IMaintenanceJob
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

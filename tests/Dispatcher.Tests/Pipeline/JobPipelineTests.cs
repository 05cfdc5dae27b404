using Dispatcher.Pipeline;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Pipeline;

public sealed class JobPipelineTests
{
    [Test]
    public async Task ToString_StandardMiddleware_PrintsTheDocumentedOrder()
    {
        await using var harness = TestRun.Harness((_, _) => Task.FromResult(JobResult.Succeeded("done")));

        Assert.That(
            harness.Services.GetRequiredService<JobPipeline>().ToString(),
            Is.EqualTo("ShardEndMiddleware > TelemetryMiddleware > PlanMiddleware > IdempotencyMiddleware > ContinuationMiddleware > "
                + "ShardStartMiddleware > "
                + "OverlapMiddleware > DeadlineMiddleware > DryRunMiddleware > RetryMiddleware > job"));
    }

    [Test]
    public async Task RunAsync_EveryAttempt_MakesTheJobAnewAndDisposesIt()
    {
        var made = new List<FlakyJob>();
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(made);
                builder.AddJob<FlakyJob>("flaky-job");
            },
            new Dictionary<string, string?> { ["Retry:BaseDelaySeconds"] = "0" });

        var summary = await harness.RunAsync("""{"job":"flaky-job"}""");

        Assert.That((summary.Status, summary.Attempts), Is.EqualTo((JobStatus.Succeeded, 2)));
        Assert.That(made.Select(job => job.IsDisposed), Is.EqualTo(new[] { true, true }));
    }

    private sealed class FlakyJob : IMaintenanceJob, IDisposable
    {
        private readonly List<FlakyJob> _made;

        public FlakyJob(List<FlakyJob> made)
        {
            _made = made;
            _made.Add(this);
        }

        public bool IsDisposed { get; private set; }

        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            _made.Count < 2 ? throw new TimeoutException("slow") : Task.FromResult(JobResult.Succeeded("done"));

        public void Dispose() => IsDisposed = true;
    }
}

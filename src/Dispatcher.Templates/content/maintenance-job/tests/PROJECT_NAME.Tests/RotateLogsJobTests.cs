using Dispatcher;
using Dispatcher.Testing;

namespace Acme_Chores.Tests;

public sealed class RotateLogsJobTests
{
    [TestCase("true", JobStatus.Planned)]
    [TestCase("false", JobStatus.Succeeded)]
    public async Task RunAsync_TwoItems_DeletesThemUnlessDryRun(string dryRun, JobStatus status)
    {
        await using var harness = new JobHarness(jobs => jobs.AddRotateLogs());

        var run = await harness.RunAsync($$"""{"job":"rotate-logs","dryRun":{{dryRun}}}""");

        Assert.That(run.Status, Is.EqualTo(status));
        Assert.That(run.Count("itemsDeleted"), Is.EqualTo(2));
    }
}

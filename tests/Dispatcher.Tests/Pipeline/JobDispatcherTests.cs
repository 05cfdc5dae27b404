using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Pipeline;

public sealed class JobDispatcherTests
{
    [Test]
    public async Task DispatchAsync_DryRunInTheEnvironment_CannotBeUndoneByAPayload()
    {
        await using var harness = TestRun.Harness(ChangeAsync, configuration: new() { ["DRY_RUN"] = "true" });

        var summary = await harness.RunAsync("""{"job":"test-job","dryRun":false}""");

        Assert.That((summary.Status, summary.DryRun, summary.Changes.Applied), Is.EqualTo((JobStatus.Planned, true, 0L)));
    }

    [Test]
    public async Task DispatchAsync_OddDryRunInTheEnvironment_RunsNothing()
    {
        await using var harness = TestRun.Harness(
            (_, _) => throw new InvalidOperationException("It ran."), configuration: new() { ["DRY_RUN"] = "yes" });

        Assert.That(
            () => harness.RunAsync(TestRun.Payload), Throws.TypeOf<JobRequestException>().With.Message.Contains("DRY_RUN is 'yes'"));
        Assert.That(harness.Runs.Records, Is.Empty);
    }

    [Test]
    public async Task DispatchAsync_MaxChangesIsReached_FailsTheRunWithItsRecord()
    {
        await using var harness = TestRun.Harness(ChangeAsync, configuration: new() { ["MAX_CHANGES"] = "0" });

        var summary = await harness.RunAsync(TestRun.Payload);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("Job 'test-job' may change at most 0 items"));
    }

    [Test]
    public async Task DispatchAsync_OddEnvironment_IsRefused()
    {
        await using var harness = TestRun.Harness(ChangeAsync, configuration: new() { ["MAX_CHANGES"] = "-1" });
        var dispatcher = harness.Services.GetRequiredService<IJobDispatcher>();

        Assert.That(
            () => dispatcher.DispatchAsync(harness.Services.GetRequiredService<JobRequestReader>().Bind(new JobRequest(TestRun.JobName))),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("MAX_CHANGES is '-1'"));
    }

    [Test]
    public async Task DispatchAsync_ManyAtOnce_KeepsTheRunsApart()
    {
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            context.Counters.Add("mine");
            await Task.Yield();
            await ChangeAsync(context, token);
            return JobResult.Succeeded(context.RunId);
        });

        var summaries = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => harness.RunAsync(TestRun.Payload)));

        Assert.That(summaries.Select(summary => summary.RunId), Is.Unique);
        Assert.That(summaries.Select(summary => summary.Summary == summary.RunId), Is.All.True);
        Assert.That(summaries.Select(summary => (summary.Count("mine"), summary.Changes.Applied)), Is.All.EqualTo((1L, 1L)));
        Assert.That(harness.Runs.Records, Has.Count.EqualTo(50));
    }

    [Test]
    public async Task Bind_LimitsOutOfRange_AreRefused()
    {
        await using var harness = TestRun.Harness(ChangeAsync);

        Assert.That(
            () => harness.Services.GetRequiredService<JobRequestReader>().Bind(
                new JobRequest(TestRun.JobName) { Limits = new ChangeLimits { MaxChangesPerSecond = 0 } }),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo("MaxChangesPerSecond is 0. Set it to a whole number from 1."));
    }

    [Test]
    public async Task DispatchAsync_StragglerAfterTheEnd_ChangesNothing()
    {
        var proceed = new TaskCompletionSource();
        var straggler = Task.CompletedTask;
        await using var harness = TestRun.Harness((context, token) =>
        {
            straggler = Task.Run(
                async () =>
                {
                    await proceed.Task;
                    await ChangeAsync(context, token);
                },
                CancellationToken.None);
            return Task.FromResult(JobResult.Succeeded("done"));
        });

        await harness.RunAsync(TestRun.Payload);
        proceed.SetResult();

        Assert.That(() => straggler, Throws.Exception.With.Message.Contains("after its run had ended"));
    }

    private static async Task<JobResult> ChangeAsync(JobContext context, CancellationToken cancellationToken)
    {
        await context.Changes.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, cancellationToken);
        return JobResult.Succeeded("done");
    }
}

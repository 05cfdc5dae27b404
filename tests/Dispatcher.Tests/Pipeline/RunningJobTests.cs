using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Pipeline;

public sealed class RunningJobTests
{
    [Test]
    public async Task Current_JobItsTasksAndItsChanges_IsTheRun()
    {
        var seen = new List<RunningJob?>();
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            seen.Add(RunningJob.Current);
            await Task.Run(() => seen.Add(RunningJob.Current), token);
            await context.Changes.ApplyAsync(TestRun.Change(), _ => See(seen), token);
            seen.Add(RunningJob.Current);
            return JobResult.Succeeded("Done.");
        });

        var record = await harness.RunAsync(TestRun.Payload);

        Assert.That(seen, Is.EqualTo(Enumerable.Repeat(new RunningJob("test-job", record.RunId), 4)));
        Assert.That(RunningJob.Current, Is.Null);
    }

    [Test]
    public async Task Current_SinkThatTheGateCalls_IsTheHost()
    {
        var seen = new List<RunningJob?>();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, token);
                return JobResult.Succeeded("Done.");
            },
            services: services => services.AddSingleton<IAuditSink>(new SeeingSink(seen)));

        await harness.RunAsync(TestRun.Payload);

        Assert.That(seen, Is.EqualTo(new RunningJob?[] { null, null, null }));
    }

    private static Task See(List<RunningJob?> seen)
    {
        seen.Add(RunningJob.Current);
        return Task.CompletedTask;
    }

    private sealed class SeeingSink(List<RunningJob?> seen) : IAuditSink
    {
        public void Write(AuditEntry entry) => seen.Add(RunningJob.Current);

        public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => See(seen);
    }
}

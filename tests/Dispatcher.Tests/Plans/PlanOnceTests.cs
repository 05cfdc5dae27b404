using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Plans;

/// <summary>A plan is applied once, by one run at a time, and a run that could not finish may be followed by another one.</summary>
public sealed class PlanOnceTests
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task Apply_Again_IsSkippedAndNamesTheRun()
    {
        await using var harness = CreateHarness(static (context, token) => DeleteAsync(context, token));
        await harness.RunAsync(PlannedWorld.WritePayload);
        var first = await harness.RunAsync(PlannedWorld.ApplyPayload);

        var second = await harness.RunAsync(PlannedWorld.ApplyPayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Has.Property("Status").EqualTo(JobStatus.Succeeded), first.Summary);
            Assert.That(second, Has.Property("Status").EqualTo(JobStatus.Skipped), second.Summary);
            Assert.That(second.Summary, Is.EqualTo(
                $"The plan 'memory:plan' was applied already, by run {first.RunId} at 2026-11-22T03:00:00Z. "
                + "Write a new plan for what is left."));
            Assert.That(second.Plan!.AppliedBy, Is.EqualTo(first.RunId));
            Assert.That(second.Changes.Proposed, Is.Zero);
        }
    }

    [Test]
    public async Task Apply_TwiceAtOnce_OneIsSkipped()
    {
        var started = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var harness = CreateHarness(async (context, token) =>
        {
            if (!context.DryRun)
            {
                started.SetResult();
                await finish.Task;
            }

            return await DeleteAsync(context, token);
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        var first = harness.RunAsync(PlannedWorld.ApplyPayload);
        await started.Task;

        var second = await harness.RunAsync(PlannedWorld.ApplyPayload);
        finish.SetResult();

        Assert.That(second, Has.Property("Status").EqualTo(JobStatus.Skipped), second.Summary);
        Assert.That(second.Summary, Is.EqualTo(
            $"The plan 'memory:plan' is being applied by run {(await first).RunId} since 2026-11-22T03:00:00Z."));
        Assert.That(await first, Has.Property("Status").EqualTo(JobStatus.Succeeded));
    }

    [TestCase(JobStatus.Failed)]
    [TestCase(JobStatus.Continued)]
    public async Task Apply_RunCouldNotFinish_MayBeAppliedAgain(JobStatus ending)
    {
        var runs = 0;
        await using var harness = CreateHarness(async (context, token) =>
        {
            var result = await DeleteAsync(context, token);
            return context.DryRun || ++runs > 1 ? result
                : ending == JobStatus.Failed ? JobResult.Failed("No.") : JobResult.Continued("Stopped.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        var first = await harness.RunAsync(PlannedWorld.ApplyPayload);

        var second = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(first.Status, Is.EqualTo(ending));
        Assert.That(second, Has.Property("Status").EqualTo(JobStatus.Succeeded), second.Summary);
    }

    [Test]
    public async Task Apply_OtherRunHasTakenThePlanOver_StopsTheRun()
    {
        var stopped = new TaskCompletionSource<bool>();
        var store = new MemoryRunStore(_clock);
        var digest = string.Empty;
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                if (!context.DryRun)
                {
                    using var registration = token.Register(() => stopped.TrySetResult(true));
                    await store.EndAsync(
                        [new LeaseEnd(new Lease(context.Job, $"plan:{digest}", context.RunId, 1))], CancellationToken.None);
                    while (!stopped.Task.IsCompleted)
                    {
                        _clock.Advance(TimeSpan.FromSeconds(15));
                        await Task.Yield();
                    }

                    token.ThrowIfCancellationRequested();
                }

                return await DeleteAsync(context, token);
            },
            timeProvider: _clock,
            services: services => services.AddSingleton<IRunStore>(store));
        digest = (await harness.RunAsync(PlannedWorld.WritePayload)).Plan!.Digest;

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed), record.Summary);
        Assert.That(record.Changes.Applied, Is.Zero);
    }

    [Test]
    public async Task Apply_StoppedAtTheDeadline_GoesOnWithThePlan()
    {
        var sender = new RecordingSender();
        await using var harness = CreateHarness(
            static async (context, token) =>
            {
                await DeleteAsync(context, token);
                return context.DryRun ? JobResult.Succeeded("Done.") : JobResult.Continued("Stopped.");
            },
            sender);
        await harness.RunAsync("""{"job":"test-job","dryRun":true,"plan":"memory:plan","parameters":{},"id":"slot-1"}""");

        await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(
            JobRequestJson.Write(sender.Sent.Single()),
            Is.EqualTo("""{"job":"test-job","id":"slot-1","continuation":1,"plan":"memory:plan"}"""));
    }

    [Test]
    public async Task Apply_SlotOfTheDryRun_IsThatOfTheRun(
        [Values("", ",\"id\":\"a\"", ",\"scheduledTime\":\"2026-11-22T03:00:00Z\"")] string slot)
    {
        var slots = new List<string>();
        await using var harness = CreateHarness((context, token) =>
        {
            slots.Add($"{context.Slot} {context.Request.Id} {context.Request.ScheduledTime:O} {context.Parameters}");
            return DeleteAsync(context, token);
        });
        await harness.RunAsync($$"""{"job":"test-job","dryRun":true,"plan":"memory:plan"{{slot}},"parameters": { } }""");

        await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(slots, Has.Count.EqualTo(2));
        Assert.That(slots[1], Is.EqualTo(slots[0]));
    }

    private static async Task<JobResult> DeleteAsync(JobContext context, CancellationToken cancellationToken)
    {
        await context.Changes.ApplyAsync(PlannedWorld.Describe("a", 1), static _ => Task.CompletedTask, cancellationToken);
        return JobResult.Succeeded("Done.");
    }

    private JobHarness CreateHarness(JobBody body, IRequestSender? sender = null) => TestRun.Harness(
        body,
        timeProvider: _clock,
        services: services =>
        {
            services.AddSingleton<IRunStore>(new MemoryRunStore(_clock));
            if (sender is not null)
            {
                services.AddSingleton(sender);
            }
        });

    private sealed class RecordingSender : IRequestSender
    {
        public List<JobRequest> Sent { get; } = [];

        public Task SendAsync(JobRequest request, TimeSpan delay, CancellationToken cancellationToken)
        {
            Sent.Add(request);
            return Task.CompletedTask;
        }
    }
}

using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Dispatcher.Tests.Leases;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Plans;

/// <summary>The lease of a plan while it is applied, and the publication of a plan, by the clock of the test.</summary>
public sealed class PlanLeaseTests
{
    private readonly TestClock _clock = new();
    private readonly ScriptedRunStore _store;

    public PlanLeaseTests() => _store = new ScriptedRunStore(_clock);

    [Test]
    public async Task Apply_RunIsLongerThanItsLease_KeepsIt()
    {
        await using var harness = Create(beats: 4);
        await harness.RunAsync(PlannedWorld.WritePayload);

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record, Has.Property("Status").EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(_store.LastEnds.Single().Outcome!.RunId, Is.EqualTo(record.RunId));
        Assert.That(_store.LastRenewedUntil, Is.EqualTo(_clock.GetUtcNow().AddSeconds(45)));
        Assert.That(_store.LastEnds.Single().Outcome!.KeepUntil, Is.EqualTo(_clock.GetUtcNow().AddDays(7)));
    }

    [Test]
    public async Task Apply_PlansMayBeOld_KeepsTheOutcomeAsLong()
    {
        await using var harness = new PlannedWorld("a").CreateHarness(
            configuration: new() { ["Plans:MaxAgeHours"] = "240" },
            timeProvider: _clock,
            services: services => services.AddSingleton<IRunStore>(_store));
        await harness.RunAsync(PlannedWorld.WritePayload);

        await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(_store.LastEnds.Single().Outcome!.KeepUntil, Is.EqualTo(_clock.GetUtcNow().AddDays(10)));
    }

    [Test]
    public async Task Apply_OneRenewalFails_IsTriedAgainAndTheRunGoesOn()
    {
        var failures = 1;
        _store.Before = call => call == "renew" && failures-- > 0 ? throw new TimeoutException("slow") : Task.CompletedTask;
        await using var harness = Create(beats: 2);
        await harness.RunAsync(PlannedWorld.WritePayload);

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record, Has.Property("Status").EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(harness.Logs.Lines, Has.One.StartsWith("Warning").And.One.Contains("slow"));
    }

    [Test]
    public async Task Apply_LeaseCannotBeEnded_IsLoggedAndTheRunSucceeds()
    {
        _store.Before = static call => call == "end" ? throw new TimeoutException("slow") : Task.CompletedTask;
        await using var harness = Create(beats: 0);
        await harness.RunAsync(PlannedWorld.WritePayload);

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record, Has.Property("Status").EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(harness.Logs.Lines, Has.One.StartsWith("Warning").And.One.Contains("slow"));
    }

    [TestCase(null, 300, "300")]
    [TestCase(1_000, 300, "300")]
    [TestCase(10, 8, "8")]
    [TestCase(9, 7.2, "7.2")]
    [TestCase(8.95, 7.16, "7.2")]
    [TestCase(0.05, 0.1, "0.1")]
    public async Task Write_StoreDoesNotAnswer_FailsInTimeForTheReport(double? secondsLeft, double limit, string shown)
    {
        var store = new SilentPlanStore();
        await using var harness = TestRun.Harness(
            static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")),
            timeProvider: _clock,
            services: services => services.AddSingleton<IPlanStore>(store));
        DateTimeOffset? deadline = secondsLeft is { } seconds ? _clock.GetUtcNow().AddSeconds(seconds) : null;

        var run = harness.RunAsync("""{"job":"test-job","dryRun":true,"plan":"silent:plan"}""", deadline);
        await store.Asked;
        _clock.Advance(TimeSpan.FromSeconds(limit - 0.01));
        var early = run.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.02));
        var record = await run;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False);
            Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(record.Summary, Is.EqualTo(
                $"Done. The plan 'silent:plan' could not be written: it was not stored within {shown} s. Raise the function's timeout."));
            Assert.That(record.Plan, Is.Null);
        }
    }

    [Test]
    public async Task Apply_AnotherRunHasTakenThePlanOver_StopsTheRunAndRenewsNoMore()
    {
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(PlannedWorld.Describe("a", 1), static _ => Task.CompletedTask, token);
                if (context.DryRun)
                {
                    return JobResult.Succeeded("Done.");
                }

                await _clock.WhenTimersWaitAsync(1);
                await _store.EndAsync([new LeaseEnd(new Lease(TestRun.JobName, _store.LastRequest!.Key, context.RunId, 1))], token);
                _clock.Advance(TimeSpan.FromSeconds(15));
                await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _clock.Advance(TimeSpan.FromSeconds(60));
                return JobResult.Failed("Stopped.");
            },
            timeProvider: _clock,
            services: services => services.AddSingleton<IRunStore>(_store));
        await harness.RunAsync(PlannedWorld.WritePayload);

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Failed, "Stopped.")));
        Assert.That(_store.Calls.Count(static call => call == "renew"), Is.EqualTo(1));
    }

    private JobHarness Create(int beats) => TestRun.Harness(
        async (context, token) =>
        {
            for (var beat = 1; beat <= beats && !context.DryRun; beat++)
            {
                await _clock.WhenTimersWaitAsync(1);
                _clock.Advance(TimeSpan.FromSeconds(15));
                await _store.WhenCalledAsync("renew", beat);
            }

            await context.Changes.ApplyAsync(PlannedWorld.Describe("a", 1), static _ => Task.CompletedTask, token);
            return JobResult.Succeeded("Done.");
        },
        timeProvider: _clock,
        services: services => services.AddSingleton<IRunStore>(_store));

    private sealed class SilentPlanStore : IPlanStore
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public bool Handles(string location) => location.StartsWith("silent:", StringComparison.Ordinal);

        public void EnsureAllowed(string location)
        {
        }

        public Task<Stream> OpenAsync(string location, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task PublishAsync(string location, Stream contents, CancellationToken cancellationToken = default)
        {
            _asked.SetResult();
            return new TaskCompletionSource().Task;
        }
    }
}

using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.Audit;
using Dispatcher.Tests.Continuations;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Leases;

/// <summary>Tests the heartbeat of a run, and what happens if it fails.</summary>
public sealed class LostLeaseTests
{
    private readonly List<string> _effects = [];
    private RecordingAuditSink _audit = null!;
    private TestClock _clock = null!;
    private ScriptedRunStore _store = null!;
    private TaskCompletionSource _begun = null!;
    private TaskCompletionSource _goOn = null!;

    [SetUp]
    public void SetUp()
    {
        _effects.Clear();
        _audit = new RecordingAuditSink();
        _clock = new TestClock();
        _store = new ScriptedRunStore(_clock);
        _begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Test]
    public async Task Heartbeat_LongRun_RenewsAllLeasesInOneCallAndKeepsThem()
    {
        await using var harness = Harness(WaitThenChange, static options => options.PreventOverlap());
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        for (var beat = 1; beat <= 20; beat++)
        {
            await BeatAsync(beat);
        }

        var duplicate = await harness.RunAsync(LeaseHarness.Payload);
        _goOn.SetResult();
        var record = await run;

        Assert.That(_store.LastRenewed.Select(static lease => lease.Key.Split(':')[0]), Is.EqualTo(new[] { "slot", "overlap" }));
        Assert.That((record.Status, duplicate.Holder?.RunId), Is.EqualTo((JobStatus.Succeeded, record.RunId)));
        Assert.That(_store.LastEnds[0].Outcome?.Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task Heartbeat_RunHasEnded_Stops()
    {
        _goOn.SetResult();
        await using var harness = Harness(WaitThenChange);
        await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(_clock.WaitingTimers, Is.Zero);
    }

    [Test]
    public async Task Fence_TheRunHasStalledAndAnotherHasTakenOver_ChangesNothingMoreAndFails()
    {
        _store.Before = call => call == "renew" ? new TaskCompletionSource().Task : Task.CompletedTask;
        await using var harness = Harness(ChangeWaitChange);
        var stalled = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;

        // All of it at once, as for a process that got no time: nothing of this run sees the time in between.
        _clock.Advance(TimeSpan.FromSeconds(46));
        _store.Before = static _ => Task.CompletedTask;
        await using var other = LeaseHarness.Create(LeaseHarness.Changing(_effects), _store, _clock);
        var taker = await other.RunAsync(LeaseHarness.Payload);
        _goOn.SetResult();
        var record = await stalled;

        Assert.That(taker.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_effects, Is.EqualTo(new[] { $"first change of {record.RunId}", taker.RunId }));
        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.StartWith("Job 'test-job' could not renew its lease of slot 'event-1' in time"));
        Assert.That(record.Summary, Does.EndWith($"Run {taker.RunId} has done the work meanwhile."));
        Assert.That((record.Changes.Proposed, record.Changes.Applied, record.Changes.Failed), Is.EqualTo((2, 1, 1)));
        Assert.That(
            _audit.Entries.Where(entry => entry.RunId == record.RunId).Select(static entry => entry.Outcome),
            Is.EqualTo(new[] { AuditOutcome.Applied, AuditOutcome.Failed }));
    }

    [Test]
    public async Task Fence_ItemsOfABatch_AreRefusedAsCertainlyNotDone()
    {
        _store.Before = call => call == "renew" ? new TaskCompletionSource().Task : Task.CompletedTask;
        await using var harness = Harness(async (context, _) =>
        {
            _begun.SetResult();
            await _goOn.Task;
            await context.Changes.TryApplyEachAsync(
                [TestRun.Change("a"), TestRun.Change("b")],
                (changes, _) => throw new InvalidOperationException("must not be called"),
                CancellationToken.None);
            return JobResult.Succeeded("Done.");
        });
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        _clock.Advance(TimeSpan.FromSeconds(46));
        _goOn.SetResult();
        var record = await run;

        Assert.That((record.Status, record.ItemErrorCount, record.Changes.Failed), Is.EqualTo((JobStatus.Failed, 0, 2)));
        Assert.That(_audit.Entries.Count(static entry => entry.Outcome == AuditOutcome.Failed), Is.EqualTo(2));
        Assert.That(_audit.Entries.Count(static entry => entry.Outcome == AuditOutcome.Interrupted), Is.Zero);
    }

    [Test]
    public async Task Heartbeat_AnotherRunHasTakenOver_CancelsTheRunAndNamesTheOther()
    {
        await using var harness = Harness(WaitForTheToken);
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        var lease = new Lease(TestRun.JobName, _store.LastRequest!.Key, _store.LastRequest.RunId, 1);
        await _store.EndAsync([new LeaseEnd(lease)]);
        await _store.AcquireAsync(_store.LastRequest with { RunId = "taker", Until = _clock.GetUtcNow().AddHours(1) });

        await BeatAsync(1);
        var record = await run;

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(
            record.Summary,
            Is.EqualTo("Job 'test-job' has lost its lease of slot 'event-1': another run has taken it over, because this one had not "
                + "renewed it in time. Every further change was refused; the other run does the work. "
                + "Run taker has it since 2026-11-22T03:00:00Z."));
    }

    [Test]
    public async Task Heartbeat_OneRenewalFails_IsTriedAgainAndTheRunGoesOn()
    {
        var failures = 1;
        _store.Before = call => call == "renew" && failures-- > 0 ? throw new TimeoutException("slow") : Task.CompletedTask;
        await using var harness = Harness(WaitThenChange);
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;

        await BeatAsync(1);
        await BeatAsync(2, TimeSpan.FromSeconds(2.25));
        await BeatAsync(3);
        _goOn.SetResult();
        var record = await run;

        Assert.That((record.Status, _effects.Count), Is.EqualTo((JobStatus.Succeeded, 1)));
        Assert.That(harness.Logs.Lines, Has.One.StartsWith("Warning").And.One.Contains("could not be renewed: TimeoutException: slow"));
    }

    [Test]
    public async Task Heartbeat_NoRenewalSucceeds_StopsTheRunBeforeTheLeaseExpires()
    {
        _store.Before = static call => call == "renew" ? throw new TimeoutException("slow") : Task.CompletedTask;
        await using var harness = Harness(WaitForTheToken);
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        await BeatAsync(1);
        for (var failed = 2; !run.IsCompleted && failed < 50; failed++)
        {
            await Task.WhenAny(run, BeatAsync(failed, TimeSpan.FromSeconds(2.25)));
        }

        var record = await run;

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("in time (TimeoutException: slow)").And.Contain("Another run may have taken it over"));
        Assert.That(_clock.GetUtcNow() - record.StartedAt, Is.LessThan(TimeSpan.FromSeconds(45)));
    }

    [Test]
    public async Task Fence_WhoHasTakenOverCannotBeFound_SaysWhatIsKnown()
    {
        _store.Before = static call => call == "renew" ? new TaskCompletionSource().Task : Task.CompletedTask;
        await using var harness = Harness(ChangeWaitChange, static options => options.PreventOverlap());
        var stalled = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        _clock.Advance(TimeSpan.FromSeconds(46));
        _store.Before = static call => call == "acquire" ? throw new TimeoutException("slow") : Task.CompletedTask;
        _goOn.SetResult();

        var record = await stalled;

        Assert.That(record.Summary, Does.EndWith("Run the job again; check that the store can be reached and is not throttled."));
        Assert.That(_store.Calls.Count(static call => call == "acquire"), Is.EqualTo(3), "two leases, and one question who has them");
    }

    [Test]
    public async Task Heartbeat_RunEndsDuringARenewal_EndsQuietly()
    {
        var renewing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Before = call =>
        {
            if (call != "renew")
            {
                return Task.CompletedTask;
            }

            renewing.SetResult();
            return new TaskCompletionSource().Task;
        };
        await using var harness = Harness(WaitThenChange);
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        await _clock.WhenTimersWaitAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await renewing.Task;
        _goOn.SetResult();

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(harness.Logs.Lines, Has.None.StartsWith("Warning"));
    }

    [Test]
    public async Task InvokeAsync_LostAndTheJobSaysContinued_QueuesNoFollowUp()
    {
        _store.Before = static call => call == "renew" ? new TaskCompletionSource().Task : Task.CompletedTask;
        var sender = new RecordingSender();
        await using var harness = Harness(
            async (context, _) =>
            {
                _begun.SetResult();
                await _goOn.Task;
                try
                {
                    await context.Changes.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, CancellationToken.None);
                }
                catch (PermanentJobException)
                {
                    // A job that takes every exception for a reason to stop.
                }

                return JobResult.Continued("Half done.");
            },
            services: services => services.AddSingleton<IRequestSender>(sender));
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _begun.Task;
        _clock.Advance(TimeSpan.FromSeconds(46));
        _goOn.SetResult();
        var record = await run;

        Assert.That((record.Status, sender.Sent.Count), Is.EqualTo((JobStatus.Failed, 0)));
    }

    [Test]
    public async Task Gate_JobLeftSomethingRunning_IsClosedBeforeTheLeaseEnds()
    {
        Exception? refused = null;
        IChangeGate? gate = null;
        _store.Before = async call =>
        {
            if (call == "end")
            {
                refused = await CatchAsync(
                    () => gate!.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, CancellationToken.None));
            }
        };
        await using var harness = Harness((context, _) =>
        {
            gate = context.Changes;
            return Task.FromResult(JobResult.Succeeded("Done."));
        });

        await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(refused, Is.InstanceOf<PermanentJobException>().With.Message.Contains("after its run had ended"));
    }

    /// <summary>The end of a shard belongs to the totals of its slot: a person's interrupt is not a failure.</summary>
    [TestCase(true, JobStatus.Cancelled)]
    [TestCase(false, JobStatus.Failed)]
    public async Task InvokeAsync_ShardIsCancelled_ItsOutcomeTellsByWhom(bool isInterrupted, JobStatus expected)
    {
        using var stop = new CancellationTokenSource();
        using var person = new CancellationTokenSource();
        await using var harness = Harness(
            async (_, token) =>
            {
                await (isInterrupted ? person.CancelAsync() : Task.CompletedTask);
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return JobResult.Succeeded("Done.");
            },
            static options => options.MaxShards = 2,
            services => services.AddSingleton(new RunInterrupt(person.Token)));

        var record = await harness.RunAsync(
            """{"job":"test-job","id":"event-1","shard":{"index":0,"count":2}}""", cancellationToken: stop.Token);

        Assert.That(record.Status, Is.EqualTo(expected), record.Summary);
        Assert.That(_store.LastEnds.Single().Outcome!.Status, Is.EqualTo(expected));
    }

    private static async Task<Exception?> CatchAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (PermanentJobException exception)
        {
            return exception;
        }
    }

    /// <summary>Advances the clock to the next renewal, and waits until it was made and the one after it is due.</summary>
    private async Task BeatAsync(int number, TimeSpan? pause = null)
    {
        var set = _clock.TimersSet;
        _clock.Advance(pause ?? TimeSpan.FromSeconds(15));
        await _store.WhenCalledAsync("renew", number);

        // One timer limits the call, another one is the pause until the next. The first may still wait when the second is not set yet.
        await _clock.WhenTimersSetAsync(set + 2);
    }

    private async Task<JobResult> WaitThenChange(JobContext context, CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        await _goOn.Task;
        return await LeaseHarness.Changing(_effects)(context, cancellationToken);
    }

    private async Task<JobResult> ChangeWaitChange(JobContext context, CancellationToken cancellationToken)
    {
        foreach (var change in (string[])["first", "second"])
        {
            await context.Changes.ApplyAsync(
                TestRun.Change(),
                _ =>
                {
                    _effects.Add($"{change} change of {context.RunId}");
                    return Task.CompletedTask;
                },
                CancellationToken.None);
            _begun.TrySetResult();
            await _goOn.Task;
        }

        return JobResult.Succeeded("Done.");
    }

    private async Task<JobResult> WaitForTheToken(JobContext context, CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return JobResult.Succeeded("Done.");
    }

    private JobHarness Harness(JobBody body, Action<JobOptions>? job = null, Action<IServiceCollection>? services = null) =>
        LeaseHarness.Create(body, _store, _clock, job, services: all =>
        {
            all.AddSingleton<IAuditSink>(_audit);
            services?.Invoke(all);
        });
}

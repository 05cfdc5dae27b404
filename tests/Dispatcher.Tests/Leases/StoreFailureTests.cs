using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tests.Leases;

/// <summary>Tests what a run does if the run store fails, hangs or loses an answer.</summary>
public sealed class StoreFailureTests
{
    private readonly List<string> _effects = [];
    private TestClock _clock = null!;
    private ScriptedRunStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _effects.Clear();
        _clock = new TestClock();
        _store = new ScriptedRunStore(_clock);
    }

    [Test]
    public async Task InvokeAsync_SlotCannotBeTaken_FailsWithoutRunning()
    {
        _store.Before = static call => call == "acquire" ? throw new PermanentJobException("Access denied.") : Task.CompletedTask;
        await using var harness = Harness();

        var record = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((record.Status, _effects.Count), Is.EqualTo((JobStatus.Failed, 0)));
        Assert.That(record.Summary, Is.EqualTo(
            "The lease of slot 'event-1' could not be taken, so nothing was run: Access denied. Run the job again when the store answers; "
            + "a job that may run twice needs no lease (JobOptions.Idempotent, PreventOverlap)."));
    }

    [Test]
    public async Task InvokeAsync_OverlapCannotBeTaken_FailsAndLeavesTheSlot()
    {
        var acquired = 0;
        _store.Before = call =>
            call == "acquire" && ++acquired == 2 ? throw new PermanentJobException("Access denied.") : Task.CompletedTask;
        await using var harness = Harness(static options => options.PreventOverlap());

        var failed = await harness.RunAsync(LeaseHarness.Payload);
        var next = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((failed.Status, next.Status), Is.EqualTo((JobStatus.Failed, JobStatus.Succeeded)));
        Assert.That(failed.Summary, Does.StartWith("The lease of the job could not be taken"));
    }

    [TestCase(null, 10.0)]
    [TestCase(6.0, 2.0)]
    [TestCase(900.0, 10.0)]
    public async Task InvokeAsync_AcquireHangs_FailsInTime(double? secondsLeft, double limit)
    {
        _store.Before = static call => call == "acquire" ? new TaskCompletionSource().Task : Task.CompletedTask;
        await using var harness = Harness();
        var run = harness.RunAsync(LeaseHarness.Payload, secondsLeft is { } left ? _clock.GetUtcNow().AddSeconds(left) : null);
        await _clock.WhenTimersWaitAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(limit));
        var record = await run;

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain($"the store did not answer within {limit} s. Check that it can be reached from here."));
    }

    [Test]
    public async Task InvokeAsync_AcquireBlocksItsThread_FailsInTime()
    {
        using var release = new ManualResetEventSlim();
        _store.Before = call =>
        {
            if (call == "acquire")
            {
                release.Wait();
            }

            return Task.CompletedTask;
        };
        await using var harness = Harness();
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _clock.WhenTimersWaitAsync(1);

        _clock.Advance(TimeSpan.FromSeconds(10));
        var record = await run;
        release.Set();

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
    }

    [Test]
    public async Task InvokeAsync_AnswerToAcquireIsLost_TheNextTryAfterTheLeaseRuns()
    {
        _store.After = static call => call == "acquire" ? throw new TimeoutException("lost") : Task.CompletedTask;
        await using var harness = Harness();

        var lost = await harness.RunAsync(LeaseHarness.Payload);
        _store.After = static _ => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var next = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((lost.Status, next.Status, _effects.Count), Is.EqualTo((JobStatus.Failed, JobStatus.Succeeded, 1)));
    }

    [Test]
    public async Task InvokeAsync_TheLeaseIsTheRunsOwn_FailsInsteadOfBeingSkippedForItself()
    {
        await using var harness = LeaseHarness.Create(LeaseHarness.Changing(_effects), new OwnLeaseStore(_clock), _clock);

        var record = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((record.Status, record.Holder, _effects.Count), Is.EqualTo((JobStatus.Failed, (LeaseHolder?)null, 0)));
        Assert.That(record.Summary, Does.Contain("was taken, but the answer of").And.Contain("expires within 45 s"));
    }

    [Test]
    public async Task InvokeAsync_SlotCannotBeEnded_TheResultStandsAndAWarningSaysWhatFollows()
    {
        _store.Before = static call => call == "end" ? throw new PermanentJobException("Access denied.") : Task.CompletedTask;
        await using var harness = Harness();

        var record = await harness.RunAsync(LeaseHarness.Payload);
        var early = await harness.RunAsync(LeaseHarness.Payload);
        _clock.Advance(TimeSpan.FromSeconds(45));
        var late = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(
            new[] { record.Status, early.Status, late.Status },
            Is.EqualTo(new[] { JobStatus.Succeeded, JobStatus.Skipped, JobStatus.Succeeded }));
        Assert.That(
            harness.Logs.Lines,
            Has.Some.StartsWith("Warning").And.Some.Contains("The lease of slot 'event-1' could not be ended: Access denied. "
                + "The result of the run stands. The lease expires within 45 s"));
    }

    [Test]
    public async Task InvokeAsync_EndHangs_TheResultStandsAndIsInTime()
    {
        _store.Before = static call => call == "end" ? new TaskCompletionSource().Task : Task.CompletedTask;
        await using var harness = Harness();
        var run = harness.RunAsync(LeaseHarness.Payload);
        await _store.WhenCalledAsync("acquire");
        await _clock.WhenTimersWaitAsync(1);

        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, _clock.WhenTimersWaitAsync(1));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [TestCase("Leases:DurationSeconds", "9")]
    [TestCase("Leases:DurationSeconds", "60")]
    [TestCase("Idempotency:RetentionDays", "0")]
    public async Task Options_OutOfRange_NameTheSetting(string key, string value)
    {
        await using var harness = LeaseHarness.Create(
            LeaseHarness.Changing(_effects), _store, _clock, configuration: new() { [key] = value });

        Assert.That(
            async () => await harness.RunAsync(LeaseHarness.Payload),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(key.Split(':')[1]));
    }

    private JobHarness Harness(Action<JobOptions>? job = null) =>
        LeaseHarness.Create(LeaseHarness.Changing(_effects), _store, _clock, job);

    /// <summary>A store whose client repeated a request, and found its own work done.</summary>
    private sealed class OwnLeaseStore(TimeProvider timeProvider) : IRunStore
    {
        private readonly MemoryRunStore _store = new(timeProvider);

        public string Location => _store.Location;

        public Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(LeaseResult.HeldBy(new LeaseHolder(request.RunId, timeProvider.GetUtcNow(), request.Until)));

        public Task<bool> RenewAsync(
            IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default) => Task.FromResult(false);

        public Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
            string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
            _store.ReadLeasesAsync(job, keys, cancellationToken);

        public Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default) =>
            _store.GetAsync(job, runId, cancellationToken);

        public IAsyncEnumerable<RunRecord> ListAsync(RunQuery query, CancellationToken cancellationToken = default) =>
            _store.ListAsync(query, cancellationToken);

        public Task<RunRecord?> FindAsync(string runId, CancellationToken cancellationToken = default) =>
            _store.FindAsync(runId, cancellationToken);

        public Task WriteAsync(RunRecord record, CancellationToken cancellationToken) => _store.WriteAsync(record, cancellationToken);
    }
}

using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Leases;

public sealed class IdempotencyMiddlewareTests
{
    private const string SlotKey = "slot:event-1:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a:0";

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
    public async Task InvokeAsync_DuplicateOfAFinishedSlot_IsSkippedWithTheFirstRunsRecord()
    {
        await using var harness = Harness();
        var first = await harness.RunAsync(LeaseHarness.Payload);
        _clock.Advance(TimeSpan.FromHours(1));

        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(_effects, Is.EqualTo(new[] { first.RunId }));
        Assert.That((first.Status, first.Slot, first.Original), Is.EqualTo((JobStatus.Succeeded, "event-1", (RunRecord?)null)));
        Assert.That((second.Status, second.Slot, second.Holder), Is.EqualTo((JobStatus.Skipped, "event-1", (LeaseHolder?)null)));
        Assert.That(second.Original!.RunId, Is.EqualTo(first.RunId));
        Assert.That(second.Summary, Is.EqualTo(
            $"Slot 'event-1' was done before: run {first.RunId} ended as succeeded at 2026-11-22T03:00:00Z. "
            + "To do it again, send another id."));
    }

    [Test]
    public async Task InvokeAsync_ARunAndItsDuplicate_CostThreeWritesAndOneReadMore()
    {
        await using var harness = Harness();

        await harness.RunAsync(LeaseHarness.Payload);
        Assert.That(_store.Calls, Is.EqualTo(new[] { "acquire", "end", "record" }));

        await harness.RunAsync(LeaseHarness.Payload);
        Assert.That(_store.Calls.Skip(3), Is.EqualTo(new[] { "acquire", "get", "record" }));
    }

    [Test]
    public async Task InvokeAsync_Duplicate_KeepsTheFirstRunsRecordOutOfTheSinks()
    {
        await using var harness = Harness();
        await harness.RunAsync(LeaseHarness.Payload);

        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(second.Original, Is.Not.Null);
        Assert.That(harness.Runs.Records, Has.Count.EqualTo(2).And.All.Property(nameof(RunRecord.Original)).Null);
    }

    [Test]
    public async Task InvokeAsync_TwentyDeliveriesAtOnce_RunOnce()
    {
        await using var harness = Harness();

        var records = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => harness.RunAsync(LeaseHarness.Payload))));

        Assert.That(_effects, Has.Count.EqualTo(1));
        Assert.That(records.Count(static record => record.Status == JobStatus.Succeeded), Is.EqualTo(1));
        Assert.That(
            records.Where(static record => record.Status != JobStatus.Succeeded),
            Has.All.Matches<RunRecord>(record => record is { Status: JobStatus.Skipped }
                && (record.Holder?.RunId == _effects[0]
                    || record.Summary!.Contains($"run {_effects[0]} ended", StringComparison.Ordinal))));
    }

    [Test]
    public async Task InvokeAsync_TheFirstIsAtWork_IsSkippedWithItsRun()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var harness = Harness(async (_, _) =>
        {
            begun.SetResult();
            await goOn.Task;
            return JobResult.Succeeded("Done.");
        });
        var first = harness.RunAsync(LeaseHarness.Payload);
        await begun.Task;
        _clock.Advance(TimeSpan.FromSeconds(1));

        var second = await harness.RunAsync(LeaseHarness.Payload);
        goOn.SetResult();
        var runId = (await first).RunId;

        Assert.That((second.Status, second.Holder?.RunId, second.Original), Is.EqualTo((JobStatus.Skipped, runId, (RunRecord?)null)));
        Assert.That(second.Summary, Is.EqualTo($"Run {runId} has been at work on slot 'event-1' since 2026-11-22T03:00:00Z."));
    }

    [Test]
    public async Task InvokeAsync_TheFirstHasCrashed_IsTakenOverWhenItsLeaseExpires()
    {
        await using var harness = Harness();
        await _store.AcquireAsync(new LeaseRequest(TestRun.JobName, SlotKey, "crashed", _clock.GetUtcNow().AddSeconds(45)));

        _clock.Advance(TimeSpan.FromSeconds(44));
        var early = await harness.RunAsync(LeaseHarness.Payload);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var late = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((early.Status, early.Holder?.RunId), Is.EqualTo((JobStatus.Skipped, "crashed")));
        Assert.That(late.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(_effects, Is.EqualTo(new[] { late.RunId }));
    }

    [TestCase("failed")]
    [TestCase("exception")]
    [TestCase("skipped")]
    public async Task InvokeAsync_TheFirstDidNotDoTheWork_TheNextDeliveryRunsAtOnce(string end)
    {
        var tries = 0;
        await using var harness = Harness((_, _) => Task.FromResult(++tries > 1
            ? JobResult.Succeeded("Done.")
            : end switch
            {
                "failed" => JobResult.Failed("It broke."),
                "skipped" => JobResult.Skipped("Somebody has locked it."),
                _ => throw new PermanentJobException("It broke."),
            }));

        var first = await harness.RunAsync(LeaseHarness.Payload);
        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(first.Status, Is.EqualTo(end == "skipped" ? JobStatus.Skipped : JobStatus.Failed));
        Assert.That((second.Status, tries), Is.EqualTo((JobStatus.Succeeded, 2)));
    }

    [Test]
    public async Task InvokeAsync_TheFirstWasCancelled_TheNextDeliveryRunsAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        await using var harness = Harness(async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return JobResult.Succeeded("Done.");
        });

        var first = await harness.RunAsync(LeaseHarness.Payload, cancellationToken: cancellation.Token);
        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(first.Summary, Does.StartWith("The run was cancelled"));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task InvokeAsync_Partial_IsFinishedToo()
    {
        await using var harness = Harness(static (context, _) =>
        {
            context.Errors.Add("item", "broken");
            return Task.FromResult(JobResult.Succeeded("Done."));
        });

        var first = await harness.RunAsync(LeaseHarness.Payload);
        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(
            (first.Status, second.Status, second.Original?.Status),
            Is.EqualTo((JobStatus.Partial, JobStatus.Skipped, JobStatus.Partial)));
    }

    [Test]
    public async Task InvokeAsync_ContinuedAndNothingIsQueued_TheNextDeliveryGoesOn()
    {
        var runs = 0;
        await using var harness = Harness((_, _) => Task.FromResult(
            ++runs == 1 ? JobResult.Continued("Half done.") : JobResult.Succeeded("Done.")));

        var first = await harness.RunAsync(LeaseHarness.Payload);
        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((first.Status, second.Status), Is.EqualTo((JobStatus.Continued, JobStatus.Succeeded)));
    }

    [TestCase(null, 7)]
    [TestCase("2", 2)]
    public async Task InvokeAsync_FinishedSlot_IsKeptAsLongAsConfigured(string? configured, int days)
    {
        await using var harness = Harness(configuration: new() { ["Idempotency:RetentionDays"] = configured });
        await harness.RunAsync(LeaseHarness.Payload);

        _clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        await harness.RunAsync(LeaseHarness.Payload);
        var before = _effects.Count;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((before, _effects.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task InvokeAsync_RecordOfTheFirstIsGone_IsSkippedWithoutIt()
    {
        await using var harness = Harness();
        await harness.RunAsync(LeaseHarness.Payload);
        _store.Before = static call => call == "get" ? throw new PermanentJobException("Access denied.") : Task.CompletedTask;

        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((second.Status, second.Original), Is.EqualTo((JobStatus.Skipped, (RunRecord?)null)));
        Assert.That(harness.Logs.Lines, Has.One.Contains("could not be read: Access denied."));
    }

    [TestCase("""{"job":"test-job"}""", true, TestName = "Without an id")]
    [TestCase("""{"job":"test-job","id":"event-1","dryRun":true}""", true, TestName = "Dry run")]
    [TestCase(LeaseHarness.Payload, false, TestName = "Job that runs each time")]
    public async Task InvokeAsync_NothingToClaim_TakesNoLease(string payload, bool idempotent)
    {
        await using var harness = Harness(job: options => options.Idempotent = idempotent);

        await harness.RunAsync(payload);
        await harness.RunAsync(payload);

        Assert.That(_store.Calls, Is.EqualTo(new[] { "record", "record" }));
        Assert.That(harness.Runs.Records, Has.All.Property(nameof(RunRecord.Slot)).Not.Null);
    }

    [Test]
    public async Task InvokeAsync_OtherContinuation_IsOtherWork()
    {
        await using var harness = Harness();

        await harness.RunAsync(LeaseHarness.Payload);
        await harness.RunAsync("""{"job":"test-job","id":"event-1","continuation":1}""");
        await harness.RunAsync("""{"job":"test-job","id":"event-1","continuation":1}""");

        Assert.That(_effects, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task InvokeAsync_NoStore_RunsEachTimeAndSaysSoOnce()
    {
        await using var harness = TestRun.Harness(LeaseHarness.Changing(_effects), timeProvider: _clock);

        await harness.RunAsync(LeaseHarness.Payload);
        await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(_effects, Has.Count.EqualTo(2));
        Assert.That(
            harness.Logs.Lines.Where(static line => line.Contains("RUNS_TABLE", StringComparison.Ordinal)),
            Has.One.StartsWith("Information").And.One.Contains("overlapping runs are not prevented"));
    }

    [Test]
    public async Task InvokeAsync_NoStoreAndNothingToClaim_SaysNothing()
    {
        await using var harness = TestRun.Harness(LeaseHarness.Changing(_effects), timeProvider: _clock);

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Logs.Lines, Has.None.Contains("RUNS_TABLE"));
    }

    private JobHarness Harness(
        JobBody? body = null, Action<JobOptions>? job = null, Dictionary<string, string?>? configuration = null) =>
        LeaseHarness.Create(body ?? LeaseHarness.Changing(_effects), _store, _clock, job, configuration);
}

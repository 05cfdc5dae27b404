using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.Continuations;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Leases;

public sealed class OverlapMiddlewareTests
{
    private const string NoId = """{"job":"test-job","parameters":{"table":"x"}}""";

    private TestClock _clock = null!;
    private ScriptedRunStore _store = null!;
    private TaskCompletionSource _begun = null!;
    private TaskCompletionSource _goOn = null!;
    private int _runs;

    [SetUp]
    public void SetUp()
    {
        _clock = new TestClock();
        _store = new ScriptedRunStore(_clock);
        _begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs = 0;
    }

    [Test]
    public async Task InvokeAsync_AnotherRunIsAtWork_IsSkippedWithItsRunAndLeavesItsSlot()
    {
        await using var harness = Harness(static options => options.PreventOverlap());
        var first = harness.RunAsync(Payload("event-1"));
        await _begun.Task;
        _clock.Advance(TimeSpan.FromSeconds(1));

        var loser = await harness.RunAsync(Payload("event-2"));
        _goOn.SetResult();
        var winner = await first;
        var again = await harness.RunAsync(Payload("event-2"));

        Assert.That((winner.Status, loser.Status, again.Status), Is.EqualTo((JobStatus.Succeeded, JobStatus.Skipped, JobStatus.Succeeded)));
        Assert.That(loser.Holder!.RunId, Is.EqualTo(winner.RunId));
        Assert.That(loser.Summary, Is.EqualTo(
            $"Run {winner.RunId} of test-job has been at work on the job since 2026-11-22T03:00:00Z. It began first."));
        Assert.That(_runs, Is.EqualTo(2));
    }

    [Test]
    public async Task InvokeAsync_OtherKey_RunsAtTheSameTime()
    {
        await using var harness = Harness(Key);
        var first = harness.RunAsync(Payload("event-1", "left"));
        await _begun.Task;

        var other = harness.RunAsync(Payload("event-2", "right"));
        _goOn.SetResult();

        Assert.That(
            new[] { (await first).Status, (await other).Status }, Is.EqualTo(new[] { JobStatus.Succeeded, JobStatus.Succeeded }));
    }

    [Test]
    public async Task InvokeAsync_SameKey_NamesItInTheSummary()
    {
        await using var harness = Harness(Key);
        var first = harness.RunAsync(Payload("event-1", "left"));
        await _begun.Task;

        var loser = await harness.RunAsync(Payload("event-2", "left"));
        _goOn.SetResult();
        await first;

        Assert.That((loser.Status, loser.Holder is null), Is.EqualTo((JobStatus.Skipped, false)));
        Assert.That(loser.Summary, Does.Contain(" has been at work on 'left' since "));
    }

    [Test]
    public async Task InvokeAsync_SlotAndOverlap_CostFourWritesAndEndTogether()
    {
        _goOn.SetResult();
        await using var harness = Harness(static options => options.PreventOverlap());

        await harness.RunAsync(Payload("event-1"));

        Assert.That(_store.Calls, Is.EqualTo(new[] { "acquire", "acquire", "end", "record" }));
        Assert.That(
            _store.LastEnds.Select(static end => (end.Lease.Key.Split(':')[0], end.Outcome?.Status)),
            Is.EqualTo(new[] { ("slot", JobStatus.Succeeded), ("overlap", (JobStatus?)null) }));
    }

    [Test]
    public async Task InvokeAsync_NoSlot_StillPreventsOverlap()
    {
        _goOn.SetResult();
        await using var harness = Harness(static options => options.PreventOverlap());

        await harness.RunAsync(NoId);
        await harness.RunAsync(NoId);

        Assert.That(_store.Calls, Is.EqualTo(new[] { "acquire", "end", "record", "acquire", "end", "record" }));
        Assert.That(_runs, Is.EqualTo(2));
    }

    [Test]
    public async Task InvokeAsync_DryRun_TakesNoLease()
    {
        _goOn.SetResult();
        await using var harness = Harness(static options => options.PreventOverlap());

        await harness.RunAsync(NoId.Replace("{\"job", "{\"dryRun\":true,\"job", StringComparison.Ordinal));

        Assert.That(_store.Calls, Is.EqualTo(new[] { "record" }));
    }

    [Test]
    public async Task InvokeAsync_TheKeyCannotBeComputed_FailsAndLeavesTheSlot()
    {
        await using var harness = Harness(static options => options.PreventOverlap<SampleParameters>(
            static _ => throw new PermanentJobException("The bucket does not exist.")));

        var record = await harness.RunAsync(Payload("event-1"));

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Failed, "The bucket does not exist.")));
        Assert.That(_store.LastEnds.Single().Outcome, Is.Null);
    }

    [Test]
    public async Task InvokeAsync_Continued_EndsTheOverlapBeforeTheFollowUpIsQueuedAndTheSlotAfterIt()
    {
        string[] atSend = [];
        var sender = new RecordingSender { OnSend = _ => Keep(() => atSend = [.. _store.Calls]) };
        await using var harness = Continuing(sender);

        var record = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Continued));
        Assert.That(atSend, Is.EqualTo(new[] { "acquire", "acquire", "end" }));
        Assert.That(_store.Calls, Is.EqualTo(new[] { "acquire", "acquire", "end", "end", "record" }));
        Assert.That(_store.LastEnds.Single().Outcome?.Status, Is.EqualTo(JobStatus.Continued));
    }

    [Test]
    public async Task InvokeAsync_TheFollowUpCannotBeQueued_LeavesTheSlotToTheNextDelivery()
    {
        var sender = new RecordingSender { OnSend = static _ => throw new PermanentJobException("There is no queue.") };
        await using var harness = Continuing(sender);

        var first = await harness.RunAsync(LeaseHarness.Payload);
        sender.OnSend = static _ => Task.CompletedTask;
        var second = await harness.RunAsync(LeaseHarness.Payload);

        Assert.That((first.Status, second.Status), Is.EqualTo((JobStatus.Failed, JobStatus.Continued)));
    }

    private static string Payload(string id, string table = "x") =>
        $$$"""{"job":"test-job","id":"{{{id}}}","parameters":{"table":"{{{table}}}"}}""";

    private static void Key(JobOptions options) => options.PreventOverlap<SampleParameters>(static parameters => parameters.Table);

    private static Task Keep(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private JobHarness Continuing(RecordingSender sender) => LeaseHarness.Create(
        static (_, _) => Task.FromResult(JobResult.Continued("Half done.")),
        _store,
        _clock,
        static options => options.PreventOverlap(),
        services: services => services.AddSingleton<IRequestSender>(sender));

    private JobHarness Harness(Action<JobOptions> job) => new(
        builder =>
        {
            builder.Services.AddSingleton<JobBody>(async (_, _) =>
            {
                Interlocked.Increment(ref _runs);
                _begun.TrySetResult();
                await _goOn.Task;
                return JobResult.Succeeded("Done.");
            });
            builder.Services.AddSingleton<IRunStore>(_store);
            builder.Services.AddSingleton<IRunSink>(_store);
            builder.AddJob<TypedDelegateJob, SampleParameters>(TestRun.JobName, SampleJsonContext.Default.SampleParameters, job);
        },
        timeProvider: _clock);
}

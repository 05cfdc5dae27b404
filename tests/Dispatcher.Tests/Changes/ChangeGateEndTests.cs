using Dispatcher.Changes;
using Dispatcher.Hosting;
using Dispatcher.Limiting;
using Dispatcher.Testing;
using Dispatcher.Tests.Audit;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Tests.Changes;

/// <summary>What the gate keeps of changes that end otherwise than planned.</summary>
public sealed class ChangeGateEndTests
{
    [Test]
    public async Task ApplyAllAsync_NoChanges_IsDone()
    {
        var real = await TestRun.Gate().ApplyAllAsync([], static Task (_) => throw new InvalidOperationException("called"), default);
        var planned = await TestRun.Gate(dryRun: true).ApplyAllAsync([], static _ => Task.CompletedTask, default);

        Assert.That((real, planned), Is.EqualTo((ChangeOutcome.Applied, ChangeOutcome.Planned)));
    }

    [Test]
    public async Task ApplyAllAsync_OutcomeOfTheJob_IsThatOfAll()
    {
        var gate = TestRun.Gate();

        var outcome = await gate.ApplyAllAsync(
            [TestRun.Change("a"), TestRun.Change("b")], static _ => Task.FromResult(ChangeOutcome.Skipped("gone")), default);

        Assert.That(outcome, Is.EqualTo(ChangeOutcome.Skipped("gone")));
        Assert.That((gate.Summarize().Proposed, gate.Summarize().Applied), Is.EqualTo((2L, 0L)));
    }

    [TestCase("maxChanges", "may change at most 2 items in one run (maxChanges: registration), and wants to change 20.")]
    [TestCase("maxBytes", "may free at most 2 bytes in one run (maxBytes: registration), and wants to free 40.")]
    [TestCase(
        "maxChangesPercent",
        "may change at most 2 % of the 100 items that it examined in one run, which is 2 (maxChangesPercent: registration), and wants to "
        + "change 20.")]
    public void EnsureWithinLimit_NothingWasChanged_SaysSo(string field, string problem)
    {
        var kind = LimitKind.All.Single(kind => kind.Field == field);
        var gate = TestRun.Gate(kind.With(ChangeLimits.None, 2));
        gate.Examined(100);

        Assert.That(
            () => gate.EnsureWithinLimit(20, bytes: 40, items: 20),
            Throws.TypeOf<ChangeLimitExceededException>()
                .With.Message.StartsWith($"Job 'test-job' {problem} Nothing was changed. Look at"));
    }

    [Test]
    public async Task TryApplyEachAsync_OneHasNoOutcome_OnlyThatOneFails()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);

        var outcomes = await gate.TryApplyEachAsync(
            [TestRun.Change("a"), TestRun.Change("b"), TestRun.Change("c")],
            static (_, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>(
                [ChangeOutcome.Applied, default, ChangeOutcome.Skipped("gone")]),
            default);

        Assert.That(
            outcomes.Select(static outcome => outcome.Kind),
            Is.EqualTo(new[] { ChangeOutcomeKind.Applied, ChangeOutcomeKind.Failed, ChangeOutcomeKind.Skipped }));
        Assert.That(errors.Snapshot(), Is.EqualTo(new[]
        {
            new ItemError("b", "test:Delete failed: the job did not report an outcome. Return Applied, Skipped, Failed or Unknown for each "
                + "change."),
        }));
    }

    [Test]
    public async Task TryApplyEachAsync_AllHaveOutcomes_ReturnsThem()
    {
        IReadOnlyList<ChangeOutcome> answered = [ChangeOutcome.Applied, ChangeOutcome.Unknown("lost")];

        var outcomes = await TestRun.Gate().TryApplyEachAsync(
            [TestRun.Change("a"), TestRun.Change("b")], (_, _) => Task.FromResult(answered), default);

        Assert.That(outcomes, Is.SameAs(answered));
    }

    [Test]
    public void ApplyAsync_CounterWithoutName_SaysWhatToDo() => Assert.That(
        () => TestRun.Gate().ApplyAsync(TestRun.Change(counter: string.Empty), static _ => Task.CompletedTask, default),
        Throws.ArgumentException.With.Message.EqualTo(
            "The change test:Delete test://item has a Counter without a name. Name the count, or leave Counter out. "
            + "(Parameter 'changes')"));

    [Test]
    public async Task Abort_ChangeWasNotMade_GivesItsPlaceBack()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChanges = 1 });
        Assert.That(
            () => gate.ApplyAsync(TestRun.Change(), static Task (_) => throw new PermanentJobException("No."), default),
            Throws.TypeOf<PermanentJobException>());

        var outcome = await gate.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, default);

        Assert.That(outcome, Is.EqualTo(ChangeOutcome.Applied));
        Assert.That((gate.Summarize().Failed, gate.Summarize().Applied), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void Abort_ChangeMayHaveBeenMade_KeepsItsPlace()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChanges = 1 });
        Assert.That(
            () => gate.ApplyAsync(TestRun.Change(), static Task (_) => throw new TimeoutException("lost"), default),
            Throws.TypeOf<TimeoutException>());

        Assert.That(
            () => gate.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, default),
            Throws.TypeOf<ChangeLimitExceededException>());
        Assert.That(gate.Summarize().Failed, Is.Zero, "nobody knows");
    }

    [TestCase(ChangeOutcomeKind.Skipped)]
    [TestCase(ChangeOutcomeKind.Failed)]
    public async Task Settle_ItemMayHaveBeenMade_KeepsItsPlace(ChangeOutcomeKind kind)
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChanges = 1 });
        var outcome = kind == ChangeOutcomeKind.Skipped ? ChangeOutcome.Skipped("gone") : ChangeOutcome.Failed("no");

        await gate.TryApplyAsync(TestRun.Change(), _ => Task.FromResult(outcome.AfterLostAnswer()), default);

        Assert.That(
            () => gate.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, default),
            Throws.TypeOf<ChangeLimitExceededException>());
        Assert.That(gate.Summarize().Failed, Is.Zero, "nobody knows");
    }

    [Test]
    public void AfterLostAnswer_OutcomeThatIsKnownOrAlreadyUnknown_IsTheSame()
    {
        ChangeOutcome[] outcomes = [ChangeOutcome.Applied, ChangeOutcome.AppliedWith("undo"), ChangeOutcome.Unknown("lost")];

        Assert.That(outcomes.Select(static outcome => outcome.AfterLostAnswer()), Is.EqualTo(outcomes));
    }

    [TestCase(ChangeOutcomeKind.Skipped)]
    [TestCase(ChangeOutcomeKind.Failed)]
    public async Task Settle_ItemWasNotMade_GivesItsPlaceInTheShareBack(ChangeOutcomeKind kind)
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 10, MaxBytes = 10, MaxChanges = 1 });
        gate.Examined(10);
        var outcome = kind == ChangeOutcomeKind.Skipped ? ChangeOutcome.Skipped("gone") : ChangeOutcome.Failed("no");

        await gate.TryApplyAsync(TestRun.Change(bytes: 10), _ => Task.FromResult(outcome), default);

        Assert.That(
            await gate.TryApplyAsync(TestRun.Change(bytes: 10), static _ => Task.CompletedTask, default),
            Is.EqualTo(ChangeOutcome.Applied));
    }

    [Test]
    public async Task ApplyAsync_StoppedWhileTheRateDelaysIt_IsSkippedInTheTrail()
    {
        var clock = new TestClock();
        using var stop = new CancellationTokenSource();
        var sink = new RecordingAuditSink();
        var gate = Audited(sink, new ChangeRate(1, clock, static () => { }));
        await gate.ApplyAsync(TestRun.Change("a"), static _ => Task.CompletedTask, stop.Token);
        var waiting = gate.ApplyAsync(
            TestRun.Change("b"), static Task (_) => throw new InvalidOperationException("It was made."), stop.Token);
        await clock.WhenTimersWaitAsync(1);

        await stop.CancelAsync();

        Assert.That(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            sink.Entries.Select(static entry => (entry.Target, entry.Outcome, entry.Error)),
            Is.EqualTo(new[]
            {
                ("a", AuditOutcome.Applied, null), ("b", AuditOutcome.Skipped, "the run was stopped before this was begun."),
            }));
    }

    [Test]
    public async Task Close_ChangeIsUnderWay_IsInterruptedInTheTrail()
    {
        var sink = new RecordingAuditSink();
        var gate = Audited(sink);
        var release = new TaskCompletionSource();
        var running = gate.ApplyAsync(TestRun.Change(), _ => release.Task, default);

        gate.Close();
        release.SetResult();
        await running;

        Assert.That(
            sink.Entries.Select(static entry => (entry.Outcome, entry.Error)),
            Is.EqualTo(new[] { (AuditOutcome.Interrupted, "the run ended while this was under way.") }));
        Assert.That(
            (gate.Summarize().Applied, gate.Summarize().Interrupted), Is.EqualTo((0L, 1L)), "its outcome came too late for the record");
    }

    [Test]
    public async Task Summarize_ChangesWithoutAnAnswer_AreInterrupted()
    {
        var gate = TestRun.Gate();
        using var stop = new CancellationTokenSource();
        await gate.TryApplyAsync(TestRun.Change("a"), static _ => Task.FromResult(ChangeOutcome.Unknown("lost")), default);
        await gate.TryApplyAsync(
            TestRun.Change("b"), static _ => Task.FromResult(ChangeOutcome.Skipped("gone").AfterLostAnswer()), default);
        await gate.TryApplyAsync(TestRun.Change("c"), static _ => Task.FromResult(ChangeOutcome.Failed("no")), default);
        Assert.That(
            () => gate.ApplyAsync(
                TestRun.Change("d"),
                async token =>
                {
                    await stop.CancelAsync();
                    token.ThrowIfCancellationRequested();
                },
                stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        var summary = gate.Summarize();

        Assert.That((summary.Proposed, summary.Applied, summary.Failed, summary.Interrupted), Is.EqualTo((4L, 0L, 1L, 3L)));
        Assert.That(summary.InterruptedText, Is.EqualTo("3 changes interrupted (may have been made)"));
    }

    [TestCase(ChangeOutcomeKind.Applied, 1L, 0L)]
    [TestCase(ChangeOutcomeKind.Skipped, 1L, 0L)]
    [TestCase(ChangeOutcomeKind.Failed, 2L, 1L)]
    [TestCase(ChangeOutcomeKind.Unknown, 1L, 1L)]
    public async Task BeginAttempt_ChangeMayHaveBeenMade_StaysInterruptedUntilItsFateIsKnown(
        ChangeOutcomeKind retried, long proposed, long interrupted)
    {
        var gate = TestRun.Gate();
        await gate.TryApplyAsync(TestRun.Change("a"), static _ => Task.FromResult(ChangeOutcome.Unknown("lost")), default);

        gate.BeginAttempt();

        Assert.That((gate.Summarize().Proposed, gate.Summarize().Interrupted), Is.EqualTo((1L, 1L)));
        var outcome = retried switch
        {
            ChangeOutcomeKind.Applied => ChangeOutcome.Applied,
            ChangeOutcomeKind.Skipped => ChangeOutcome.Skipped("there already"),
            ChangeOutcomeKind.Failed => ChangeOutcome.Failed("no"),
            _ => ChangeOutcome.Unknown("lost again"),
        };
        await gate.TryApplyAsync(TestRun.Change("a"), _ => Task.FromResult(outcome), default);
        Assert.That((gate.Summarize().Proposed, gate.Summarize().Interrupted), Is.EqualTo((proposed, interrupted)));
    }

    [Test]
    public async Task BeginAttempt_DryRun_ForgetsCountsAndActions()
    {
        var gate = TestRun.Gate(dryRun: true);
        await gate.ApplyAsync(TestRun.Change(bytes: 3, counter: "deleted"), static _ => Task.CompletedTask, default);

        gate.BeginAttempt();

        var summary = gate.Summarize();
        Assert.That((summary.Proposed, summary.Bytes, summary.Items.Count), Is.EqualTo((0L, 0L, 0)));
        Assert.That(summary.ByAction, Is.Empty);
        Assert.That(gate.Counts(), Is.Empty);
    }

    [Test]
    public void EnsureWithinLimit_BytesAreExceededAlready_AllowsWhatFreesNone()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxBytes = 0 });

        Assert.That(() => gate.EnsureWithinLimit(5, bytes: 0, items: 5), Throws.Nothing);
        Assert.That(() => gate.EnsureWithinLimit(1, bytes: 1, items: 1), Throws.TypeOf<ChangeLimitExceededException>());
    }

    [Test]
    public async Task DescribeLimits_ShareOfAJobThatReportsNothing_SaysWhyItWouldStop()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 10 }, dryRun: true);

        await gate.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, default);

        Assert.That(gate.DescribeLimits(), Is.EqualTo(
            " A real run would stop before its first change: the job has not reported how many items it examined, so maxChangesPercent "
            + "(registration) cannot be judged. Remove this limit, or let the job call Changes.Examined before its first change."));
    }

    [Test]
    public void Examined_MoreThanCanBeCounted_CountsTheMost()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 50 });
        gate.Examined(long.MaxValue);
        gate.Examined(1);

        Assert.That(() => gate.EnsureWithinLimit(long.MaxValue / 2), Throws.Nothing);
        Assert.That(() => gate.EnsureWithinLimit(long.MaxValue), Throws.TypeOf<ChangeLimitExceededException>());
        Assert.That(() => gate.Examined(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static ChangeGate Audited(RecordingAuditSink sink, ChangeRate? rate = null) => new(
        TestRun.JobName,
        dryRun: false,
        LimitsInForce.None,
        new ItemErrors(),
        new FailureClassifier([]),
        new AuditTrail([sink], TestRun.JobName, "run-1", TimeProvider.System, NullLogger.Instance),
        rate);
}

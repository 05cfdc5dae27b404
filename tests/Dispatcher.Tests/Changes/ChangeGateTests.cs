using Dispatcher.Tests.TestRuns;
using Moq;

namespace Dispatcher.Tests.Changes;

public sealed class ChangeGateTests
{
    [Test]
    public async Task TryApplyAsync_RealRun_AppliesAndKeepsTheBooks()
    {
        var gate = TestRun.Gate();
        var calls = 0;

        var outcome = await gate.TryApplyAsync(TestRun.Change(bytes: 7, counter: "deleted"), _ => Task.FromResult(++calls), default);

        var summary = gate.Summarize();
        Assert.That(outcome, Is.EqualTo(ChangeOutcome.Applied));
        Assert.That(calls, Is.EqualTo(1));
        Assert.That((summary.Proposed, summary.Applied, summary.Failed, summary.Bytes), Is.EqualTo((1L, 1L, 0L, 7L)));
        Assert.That(summary.Items, Is.EqualTo(new[] { new ChangeItem("test:Delete", "test://item", "expired") }));
        Assert.That(gate.Counts(), Is.EqualTo(new Dictionary<string, long> { ["deleted"] = 1 }));
    }

    [Test]
    public async Task TryApplyAsync_DryRun_RecordsAndNeverCallsApply()
    {
        var gate = TestRun.Gate(dryRun: true);

        var outcome = await gate.TryApplyAsync(TestRun.Change(bytes: 7, counter: "deleted"), NeverAsync, default);

        var summary = gate.Summarize();
        Assert.That(outcome.IsDone, Is.True);
        Assert.That((summary.Proposed, summary.Applied, summary.Bytes, summary.Items.Count), Is.EqualTo((1L, 0L, 7L, 1)));
        Assert.That(gate.Counts()["deleted"], Is.EqualTo(1));
    }

    [Test]
    public async Task TryApplyAsync_Skipped_CountsNeitherAsMadeNorAsFailed()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);

        var outcome = await gate.TryApplyAsync(
            TestRun.Change(bytes: 7, counter: "deleted"), _ => Task.FromResult(ChangeOutcome.Skipped("changed meanwhile")), default);

        var summary = gate.Summarize();
        Assert.That(outcome.IsDone, Is.False);
        Assert.That((summary.Proposed, summary.Applied, summary.Failed, summary.Bytes), Is.EqualTo((1L, 0L, 0L, 0L)));
        Assert.That(summary.Items, Is.Empty);
        Assert.That(gate.Counts(), Is.Empty);
        Assert.That(errors.Count, Is.Zero);
    }

    [Test]
    public async Task TryApplyAsync_ApplyThrows_BecomesAnItemErrorAndTheRunGoesOn()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);

        var outcome = await gate.TryApplyAsync(
            TestRun.Change("test://bad"), _ => Task.FromException(new IOException("disk on fire")), default);

        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Failed));
        Assert.That(gate.Summarize().Failed, Is.EqualTo(1));
        Assert.That(errors.Snapshot(), Is.EqualTo(new[] { new ItemError("test://bad", "test:Delete failed: IOException: disk on fire") }));
    }

    [Test]
    public void TryApplyAsync_RunIsCancelled_LetsTheCancellationThrough()
    {
        using var source = new CancellationTokenSource();
        var gate = TestRun.Gate();

        Assert.That(
            () => gate.TryApplyAsync(
                TestRun.Change(),
                async token =>
                {
                    await source.CancelAsync();
                    token.ThrowIfCancellationRequested();
                },
                source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.Summarize(), Has.Property(nameof(ChangesSummary.Applied)).Zero.And.Property(nameof(ChangesSummary.Failed)).Zero);
    }

    [Test]
    public void TryApplyAsync_AlreadyCancelled_ProposesNothing()
    {
        var gate = TestRun.Gate();

        Assert.That(() => gate.TryApplyAsync(
            TestRun.Change(), NeverAsync, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.Summarize().Proposed, Is.Zero);
    }

    [Test]
    public async Task TryApplyAsync_AnswerLost_IsUnknownAndAnItemError()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);

        var outcome = await gate.TryApplyAsync(
            TestRun.Change(), _ => Task.FromException(new TaskCanceledException("timed out", new TimeoutException())), default);

        Assert.That((outcome.Kind, gate.Summarize().Failed, errors.Count), Is.EqualTo((ChangeOutcomeKind.Unknown, 0L, 1L)));
        Assert.That(errors.Snapshot()[0].Error, Does.StartWith("test:Delete may have been made or not, because its answer was lost: "
            + "TaskCanceledException"));
    }

    [Test]
    public void TryApplyAsync_PermissionDenied_EndsTheRun()
    {
        var denied = new UnauthorizedAccessException("s3:DeleteObject");
        var rule = Mock.Of<IFailureRule>(rule => rule.Classify(denied) == new Failure(FailureKind.Denied, "Grant s3:DeleteObject.", true));
        var gate = TestRun.Gate(rules: rule);

        Assert.That(() => gate.TryApplyAsync(TestRun.Change(), _ => Task.FromException(denied), default), Throws.Exception.SameAs(denied));
    }

    [Test]
    public void TryApplyAsync_PermanentJobException_EndsTheRun() =>
        Assert.That(
            () => TestRun.Gate().TryApplyAsync(TestRun.Change(), _ => Task.FromException(new PermanentJobException("Stop.")), default),
            Throws.TypeOf<PermanentJobException>());

    [Test]
    public async Task TryApplyAsync_DefaultOutcomeInARealRun_IsNotBelieved()
    {
        var gate = TestRun.Gate();

        var outcome = await gate.TryApplyAsync(TestRun.Change(counter: "deleted"), _ => Task.FromResult(default(ChangeOutcome)), default);

        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Failed));
        Assert.That(outcome.Detail, Does.Contain("did not report an outcome"));
        Assert.That(gate.Counts(), Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TryApplyAsync_CounterWithoutName_IsRefusedBeforeTheChange(bool dryRun)
    {
        var gate = TestRun.Gate(dryRun);

        Assert.That(
            () => gate.TryApplyAsync(TestRun.Change("test://item", counter: string.Empty), NeverAsync, default),
            Throws.ArgumentException.With.Message.Contains("test:Delete test://item").And.Message.Contains("Counter"));
        Assert.That(gate.Summarize().Proposed, Is.Zero);
    }

    [Test]
    public async Task TryApplyEachAsync_MixedOutcomes_CountsEach()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);
        Change[] changes = [TestRun.Change("test://1", 1), TestRun.Change("test://2", 2), TestRun.Change("test://3", 4)];

        var outcomes = await gate.TryApplyEachAsync(
            changes,
            (_, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>(
                [ChangeOutcome.Applied, ChangeOutcome.Skipped("gone"), ChangeOutcome.Failed("no")]),
            default);

        var summary = gate.Summarize();
        Assert.That(outcomes.Select(outcome => outcome.IsDone), Is.EqualTo(new[] { true, false, false }));
        Assert.That((summary.Proposed, summary.Applied, summary.Failed, summary.Bytes), Is.EqualTo((3L, 1L, 1L, 1L)));
        Assert.That(errors.Snapshot().Single().Item, Is.EqualTo("test://3"));
    }

    [Test]
    public async Task TryApplyEachAsync_CallThrows_FailsAllOfItsItems()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);

        var outcomes = await gate.TryApplyEachAsync(
            [TestRun.Change("a"), TestRun.Change("b")], (_, _) => throw new IOException("no"), default);

        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.All.EqualTo(ChangeOutcomeKind.Failed));
        Assert.That(errors.Count, Is.EqualTo(2));
    }

    [Test]
    public void TryApplyEachAsync_WrongNumberOfOutcomes_EndsTheRun([Values(0, 1, 3)] int count) =>
        Assert.That(
            () => TestRun.Gate().TryApplyEachAsync(
                [TestRun.Change("a"), TestRun.Change("b")],
                (_, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. Enumerable.Repeat(ChangeOutcome.Applied, count)]),
                default),
            Throws.TypeOf<PermanentJobException>().With.Message.Contains($"returned {count} outcomes for 2 changes"));

    [Test]
    public void TryApplyEachAsync_NullOutcomes_EndsTheRun() =>
        Assert.That(
            () => TestRun.Gate().TryApplyEachAsync([TestRun.Change()], (_, _) =>
                Task.FromResult<IReadOnlyList<ChangeOutcome>>(null!), default),
            Throws.TypeOf<PermanentJobException>().With.Message.Contains("returned 0 outcomes for 1 changes"));

    [Test]
    public async Task TryApplyEachAsync_NoChanges_CallsNothing()
    {
        var gate = TestRun.Gate(limit: 0);

        var outcomes = await gate.TryApplyEachAsync([], (_, _) => throw new InvalidOperationException(), default);

        Assert.That(outcomes, Is.Empty);
    }

    [Test]
    public async Task Summarize_MoreChangesThanListed_SaysSo()
    {
        var gate = TestRun.Gate();
        for (var index = 0; index < ChangesSummary.MaxItems; index++)
        {
            await gate.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, default);
        }

        Assert.That(gate.Summarize().ItemsTruncated, Is.False);
        await gate.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, default);
        Assert.That((gate.Summarize().ItemsTruncated, gate.Summarize().Items.Count), Is.EqualTo((true, ChangesSummary.MaxItems)));
    }

    [Test]
    public void TryApplyAsync_GateIsClosed_DoesNothing()
    {
        var gate = TestRun.Gate();
        gate.Close();

        Assert.That(
            () => gate.TryApplyAsync(TestRun.Change(), NeverAsync, default),
            Throws.TypeOf<PermanentJobException>().With.Message.Contains("after its run had ended"));
    }

    [Test]
    public async Task BeginAttempt_RealRun_KeepsWhatWasMadeAndForgetsTheRest()
    {
        var gate = TestRun.Gate();
        await gate.TryApplyAsync(TestRun.Change(bytes: 3, counter: "deleted"), _ => Task.CompletedTask, default);
        await gate.TryApplyAsync(TestRun.Change(), _ => Task.FromException(new IOException("no")), default);

        gate.BeginAttempt();

        var summary = gate.Summarize();
        Assert.That((summary.Proposed, summary.Applied, summary.Failed, summary.Bytes), Is.EqualTo((1L, 1L, 0L, 3L)));
        Assert.That(gate.Counts()["deleted"], Is.EqualTo(1));
    }

    [Test]
    public async Task BeginAttempt_DryRun_ForgetsThePlan()
    {
        var gate = TestRun.Gate(dryRun: true, limit: 0);
        await gate.TryApplyAsync(TestRun.Change(counter: "deleted"), NeverAsync, default);

        gate.BeginAttempt();

        Assert.That(gate.Summarize().Proposed, Is.Zero);
        Assert.That(gate.Summarize().Items, Is.Empty);
        Assert.That(gate.Counts(), Is.Empty);
        Assert.That(gate.DescribeLimits(), Is.Empty);
    }

    private static Task NeverAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A dry run applied a change.");

    [Test]
    public void ApplyAsync_Exception_IsRecordedAndRethrown()
    {
        var errors = new ItemErrors();
        var gate = TestRun.Gate(errors: errors);
        var broken = new InvalidOperationException("broken");

        Assert.That(() => gate.ApplyAsync(TestRun.Change(), _ => Task.FromException(broken), default), Throws.Exception.SameAs(broken));
        Assert.That((gate.Summarize().Failed, errors.Count), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public async Task ApplyAsync_OutcomeOfTheJob_IsReturned()
    {
        var outcome = await TestRun.Gate().ApplyAsync(TestRun.Change(), _ => Task.FromResult(ChangeOutcome.Skipped("running")), default);

        Assert.That(outcome, Is.EqualTo(ChangeOutcome.Skipped("running")));
    }

    [Test]
    public async Task ApplyAllAsync_OneFate_IsTheOutcomeOfAll()
    {
        var gate = TestRun.Gate();

        var outcome = await gate.ApplyAllAsync([TestRun.Change("a"), TestRun.Change("b")], _ => Task.CompletedTask, default);

        Assert.That((outcome, gate.Summarize().Applied), Is.EqualTo((ChangeOutcome.Applied, 2L)));
    }

    [Test]
    public async Task ApplyAllAsync_DryRun_IsPlannedAndNotMade()
    {
        var gate = TestRun.Gate(dryRun: true);

        var outcome = await gate.ApplyAllAsync(
            [TestRun.Change("a"), TestRun.Change("b")], _ => throw new InvalidOperationException(), default);

        Assert.That((outcome.IsDone, gate.Summarize().Proposed, gate.Summarize().Applied), Is.EqualTo((true, 2L, 0L)));
    }
}

using Dispatcher.Changes;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Changes;

/// <summary>The limits of bytes and of a share. <see cref="ChangeGateLimitTests"/> has the limit of changes.</summary>
public sealed class ChangeGateCapTests
{
    [Test]
    public async Task TryApplyAsync_BeyondMaxBytes_IsRefused()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxBytes = 10_000 });
        await ApplyAsync(gate, bytes: 6_000);

        Assert.That(
            () => ApplyAsync(gate, bytes: 4_001),
            Throws.TypeOf<ChangeLimitExceededException>()
                .With.Property("LimitName").EqualTo("maxBytes").And.Property("Limit").EqualTo(10_000L).And.Message.EqualTo(
                "Job 'test-job' may free at most 10,000 bytes in one run (maxBytes: registration), but has freed 6,000 and wants to free "
                + "4,001 more. What was done stays done. Look at the plan of a dry run; if it is right, set TEST_JOB_MAX_BYTES, which "
                + "replaces the limit of the registration."));
        await ApplyAsync(gate, bytes: 4_000);
        await ApplyAsync(gate, bytes: 0);
        Assert.That(gate.Summarize().Bytes, Is.EqualTo(10_000));
    }

    [Test]
    public async Task TryApplyAsync_BytesInFlight_HoldTheirPlace()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxBytes = 100 });
        var first = new TaskCompletionSource();
        var running = gate.TryApplyAsync(TestRun.Change(bytes: 60), _ => first.Task, default);

        Assert.That(() => ApplyAsync(gate, bytes: 60), Throws.TypeOf<ChangeLimitExceededException>());

        first.SetException(new IOException("no"));
        await running;
        Assert.That((await ApplyAsync(gate, bytes: 60)).Kind, Is.EqualTo(ChangeOutcomeKind.Applied));
    }

    [Test]
    public async Task TryApplyAsync_BytesThatOverflow_AreRefused()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxBytes = long.MaxValue });
        await ApplyAsync(gate, bytes: long.MaxValue);

        Assert.That(() => ApplyAsync(gate, bytes: long.MaxValue), Throws.TypeOf<ChangeLimitExceededException>());
    }

    [Test]
    public async Task TryApplyAsync_BeyondTheShare_IsRefused()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 20 });
        gate.Examined(8);
        gate.Examined(2);
        await ApplyAsync(gate);
        await ApplyAsync(gate);

        Assert.That(
            () => ApplyAsync(gate),
            Throws.TypeOf<ChangeLimitExceededException>().With.Property("LimitName").EqualTo("maxChangesPercent").And.Message.EqualTo(
                "Job 'test-job' may change at most 20 % of the 10 items that it examined in one run, which is 2 "
                + "(maxChangesPercent: registration), but has changed 2 and wants to change 1 more. What was done stays done. "
                + "Look at the plan of a dry run; if it is right, set TEST_JOB_MAX_CHANGES_PERCENT, which replaces the limit of the "
                + "registration."));
    }

    [TestCase(0.1, 1_000, 1, true)]
    [TestCase(0.1, 1_000, 2, false)]
    [TestCase(0.1, 999, 1, false)]
    [TestCase(33.3, 10, 3, true)]
    [TestCase(33.3, 10, 4, false)]
    [TestCase(100, 10, 10, true)]
    [TestCase(0, 10, 1, false)]
    [TestCase(0, 9, 9, true)]
    public void EnsureWithinLimit_Share_IsExact(decimal percent, long examined, long changes, bool fits)
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = percent });
        gate.Examined(examined);

        Assert.That(() => gate.EnsureWithinLimit(changes), fits ? Throws.Nothing : Throws.TypeOf<ChangeLimitExceededException>());
    }

    [Test]
    public void EnsureWithinLimit_NothingDoneYet_SaysSo()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxBytes = 10 });

        Assert.That(
            () => gate.EnsureWithinLimit(2, bytes: 11, items: 1),
            Throws.TypeOf<ChangeLimitExceededException>().With.Message.Contains("and wants to free 11. Nothing was changed. Look"));
    }

    [Test]
    public async Task TryApplyAsync_FollowUps_AreNoFurtherItems()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 10, MaxChanges = 3 });
        gate.Examined(10);
        await ApplyAsync(gate);

        await gate.TryApplyAsync(TestRun.Change() with { IsFollowUp = true }, _ => Task.CompletedTask, default);
        await gate.TryApplyAsync(TestRun.Change() with { IsFollowUp = true }, _ => Task.CompletedTask, default);

        Assert.That(
            () => gate.TryApplyAsync(TestRun.Change() with { IsFollowUp = true }, _ => Task.CompletedTask, default),
            Throws.TypeOf<ChangeLimitExceededException>().With.Property("LimitName").EqualTo("maxChanges"));
    }

    [Test]
    public async Task BeginAttempt_FewerItemsAreFoundAgain_TheFirstCountStands()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 20 });
        gate.Examined(10);
        await ApplyAsync(gate);

        gate.BeginAttempt();
        gate.Examined(9);

        await ApplyAsync(gate);
        Assert.That(() => ApplyAsync(gate), Throws.TypeOf<ChangeLimitExceededException>());
    }

    [Test]
    public async Task TryApplyAsync_OutcomeIsUnknown_UsesUpTheLimit()
    {
        var gate = TestRun.Gate(limit: 1);
        await gate.TryApplyAsync(TestRun.Change(), _ => Task.FromResult(ChangeOutcome.Unknown("no answer")), default);

        gate.BeginAttempt();

        Assert.That(() => ApplyAsync(gate), Throws.TypeOf<ChangeLimitExceededException>());
    }

    [Test]
    public void TryApplyAsync_ShareForThisJobButNothingExamined_IsRefused()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChangesPercent = 20 });

        Assert.That(
            () => ApplyAsync(gate),
            Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
                "Nothing was changed: the job has not reported how many items it examined, so maxChangesPercent (registration) cannot be "
                + "judged. Remove this limit, or let the job call Changes.Examined before its first change."));
    }

    [Test]
    public async Task TryApplyAsync_DryRunBeyondAllLimits_NotesEach()
    {
        var gate = TestRun.Gate(new ChangeLimits { MaxChanges = 1, MaxChangesPercent = 12.5m, MaxBytes = 1_500 }, dryRun: true);
        gate.Examined(10);

        await ApplyAsync(gate, bytes: 1_000);
        Assert.That(gate.DescribeLimits(), Is.Empty);
        await ApplyAsync(gate, bytes: 1_000);
        await ApplyAsync(gate, bytes: 1_000);

        Assert.That(
            gate.DescribeLimits(),
            Is.EqualTo(
                " A real run would stop at its limit of 1 change (maxChanges: registration)."
                + " A real run would stop at its limit of 12.5 % of the 10 items that it examined (maxChangesPercent: registration)."
                + " A real run would stop at its limit of 1,500 bytes (maxBytes: registration)."));
    }

    [Test]
    public void Examined_Negative_IsRefused() =>
        Assert.That(() => TestRun.Gate().Examined(-1), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static Task<ChangeOutcome> ApplyAsync(ChangeGate gate, long bytes = 0) =>
        gate.TryApplyAsync(TestRun.Change(bytes: bytes), _ => Task.CompletedTask, default);
}

using Dispatcher.Changes;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Changes;

public sealed class ChangeGateLimitTests
{
    [Test]
    public async Task TryApplyAsync_AtTheLimit_RefusesTheNextChange()
    {
        var gate = TestRun.Gate(limit: 2);
        await ApplyAsync(gate);
        await ApplyAsync(gate);

        Assert.That(
            () => ApplyAsync(gate),
            Throws.TypeOf<ChangeLimitExceededException>().With.Message.EqualTo(
                "Job 'test-job' may change at most 2 items in one run (maxChanges: registration), but has changed 2 and wants to change "
                + "1 more. What was done stays done. Look at the plan of a dry run; if it is right, set TEST_JOB_MAX_CHANGES, which "
                + "replaces the limit of the registration."));
        Assert.That(gate.Summarize().Applied, Is.EqualTo(2));
    }

    [Test]
    public void TryApplyEachAsync_BatchCrossesTheLimit_MakesNoneOfIt()
    {
        var gate = TestRun.Gate(limit: 2);
        var called = false;

        Assert.That(
            () => gate.TryApplyEachAsync(
                [TestRun.Change(), TestRun.Change(), TestRun.Change()],
                (_, _) =>
                {
                    called = true;
                    return Task.FromResult<IReadOnlyList<ChangeOutcome>>([]);
                },
                default),
            Throws.TypeOf<ChangeLimitExceededException>());
        Assert.That(called, Is.False);
    }

    [Test]
    public async Task TryApplyAsync_SkippedAndFailedChanges_DoNotUseUpTheLimit()
    {
        var gate = TestRun.Gate(limit: 1);
        await gate.TryApplyAsync(TestRun.Change(), _ => Task.FromResult(ChangeOutcome.Skipped("gone")), default);
        await gate.TryApplyAsync(TestRun.Change(), _ => Task.FromException(new IOException("no")), default);

        Assert.That((await ApplyAsync(gate)).Kind, Is.EqualTo(ChangeOutcomeKind.Applied));
    }

    [Test]
    public async Task TryApplyAsync_ChangesInFlight_HoldTheirPlace()
    {
        var gate = TestRun.Gate(limit: 1);
        var first = new TaskCompletionSource();
        var running = gate.TryApplyAsync(TestRun.Change(), _ => first.Task, default);

        Assert.That(() => ApplyAsync(gate), Throws.TypeOf<ChangeLimitExceededException>().With.Message.Contains("has changed 1 and wants"));

        first.SetResult();
        Assert.That((await running).Kind, Is.EqualTo(ChangeOutcomeKind.Applied));
    }

    [Test]
    public void EnsureWithinLimit_PlanIsTooLarge_ThrowsBeforeTheFirstChange()
    {
        var gate = TestRun.Gate(limit: 10);

        Assert.That(() => gate.EnsureWithinLimit(11), Throws.TypeOf<ChangeLimitExceededException>());
        Assert.That(() => gate.EnsureWithinLimit(10), Throws.Nothing);
    }

    [Test]
    public async Task EnsureWithinLimit_AfterSomeChanges_CountsThem()
    {
        var gate = TestRun.Gate(limit: 3);
        await ApplyAsync(gate);

        Assert.That(() => gate.EnsureWithinLimit(2), Throws.Nothing);
        Assert.That(() => gate.EnsureWithinLimit(3), Throws.TypeOf<ChangeLimitExceededException>());
    }

    [Test]
    public void EnsureWithinLimit_DryRun_OnlyRemarksIt()
    {
        var gate = TestRun.Gate(dryRun: true, limit: 1);

        Assert.That(() => gate.EnsureWithinLimit(2), Throws.Nothing);
        Assert.That(gate.DescribeLimits(), Does.Contain("would stop"));
    }

    [Test]
    public async Task TryApplyAsync_DryRunAtTheLimitExactly_WouldNotStop()
    {
        var gate = TestRun.Gate(dryRun: true, limit: 2);
        await ApplyAsync(gate);
        await ApplyAsync(gate);
        Assert.That(gate.DescribeLimits(), Is.Empty);

        await ApplyAsync(gate);
        Assert.That(gate.DescribeLimits(), Does.Contain("would stop"));
        Assert.That(gate.Summarize().Proposed, Is.EqualTo(3));
    }

    [Test]
    public void TryApplyAsync_LimitOfZero_AllowsNothing() =>
        Assert.That(() => ApplyAsync(TestRun.Gate(limit: 0)), Throws.TypeOf<ChangeLimitExceededException>());

    private static Task<ChangeOutcome> ApplyAsync(ChangeGate gate) =>
        gate.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, default);
}

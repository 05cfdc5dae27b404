using Dispatcher.Changes;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Changes;

/// <summary>One call that makes the changes of several items, with an outcome for each.</summary>
public sealed class ChangeGateEachTests
{
    private readonly ItemErrors _errors = new();
    private readonly ChangeGate _gate;

    public ChangeGateEachTests() => _gate = TestRun.Gate(errors: _errors);

    [Test]
    public async Task ApplyEachAsync_Items_HaveAnOutcomeEach()
    {
        IReadOnlyList<int> given = [];

        var outcomes = await _gate.ApplyEachAsync(
            [1, 2, 3],
            static item => TestRun.Change($"item {item}"),
            (items, _) =>
            {
                given = items;
                return Task.FromResult<IReadOnlyList<ChangeOutcome>>(
                    [.. items.Select(static item => item == 2 ? ChangeOutcome.Failed("no") : ChangeOutcome.Applied)]);
            },
            default);

        Assert.That(given, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(outcomes, Is.EqualTo(new[] { ChangeOutcome.Applied, ChangeOutcome.Failed("no"), ChangeOutcome.Applied }));
        Assert.That(_errors.Snapshot(), Is.EqualTo(new[] { new ItemError("item 2", "test:Delete failed: no") }));
    }

    [Test]
    public void ApplyEachAsync_Exception_IsTheRunsAndNotTheItems()
    {
        var broken = new InvalidOperationException("broken");

        Assert.That(
            () => _gate.ApplyEachAsync(
                [1, 2],
                static item => TestRun.Change($"item {item}"),
                (_, _) => Task.FromException<IReadOnlyList<ChangeOutcome>>(broken),
                default),
            Throws.Exception.SameAs(broken));
        Assert.That((_errors.Count, _gate.Summarize().Failed), Is.EqualTo((0L, 2L)));
    }

    [Test]
    public async Task TryApplyEachAsync_Exception_IsTheErrorOfEachItem()
    {
        await _gate.TryApplyEachAsync(
            [1, 2],
            static item => TestRun.Change($"item {item}"),
            static (_, _) => Task.FromException<IReadOnlyList<ChangeOutcome>>(new InvalidOperationException("broken")),
            default);

        Assert.That((_errors.Count, _gate.Summarize().Failed), Is.EqualTo((2L, 2L)));
    }

    [Test]
    public void Each_ArgumentIsMissing_Throws([Values] bool isolates, [Values(0, 1, 2)] int missing)
    {
        int[] items = missing == 0 ? null! : [1];
        Func<int, Change> describe = missing == 1 ? null! : static _ => TestRun.Change();
        Func<IReadOnlyList<int>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply =
            missing == 2 ? null! : static (_, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>([ChangeOutcome.Applied]);

        Assert.That(
            () => isolates
                ? _gate.TryApplyEachAsync(items, describe, apply, default)
                : _gate.ApplyEachAsync(items, describe, apply, default),
            Throws.ArgumentNullException);
    }

    [Test]
    public void Limits_GateOfALimitedRun_AreThoseInForce() =>
        Assert.That(TestRun.Gate(limit: 7).Limits, Is.EqualTo(new ChangeLimits { MaxChanges = 7 }));
}

using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>The index of a plan finds a change by what it does, and its copy by the evidence.</summary>
public sealed class PlanIndexTests
{
    [Test]
    public async Task FindUnseen_MoreThanAsked_CountsAllAndReturnsTheFirstOfTheFile()
    {
        using var plan = await PlanSample.CreateAsync(
            [.. Enumerable.Range(0, 30).Select(static index => PlanSample.Delete($"{index:00}")), PlanSample.Delete("07")]);
        var index = PlanIndex.Create(plan);
        Assert.That(index.TryTake(PlanSample.Delete("01"), out _), Is.True);

        var (count, positions) = index.FindUnseen(4);

        Assert.That(count, Is.EqualTo(30));
        Assert.That(positions.Select(position => plan.ReadAt(position).Target), Is.EqualTo(new[] { "00", "02", "03", "04" }));
    }

    [Test]
    public async Task TryTake_EqualChanges_AreTakenAsOftenAsThePlanHoldsThem()
    {
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a"), PlanSample.Delete("b"), PlanSample.Delete("a"));
        var index = PlanIndex.Create(plan);

        var first = index.TryTake(PlanSample.Delete("a"), out var entry);
        var second = index.TryTake(PlanSample.Delete("a"), out _);
        var third = index.TryTake(PlanSample.Delete("a"), out var none);
        var free = index.Free;
        index.Release(entry);
        var again = index.TryTake(PlanSample.Delete("a"), out _);

        Assert.That((first, second, third, again), Is.EqualTo((true, true, false, true)));
        Assert.That((none, free, index.Free), Is.EqualTo((-1, 1L, 1L)));
    }

    [Test]
    public async Task TryTake_OtherEvidence_FindsTheEntryAndMarksItAsSeen()
    {
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a"), PlanSample.Delete("b"));
        var index = PlanIndex.Create(plan);

        var taken = index.TryTake(PlanSample.Delete("b", "version=2"), out var entry);

        Assert.That(taken, Is.False);
        Assert.That(plan.ReadAt(index.PositionOf(entry)), Is.EqualTo(PlanSample.Delete("b")));
        Assert.That(index.FindUnseen(10).Count, Is.EqualTo(1), "only a");
        Assert.That(index.Free, Is.EqualTo(2), "nothing was taken");
    }

    [Test]
    public async Task TryTake_OtherEvidenceOfATakenChange_FindsTheNextOneOfTheSameTarget()
    {
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a", "1"), PlanSample.Delete("a", "2"), PlanSample.Delete("b"));
        var index = PlanIndex.Create(plan);
        index.TryTake(PlanSample.Delete("a", "1"), out var first);

        index.TryTake(PlanSample.Delete("a", "3"), out var other);
        index.TryTake(PlanSample.Delete("a", "2"), out var second);
        index.TryTake(PlanSample.Delete("a", "3"), out var none);

        Assert.That(other, Is.EqualTo(second).And.Not.EqualTo(first));
        Assert.That(none, Is.EqualTo(-1));
    }

    [Test]
    public async Task TryTake_ReasonEqualsTheEvidence_IsAnotherChange()
    {
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a", "old"));
        var index = PlanIndex.Create(plan);

        Assert.That(index.TryTake(PlanSample.Delete("a", evidence: null), out _), Is.False);
    }

    [TestCase("test:Delete", 3_000, 'x')]
    [TestCase("test:Delete", 682, '€')]
    [TestCase("€", 1, '€')]
    [TestCase("", 0, '€')]
    public async Task TryTake_AnyLengthAndScript_IsFound(string action, int length, char letter)
    {
        var change = new Change(action, new string(letter, length)) { Reason = "old" };
        using var plan = await PlanSample.CreateAsync(PlanSample.Delete("a"), change);
        var index = PlanIndex.Create(plan);

        Assert.That(index.TryTake(change with { Target = change.Target + "!" }, out var none), Is.False);
        Assert.That(none, Is.EqualTo(-1));
        Assert.That(index.TryTake(change, out _), Is.True);
    }

    [Test]
    public async Task TryTake_SameLettersSplitOtherwise_IsAnotherChange()
    {
        using var plan = await PlanSample.CreateAsync(new Change("ab", "c"));

        Assert.That(PlanIndex.Create(plan).TryTake(new Change("a", "bc"), out _), Is.False);
    }
}

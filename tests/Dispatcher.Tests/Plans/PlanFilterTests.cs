using Dispatcher.Plans;

namespace Dispatcher.Tests.Plans;

/// <summary>The filter makes what is in the plan, and gives back what was not made.</summary>
public sealed class PlanFilterTests
{
    private static readonly PlanReport Report = new("memory:plan", "sha256:0", 1);

    private readonly List<string> _made = [];
    private readonly List<string> _recorded = [];
    private int _recordings;
    private PlanFile _plan = null!;
    private PlanFilter _filter = null!;

    [TearDown]
    public void Dispose() => _plan.Dispose();

    [Test]
    public async Task BeginAttempt_DifferencesWereFound_ForgetsThem()
    {
        await PlanAsync(PlanSample.Delete("a"));
        await RunAsync([PlanSample.Delete("a", "version=2"), PlanSample.Delete("new")]);
        var before = _filter.Summarize(Report, isComplete: true);

        _filter.BeginAttempt();
        var (report, differences) = _filter.Summarize(Report, isComplete: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Differences, Is.EqualTo(new PlanDifferences(1, 1, 0)));
            Assert.That(before.Report.Changed, Has.Count.EqualTo(1));
            Assert.That(before.Report.NotInPlan, Has.Count.EqualTo(1));
            Assert.That(differences, Is.EqualTo(new PlanDifferences(0, 0, 0)));
            Assert.That(report, Is.EqualTo(Report), "no items");
        }
    }

    [Test]
    public async Task Summarize_ManyDifferences_CountsAllAndNamesTheFirst()
    {
        await PlanAsync([.. Enumerable.Range(0, 25).Select(static index => PlanSample.Delete($"missing {index:00}"))]);
        await RunAsync([.. Enumerable.Range(0, 25).Select(static index => PlanSample.Delete($"new {index:00}"))]);

        var (report, differences) = _filter.Summarize(Report, isComplete: true);
        var (unfinished, _) = _filter.Summarize(Report, isComplete: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(differences, Is.EqualTo(new PlanDifferences(0, 25, 25)));
            Assert.That(report.NotInPlan!.Select(static item => item.Target), Is.EqualTo(Names("new")));
            Assert.That(report.Missing!.Select(static item => item.Target), Is.EqualTo(Names("missing")));
            Assert.That(unfinished.Missing, Is.Null, "the job may still propose them");
        }
    }

    [Test]
    public async Task Run_TogetherAndOneIsNew_MakesNoneAndGivesThePlannedOneBack()
    {
        await PlanAsync(PlanSample.Delete("a"));
        var outcomes = await RunAsync([PlanSample.Delete("a"), PlanSample.Delete("new")], together: true);
        var free = _filter.AtMost(10);

        var alone = await RunAsync([PlanSample.Delete("a")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes.Select(static outcome => outcome.Detail), Is.EqualTo(new[]
            {
                "a change that is made together with it has changed since the plan, or is not in the plan", "not in the plan",
            }));
            Assert.That(_recorded, Is.EqualTo(new[] { "a" }), "what is not in the plan is in no trail");
            Assert.That(free, Is.EqualTo(1));
            Assert.That(alone.Single(), Is.EqualTo(ChangeOutcome.Applied));
            Assert.That(_made, Is.EqualTo(new[] { "a" }));
        }
    }

    [Test]
    public async Task Run_UndoTogetherWithANewOne_MakesNone()
    {
        await PlanAsync(PlanSample.Delete("a"));
        var undo = PlanSample.Delete("undo") with { Undoes = PlanSample.Delete("a") };

        var outcomes = await RunAsync([undo, PlanSample.Delete("new")], together: true);

        Assert.That(outcomes.Select(static outcome => outcome.IsOutsidePlan), Is.All.True);
        Assert.That(_made, Is.Empty);
        Assert.That(_filter.AtMost(10), Is.EqualTo(1));
    }

    [Test]
    public async Task Run_TogetherAndAllArePlanned_MakesAll()
    {
        await PlanAsync(PlanSample.Delete("a"), PlanSample.Delete("b"));

        await RunAsync([PlanSample.Delete("b"), PlanSample.Delete("a")], together: true);

        Assert.That(_made, Is.EqualTo(new[] { "b", "a" }));
        Assert.That(_recordings, Is.Zero, "nothing was refused");
        Assert.That(_filter.AtMost(10), Is.Zero);
    }

    [Test]
    public async Task Run_SomeFail_GivesThoseBackAndKeepsTheOrderOfTheOutcomes()
    {
        await PlanAsync(PlanSample.Delete("a"), PlanSample.Delete("b"), PlanSample.Delete("c"));

        var outcomes = await RunAsync(
            [PlanSample.Delete("a"), PlanSample.Delete("new"), PlanSample.Delete("b"), PlanSample.Delete("c")],
            outcomeOf: static change => change.Target == "b" ? ChangeOutcome.Failed("no") : ChangeOutcome.Applied);
        var second = await RunAsync([PlanSample.Delete("a"), PlanSample.Delete("b")]);

        Assert.That(
            outcomes.Concat(second).Select(static outcome => outcome.Detail ?? $"{outcome.Kind}"),
            Is.EqualTo(new[] { "Applied", "not in the plan", "no", "Applied", "not in the plan", "Applied" }));
    }

    [Test]
    public async Task Run_MakingThrows_GivesAllBack()
    {
        await PlanAsync(PlanSample.Delete("a"), PlanSample.Delete("b"));
        Change[] changes = [PlanSample.Delete("a"), PlanSample.Delete("b")];

        Assert.That(
            () => _filter.RunAsync(changes, together: false, static _ => throw new TimeoutException("lost"), Record),
            Throws.TypeOf<TimeoutException>());

        Assert.That(_filter.AtMost(10), Is.EqualTo(2));
    }

    [TestCase("version=1", "old", "version=2", "new", "was version=1, is version=2")]
    [TestCase(null, "old", null, "new", "was old, is new")]
    [TestCase("version=1", "old", null, null, "was version=1, is nothing")]
    public async Task Run_EvidenceHasChanged_SaysWhatItWasAndIs(
        string? evidence, string? reason, string? nowEvidence, string? nowReason, string expected)
    {
        var planned = PlanSample.Delete("a") with { Evidence = evidence, Reason = reason };
        await PlanAsync(planned);

        var outcomes = await RunAsync([planned with { Evidence = nowEvidence, Reason = nowReason }]);

        Assert.That(outcomes.Single().Detail, Is.EqualTo($"changed since the plan: {expected}"));
        Assert.That(outcomes.Single().IsOutsidePlan, Is.True);
    }

    [Test]
    public async Task AtMost_PlanHoldsLess_ReturnsWhatIsLeftOfIt()
    {
        await PlanAsync(PlanSample.Delete("a"), PlanSample.Delete("b"));

        Assert.That((_filter.AtMost(1), _filter.AtMost(3), _filter.Bytes), Is.EqualTo((1L, 2L, 6L)));
    }

    private static IEnumerable<string> Names(string prefix) =>
        Enumerable.Range(0, PlanReport.MaxItems).Select(index => $"{prefix} {index:00}");

    private async Task PlanAsync(params Change[] changes)
    {
        _plan = await PlanSample.CreateAsync(changes);
        _filter = new PlanFilter(_plan, PlanIndex.Create(_plan));
    }

    private Task<IReadOnlyList<ChangeOutcome>> RunAsync(
        IReadOnlyList<Change> changes, bool together = false, Func<Change, ChangeOutcome>? outcomeOf = null) =>
        _filter.RunAsync(
            changes,
            together,
            admitted =>
            {
                _made.AddRange(admitted.Select(static change => change.Target));
                return Task.FromResult<IReadOnlyList<ChangeOutcome>>(
                    [.. admitted.Select(outcomeOf ?? (static _ => ChangeOutcome.Applied))]);
            },
            Record);

    private void Record(IReadOnlyList<Change> changes, IReadOnlyList<ChangeOutcome> outcomes)
    {
        _recordings++;
        _recorded.AddRange(changes.Select(static change => change.Target));
    }
}

using Dispatcher.Hosting;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Plans;

/// <summary>The gate of a run that applies a plan makes the changes that are in both.</summary>
public sealed class PlanGateTests
{
    [Test]
    public async Task ApplyAll_OneChangeIsNotInThePlan_MakesNone()
    {
        var (planned, outcome, made) = await RunAllAsync(["a", "b"], ["a", "b", "c"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made, Is.False);
            Assert.That(outcome, Has.Property("IsOutsidePlan").True);
            Assert.That(planned.Count("planChanged"), Is.EqualTo(2));
            Assert.That(planned.Count("notInPlan"), Is.EqualTo(1));
            Assert.That(planned.Count("planMissing"), Is.Zero);
        }
    }

    [Test]
    public async Task ApplyAll_AllAreInThePlan_MakesAll()
    {
        var (record, outcome, made) = await RunAllAsync(["a", "b", "c"], ["c", "a"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made, Is.True);
            Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Applied));
            Assert.That(record.Count("planMissing"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task TryApplyEach_SameChangeMoreOftenThanInThePlan_MakesItAsOftenAsPlanned()
    {
        var made = 0;
        var copies = 3;
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            var change = PlannedWorld.Describe("task", 1);
            await context.Changes.TryApplyEachAsync(
                [.. Enumerable.Repeat(change, copies)],
                (changes, _) =>
                {
                    made = changes.Count;
                    return Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. changes.Select(static _ => ChangeOutcome.Applied)]);
                },
                token);
            return JobResult.Succeeded("Done.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        copies = 5;

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(made, Is.EqualTo(3));
        Assert.That(record.Count("notInPlan"), Is.EqualTo(2));
    }

    [Test]
    public async Task TryApplyEach_JobIgnoresTheChangesItIsGiven_EndsTheRun()
    {
        string[] items = ["a"];
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            await context.Changes.TryApplyEachAsync(
                [.. items.Select(static item => PlannedWorld.Describe(item, 1))],
                (_, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. items.Select(static _ => ChangeOutcome.Applied)]),
                token);
            return JobResult.Succeeded("Done.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        items = ["a", "b"];

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain("returned 2 outcomes for 1 changes. Make only the changes that the function is given"));
    }

    [Test]
    public async Task Apply_ChangeThatTakesBackAnother_IsMadeWithoutThePlan()
    {
        var undoes = false;
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            var claim = PlannedWorld.Describe("claim", 1);
            await context.Changes.ApplyAsync(claim, static _ => Task.CompletedTask, token);
            var outcome = undoes
                ? await context.Changes.ApplyAsync(
                    PlannedWorld.Describe("release", 1) with { Undoes = claim }, static _ => Task.CompletedTask, token)
                : default;
            return JobResult.Succeeded($"{outcome.Kind}.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        undoes = true;

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record.Summary, Is.EqualTo("Applied."));
        Assert.That(record.Changes.Applied, Is.EqualTo(2));
    }

    [Test]
    public async Task Apply_NoEvidence_TheReasonDecides()
    {
        var reason = "old";
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            var outcome = await context.Changes.TryApplyAsync(
                new Change("test:Delete", "a") { Reason = reason }, static _ => Task.CompletedTask, token);
            return JobResult.Succeeded($"{outcome.Kind} {outcome.Detail}.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        reason = "renewed";

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record.Summary, Does.StartWith("Skipped changed since the plan: was old, is renewed."));
    }

    [Test]
    public async Task Apply_TransientFailure_TheNextAttemptMayMakeTheSameChange()
    {
        var attempts = 0;
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(
                    PlannedWorld.Describe("a", 1),
                    _ => !context.DryRun && ++attempts == 1 ? throw new TransientJobException("Once more.") : Task.CompletedTask,
                    token);
                return JobResult.Succeeded("Done.");
            },
            configuration: new() { ["Retry:BaseDelaySeconds"] = "0" });
        await harness.RunAsync(PlannedWorld.WritePayload);

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record, Has.Property("Status").EqualTo(JobStatus.Succeeded).And.Property("Attempts").EqualTo(2), record.Summary);
        Assert.That(record.Changes.Applied, Is.EqualTo(1));
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public async Task TryApplyEach_AnyPlanAndAnyProposals_MakesTheIntersectionCountWise(byte[] planned, byte[] proposed)
    {
        var items = planned;
        var made = new List<string>();
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            foreach (var batch in items.Chunk(4))
            {
                // A target in 8 and an evidence in 4, so that equal changes and changed evidence are frequent.
                await context.Changes.TryApplyEachAsync(
                    batch,
                    static item => PlannedWorld.Describe($"{item % 8}", item / 8 % 4),
                    (admitted, _) =>
                    {
                        made.AddRange(admitted.Select(static item => $"{item % 8} {item / 8 % 4}"));
                        return Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. admitted.Select(static _ => ChangeOutcome.Applied)]);
                    },
                    token);
            }

            return JobResult.Succeeded("Done.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        items = proposed;

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        var allowed = planned.CountBy(static item => $"{item % 8} {item / 8 % 4}").ToDictionary();
        var wanted = proposed.CountBy(static item => $"{item % 8} {item / 8 % 4}").ToDictionary();
        var expected = wanted.SelectMany(item => Enumerable.Repeat(item.Key, Math.Min(item.Value, allowed.GetValueOrDefault(item.Key))));
        Assert.That(made.Order(), Is.EqualTo(expected.Order()));
        Assert.That(
            record.Changes.Applied + record.Count("planChanged") + record.Count("notInPlan"), Is.EqualTo(proposed.Length));
    }

    [Test]
    public async Task EnsureWithinLimit_PlanHoldsLessThanTheJobWants_IsJudgedByThePlan()
    {
        await using var harness = TestRun.Harness(
            static async (context, token) =>
            {
                context.Changes.Examined(100);
                if (!context.DryRun)
                {
                    context.Changes.EnsureWithinLimit(changes: 50, bytes: 500, items: 50);
                }

                await context.Changes.ApplyAsync(PlannedWorld.Describe("a", 1), static _ => Task.CompletedTask, token);
                return JobResult.Succeeded("Done.");
            },
            static job => (job.MaxChanges, job.MaxBytes, job.MaxChangesPercent) = (1, 3, 1));
        await harness.RunAsync(PlannedWorld.WritePayload);

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(record, Has.Property("Status").EqualTo(JobStatus.Succeeded), record.Summary);
    }

    [Test]
    public async Task ApplyAll_RunHasEndedAndThePlanRefuses_IsNotInTheTrail()
    {
        IChangeGate? gate = null;
        var trail = new RecordingTrail();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                gate = context.Changes;
                if (context.DryRun)
                {
                    await context.Changes.ApplyAsync(PlannedWorld.Describe("a", 1), static _ => Task.CompletedTask, token);
                }

                return JobResult.Succeeded("Done.");
            },
            services: services => services.AddSingleton<IAuditSink>(trail));
        await harness.RunAsync(PlannedWorld.WritePayload);
        await harness.RunAsync(PlannedWorld.ApplyPayload);

        var outcome = await gate!.ApplyAllAsync(
            [PlannedWorld.Describe("a", 1), PlannedWorld.Describe("b", 1)], static _ => Task.CompletedTask, CancellationToken.None);

        Assert.That(outcome.Detail, Does.StartWith("a change that is made together with it has changed since the plan"));
        Assert.That(trail.Lines, Is.Empty);
    }

    private static async Task<(RunRecord Record, ChangeOutcome Outcome, bool Made)> RunAllAsync(string[] planned, string[] proposed)
    {
        var items = planned;
        var (outcome, made) = (default(ChangeOutcome), false);
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            outcome = await context.Changes.ApplyAllAsync(
                [.. items.Select(static item => PlannedWorld.Describe(item, 1))], _ => Task.FromResult(made = true), token);
            return JobResult.Succeeded("Done.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        items = proposed;
        return (await harness.RunAsync(PlannedWorld.ApplyPayload), outcome, made);
    }
}

using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Plans;

/// <summary>A plan is written by a dry run and applied by a real run.</summary>
public sealed class PlanTests
{
    private static readonly string[] Five = ["a", "b", "c", "d", "e"];

    [Test]
    public async Task Apply_UnchangedWorld_MakesExactlyTheChangesOfThePlan()
    {
        var world = new PlannedWorld(Five);
        await using var harness = world.CreateHarness();

        var planned = await harness.RunAsync(PlannedWorld.WritePayload);
        var untouched = world.Items.ToList();
        var applied = await harness.RunAsync(PlannedWorld.ApplyPayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(planned.Status, Is.EqualTo(JobStatus.Planned), planned.Summary);
            Assert.That(planned.Plan, Has.Property("Location").EqualTo(PlannedWorld.Location).And.Property("Changes").EqualTo(5));
            Assert.That(planned.Summary, Is.EqualTo("Done. The plan of 5 changes is memory:plan."));
            Assert.That(untouched, Is.EqualTo(Five));
            Assert.That(applied.Status, Is.EqualTo(JobStatus.Succeeded), applied.Summary);
            Assert.That(applied.Changes, Has.Property("Proposed").EqualTo(5).And.Property("Applied").EqualTo(5));
            Assert.That(applied.Summary, Is.EqualTo("Done."));
            Assert.That(applied.Plan!.Digest, Is.EqualTo(planned.Plan!.Digest));
            Assert.That(applied.Counts, Is.EqualTo(new Dictionary<string, long>
            {
                ["deleted"] = 5, ["notInPlan"] = 0, ["planChanged"] = 0, ["planMissing"] = 0,
            }));
            Assert.That(world.Items, Is.Empty);
        }
    }

    [Test]
    public async Task Apply_WorldChangedMeanwhile_LeavesAndNamesEveryDifference()
    {
        var world = new PlannedWorld(Five);
        await using var harness = world.CreateHarness();
        await harness.RunAsync(PlannedWorld.WritePayload);
        world.Write("b");
        world.Write("new");
        world.Remove("d");

        var applied = await harness.RunAsync(PlannedWorld.ApplyPayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Items, Is.EqualTo(new[] { "b", "new" }));
            Assert.That(applied.Status, Is.EqualTo(JobStatus.Succeeded));
            Assert.That(applied.Errors, Is.Empty);
            Assert.That(applied.Changes, Has.Property("Proposed").EqualTo(4).And.Property("Applied").EqualTo(3));
            Assert.That(applied.Count("planChanged"), Is.EqualTo(1));
            Assert.That(applied.Count("notInPlan"), Is.EqualTo(1));
            Assert.That(applied.Count("planMissing"), Is.EqualTo(1));
            Assert.That(applied.Plan!.Changed, Is.EqualTo(new[]
            {
                new ChangeItem("test:Delete", "b", "changed since the plan: was version=1, is version=2"),
            }));
            Assert.That(applied.Plan.NotInPlan, Is.EqualTo(new[] { new ChangeItem("test:Delete", "new", "old") }));
            Assert.That(applied.Plan.Missing, Is.EqualTo(new[] { new ChangeItem("test:Delete", "d", "old") }));
            Assert.That(applied.Summary, Is.EqualTo(
                "Done. 1 planned change skipped: changed since the plan. 1 change not made: not in the plan. "
                + "1 planned change not proposed: not due any more."));
            Assert.That(harness.Logs.Lines, Has.Some.Contains("was not applied as a whole"));
        }
    }

    [Test]
    public async Task Apply_ChangedEvidence_IsInTheTrailAsSkippedOnly()
    {
        var world = new PlannedWorld("a", "b");
        var trail = new RecordingTrail();
        await using var harness = world.CreateHarness(services: services => services.AddSingleton<IAuditSink>(trail));
        await harness.RunAsync(PlannedWorld.WritePayload);
        world.Write("a");

        await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(trail.Lines, Is.EqualTo(new[]
        {
            "1 a Skipped changed since the plan: was version=1, is version=2", "2 b Intended ", "2 b Applied ",
        }));
    }

    [Test]
    public async Task Apply_ItemFailsOnce_TheNextAttemptMayMakeIt()
    {
        var world = new PlannedWorld(Five);
        await using var harness = world.CreateHarness(configuration: new() { ["Retry:BaseDelaySeconds"] = "0" });
        await harness.RunAsync(PlannedWorld.WritePayload);
        world.Instead = static _ => ChangeOutcome.Failed("no");
        var failed = await harness.RunAsync(PlannedWorld.ApplyPayload);
        world.Instead = null;

        var applied = await harness.RunAsync(PlannedWorld.ApplyPayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failed, Has.Property("Status").EqualTo(JobStatus.Partial).And.Property("ItemErrorCount").EqualTo(5));
            Assert.That(applied, Has.Property("Status").EqualTo(JobStatus.Succeeded));
            Assert.That(world.Items, Is.Empty);
        }
    }

    [Test]
    public async Task Apply_LimitBelowWhatIsProposed_CountsOnlyWhatThePlanAllows()
    {
        var world = new PlannedWorld("a");
        await using var harness = world.CreateHarness(job: static options => options.MaxChanges = 2);
        await harness.RunAsync(PlannedWorld.WritePayload);
        Five.ToList().ForEach(item => world.Write($"new {item}"));

        var applied = await harness.RunAsync(PlannedWorld.ApplyPayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(applied.Status, Is.EqualTo(JobStatus.Succeeded), applied.Summary);
            Assert.That(applied.Changes.Applied, Is.EqualTo(1));
            Assert.That(applied.Count("notInPlan"), Is.EqualTo(5));
        }
    }

    [Test]
    public async Task Apply_DryRunIsForced_PlansWhatThePlanAllows()
    {
        var world = new PlannedWorld(Five);
        await using (var writer = world.CreateHarness())
        {
            await writer.RunAsync(PlannedWorld.WritePayload);
            world.Write("new");
            await using var harness = world.CreateHarness(configuration: new() { ["DRY_RUN"] = "true" });
            harness.Plans.Write(PlannedWorld.Location, writer.Plans.Read(PlannedWorld.Location));

            var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

            Assert.That(record, Has.Property("Status").EqualTo(JobStatus.Planned).And.Property("DryRun").True, record.Summary);
            Assert.That(record.Changes.Proposed, Is.EqualTo(5));
            Assert.That(world.Items.Count(), Is.EqualTo(6));
        }
    }

    [Test]
    public async Task Write_AttemptIsRepeated_HoldsEachChangeOnce()
    {
        var attempts = 0;
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(PlannedWorld.Describe($"item {++attempts}", 1), static _ => Task.CompletedTask, token);
                return attempts == 1 ? throw new TransientJobException("Once more.") : JobResult.Succeeded("Done.");
            },
            configuration: new() { ["Retry:BaseDelaySeconds"] = "0" });

        var record = await harness.RunAsync(PlannedWorld.WritePayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Planned), record.Summary);
            Assert.That(await ReadAsync(harness), Is.EqualTo(new[] { "item 2" }));
        }
    }

    [Test]
    public async Task Write_RunFails_PublishesNothing()
    {
        await using var harness = TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Failed("No.")));

        var record = await harness.RunAsync(PlannedWorld.WritePayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(record.Summary, Is.EqualTo("No. No plan was written."));
            Assert.That(record.Plan, Is.Null);
            Assert.That(harness.Plans.Locations, Is.Empty);
        }
    }

    [Test]
    public async Task Write_ItemErrorsAndDeadline_AreInThePlan()
    {
        await using var harness = TestRun.Harness(static (context, _) =>
        {
            context.Errors.Add("item", "unreadable");
            return Task.FromResult(JobResult.Continued("Stopped."));
        });

        await harness.RunAsync(PlannedWorld.WritePayload);

        using var plan = await OpenAsync(harness);
        Assert.That(plan.Totals, Has.Property("ItemErrors").EqualTo(1).And.Property("Complete").False);
    }

    [Test]
    public async Task Write_LocationIsTaken_FailsAndKeepsTheFirstPlan()
    {
        var world = new PlannedWorld("a");
        await using var harness = world.CreateHarness();
        await harness.RunAsync(PlannedWorld.WritePayload);
        world.Write("b");

        var second = await harness.RunAsync(PlannedWorld.WritePayload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Status, Is.EqualTo(JobStatus.Failed));
            Assert.That(
                second.Summary, Does.Contain("could not be written: 'memory:plan' is there already, and a plan is never replaced."));
            Assert.That(await ReadAsync(harness), Is.EqualTo(new[] { "a" }));
        }
    }

    [Test]
    public async Task Write_LocationEndsWithASlash_IsNamedByTheRunAndCompressed()
    {
        await using var harness = new PlannedWorld(Five).CreateHarness();

        var record = await harness.RunAsync("""{"job":"test-job","dryRun":true,"plan":"memory:plans/"}""");
        var location = $"memory:plans/{record.RunId}.jsonl.gz";
        var applied = await harness.RunAsync($$"""{"job":"test-job","plan":"{{location}}"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Plan!.Location, Is.EqualTo(location));
            Assert.That(harness.Plans.Read(location), Does.StartWith("\u001f"));
            Assert.That(applied.Changes.Applied, Is.EqualTo(5), applied.Summary);
        }
    }

    internal static async Task<PlanFile> OpenAsync(JobHarness harness, string location = PlannedWorld.Location) =>
        await PlanFile.ReadAsync(location, await harness.Plans.OpenAsync(location));

    private static async Task<IReadOnlyList<string>> ReadAsync(JobHarness harness)
    {
        using var plan = await OpenAsync(harness);
        return [.. plan.ReadChanges().Select(static planned => planned.Change.Target)];
    }
}

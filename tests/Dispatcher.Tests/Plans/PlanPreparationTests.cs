using System.Text.Json.Serialization;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Tests.Plans;

/// <summary>What goes into a plan, and what must not.</summary>
public sealed partial class PlanPreparationTests
{
    [TestCase(
        """{"token":"abc"}""", "token", "Remove it, and let the configuration provide it, for example as a part of a named endpoint.")]
    [TestCase("""{"key":"abc"}""", "key", "Set it by the environment variable CALL_KEY instead.")]
    public async Task Write_SensitiveParameter_IsRefused(string parameters, string name, string remedy)
    {
        await using var harness = Create();

        Assert.That(
            () => harness.RunAsync(Payload(parameters)),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo(
                $"Parameter '{name}' may hold a secret, and a plan holds the parameters of its run. {remedy}"));
        Assert.That(harness.Plans.Locations, Is.Empty);
    }

    [TestCase("""{"days":3}""")]
    [TestCase("{}")]
    [TestCase("null")]
    public async Task Write_Parameters_AreThoseOfTheAppliedRun(string parameters)
    {
        await using var harness = Create();

        var written = await harness.RunAsync(Payload(parameters));
        var applied = await harness.RunAsync("""{"job":"call","plan":"memory:plan"}""");

        using var plan = await PlanTests.OpenAsync(harness);
        Assert.That(plan.Header.Parameters?.GetRawText() ?? "null", Is.EqualTo(parameters));
        Assert.That((written.Status, applied.Summary), Is.EqualTo((JobStatus.Planned, parameters.Contains('3') ? "3 days." : "7 days.")));
    }

    [Test]
    public async Task Write_NoParameters_ThePlanHasNone()
    {
        await using var harness = Create();

        await harness.RunAsync("""{"job":"call","dryRun":true,"plan":"memory:plan"}""");

        using var plan = await PlanTests.OpenAsync(harness);
        Assert.That(plan.Header.Parameters, Is.Null);
    }

    [Test]
    public async Task Write_StoreFails_IsRefusedWithItsError()
    {
        await using var harness = Create(Store(static _ => new IOException("broken")));

        Assert.That(
            () => harness.RunAsync("""{"job":"call","dryRun":true,"plan":"other:plan"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo(
                "The plan 'other:plan' cannot be used: IOException: broken"));
    }

    [Test]
    public async Task Write_StoreDoesNotAllowTheFolder_IsRefusedWithItsWords()
    {
        await using var harness = Create(Store(static location => new PermanentJobException($"Not in {location}.")));

        Assert.That(
            () => harness.RunAsync("""{"job":"call","dryRun":true,"plan":"other:plan"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo("Not in other:plan."));
    }

    [Test]
    public async Task Apply_StoreDoesNotAllowTheLocation_IsNotRead()
    {
        var store = Store(static location => new PermanentJobException($"Not {location}."));
        await using var harness = Create(store);

        Assert.That(
            () => harness.RunAsync("""{"job":"call","plan":"other:plan"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo("Not other:plan."));
        store.Verify(static all => all.OpenAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Apply_ParametersOfThePlanAreNotThoseOfTheJob_IsRefused()
    {
        await using var harness = Create();
        await harness.RunAsync(Payload("""{"days":3}"""));
        var lines = PlanForgery.Open(harness.Plans.Read(PlannedWorld.Location));
        lines[0] = lines[0].Replace("\"days\":3", "\"days\":\"x\"", StringComparison.Ordinal);
        harness.Plans.Write(PlannedWorld.Location, PlanForgery.Seal(lines));

        Assert.That(
            () => harness.RunAsync("""{"job":"call","plan":"memory:plan"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith("Parameter 'days' must be "));
    }

    [Test]
    public async Task Write_StoreAllowsTheFolderAndNotTheFile_IsRefused()
    {
        await using var harness = Create(Store(
            static location => location.EndsWith('/') ? null : new PermanentJobException("Not that name.")));

        Assert.That(
            () => harness.RunAsync("""{"job":"call","dryRun":true,"plan":"other:plans/"}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo("Not that name."));
    }

    [Test]
    public async Task Write_CallerGivesUp_IsNotAProblemOfThePlan()
    {
        using var stop = new CancellationTokenSource();
        await using var harness = Create(Store(_ =>
        {
            stop.Cancel();
            return new OperationCanceledException(stop.Token);
        }));

        Assert.That(
            () => harness.RunAsync("""{"job":"call","dryRun":true,"plan":"other:plan"}""", cancellationToken: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(true, false, false, "test:Delete b: changed since the plan: was version=1, is version=2")]
    [TestCase(false, true, false, "test:Delete new: old")]
    [TestCase(false, false, true, "test:Delete a: old")]
    [TestCase(true, true, true, "test:Delete b: changed since the plan: was version=1, is version=2")]
    [TestCase(false, true, true, "test:Delete new: old")]
    public async Task Apply_Differences_LogsTheFirst(bool changes, bool adds, bool removes, string first)
    {
        var world = new PlannedWorld("a", "b");
        await using var harness = world.CreateHarness();
        await harness.RunAsync(PlannedWorld.WritePayload);
        if (changes)
        {
            world.Write("b");
        }

        if (adds)
        {
            world.Write("new");
        }

        if (removes)
        {
            world.Remove("a");
        }

        await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(harness.Logs.Lines, Has.One.Contains("was not applied as a whole").And.One.Contains(first));
    }

    [TestCase(0, "1 planned change not proposed: not due any more.")]
    [TestCase(1, "1 planned change not proposed: made by an earlier run, or not due any more.")]
    public async Task Apply_Continuation_MayMissWhatAnEarlierRunMade(int continuation, string note)
    {
        var world = new PlannedWorld("a", "b");
        await using var harness = world.CreateHarness();
        await harness.RunAsync(PlannedWorld.WritePayload);
        world.Remove("a");

        var record = await harness.RunAsync(continuation == 0
            ? PlannedWorld.ApplyPayload
            : $$"""{"job":"test-job","plan":"memory:plan","continuation":{{continuation}}}""");

        Assert.That(record.Summary, Is.EqualTo($"Done. {note}"));
    }

    [Test]
    public async Task Apply_AttemptIsRepeated_ReportsTheDifferencesOfTheLast()
    {
        string[] items = ["a"];
        await using var harness = Tests.TestRuns.TestRun.Harness(
            async (context, token) =>
            {
                foreach (var item in items)
                {
                    await context.Changes.ApplyAsync(PlannedWorld.Describe(item, 1), static _ => Task.CompletedTask, token);
                }

                if (context is { DryRun: false, Attempt: 1 })
                {
                    items = ["a"];
                    throw new TransientJobException("Once more.");
                }

                return JobResult.Succeeded("Done.");
            },
            configuration: new() { ["Retry:BaseDelaySeconds"] = "0" });
        await harness.RunAsync(PlannedWorld.WritePayload);
        items = ["new"];

        var record = await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That((record.Attempts, record.Count("notInPlan"), record.Summary), Is.EqualTo((2, 0L, "Done.")));
        Assert.That(record.Plan!.NotInPlan, Is.Null);
    }

    [Test]
    public async Task ApplyEach_OneIsNotInThePlan_MakesTheOthers()
    {
        string[] items = ["a", "b"];
        IReadOnlyList<Change> made = [];
        await using var harness = Tests.TestRuns.TestRun.Harness(async (context, token) =>
        {
            await context.Changes.ApplyEachAsync(
                [.. items.Select(static item => PlannedWorld.Describe(item, 1))],
                (changes, _) =>
                {
                    made = changes;
                    return Task.FromResult<IReadOnlyList<ChangeOutcome>>([.. changes.Select(static _ => ChangeOutcome.Applied)]);
                },
                token);
            return JobResult.Succeeded("Done.");
        });
        await harness.RunAsync(PlannedWorld.WritePayload);
        items = ["a", "new"];

        await harness.RunAsync(PlannedWorld.ApplyPayload);

        Assert.That(made.Select(static change => change.Target), Is.EqualTo(new[] { "a" }));
    }

    private static string Payload(string parameters) =>
        $$"""{"job":"call","dryRun":true,"plan":"memory:plan","parameters":{{parameters}}}""";

    private static Mock<IPlanStore> Store(Func<string, Exception?> refuse)
    {
        var store = new Mock<IPlanStore>();
        store.Setup(static all => all.Handles(It.IsAny<string>()))
            .Returns(static (string location) => location.StartsWith("other:", StringComparison.Ordinal));
        store.Setup(static all => all.EnsureAllowed(It.IsAny<string>())).Callback((string location) =>
        {
            if (refuse(location) is { } refusal)
            {
                throw refusal;
            }
        });
        return store;
    }

    private static JobHarness Create(Mock<IPlanStore>? store = null) => new(builder =>
    {
        builder.AddJob<CallJob, CallParameters>("call", PlanPreparationJsonContext.Default.CallParameters);
        if (store is not null)
        {
            builder.Services.AddSingleton(store.Object);
        }
    });

    internal sealed record CallParameters
    {
        public int Days { get; set; } = 7;

        [Sensitive]
        public string? Token { get; set; }

        [Sensitive]
        [FromConfiguration("CALL_KEY")]
        public string? Key { get; set; }
    }

    internal sealed class CallJob : MaintenanceJob<CallParameters>
    {
        protected override Task<JobResult> RunAsync(CallParameters parameters, JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded($"{parameters.Days} days."));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PlanPreparationTests.CallParameters))]
internal sealed partial class PlanPreparationJsonContext : JsonSerializerContext;

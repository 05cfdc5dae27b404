using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>
/// The contract that every job keeps, as checks for any test framework: a method returns if the job keeps the promise, and throws a
/// <see cref="JobContractException"/> if it breaks it. Call each from its own test.
/// </summary>
/// <param name="harness">
/// Creates a dispatcher with the job, over a new world in its initial state.
/// Retry without a pause: <c>["Retry:BaseDelaySeconds"] = "0"</c> in its configuration.
/// </param>
/// <param name="payload">A payload that gives the job changes to make, without <c>dryRun</c>.</param>
public sealed class JobContract(Func<JobHarness> harness, string payload)
{
    // A second, and what a busy machine adds to it.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    /// <summary>Checks that a dry run changes nothing and proposes exactly what the real run then applies.</summary>
    /// <param name="snapshot">Takes the state of the outside world, comparable as text.</param>
    /// <returns>A task that ends when both runs are over.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task DryRunProposesWhatTheRealRunAppliesAsync(Func<Task<string>> snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);

        await using var dispatcher = harness();
        var before = await snapshot();
        var plan = await dispatcher.RunAsync(ContractPayload.With(payload, "dryRun", true));
        var after = await snapshot();
        Require(plan.Status == JobStatus.Planned, $"a dry run ends as planned, but it ended as {plan.Status}: {plan.Summary}");
        Require(before == after, $"a dry run changes nothing, but it "
            + $"changed{Environment.NewLine}{before}{Environment.NewLine}to{Environment.NewLine}{after}");

        var real = await dispatcher.RunAsync(payload);
        Require(real.Status is JobStatus.Succeeded, $"the real run succeeds, but it ended as {real.Status}: {real.Summary}");
        Require(real.Changes.Applied > 0, "the payload gives the job changes to make, but there were none. "
            + "Prepare the world so that there are.");
        Require(
            plan.Changes.Proposed == real.Changes.Applied,
            $"a dry run proposes what the real run applies, "
                + $"but it proposed {plan.Changes.Proposed} changes and {real.Changes.Applied} were applied.");
        Require(Targets(plan).SetEquals(Targets(real)), $"the plan names what the real run changes, "
            + $"but they differ in {Difference(plan, real)}.");
        Require(
            plan.Counts.OrderBy(count =>
                count.Key, StringComparer.Ordinal).SequenceEqual(real.Counts.OrderBy(count => count.Key, StringComparer.Ordinal)),
            $"a dry run counts like the real run, but it counted {Words(plan)} and the real run {Words(real)}. Let the gate count: "
                + "Change.Counter.");
    }

    /// <summary>
    /// Checks that a run stops at <c>maxChanges</c>: with 0 it changes nothing, and with one change too few it makes no more than allowed.
    /// Both fail and name the limit.
    /// </summary>
    /// <param name="snapshot">Takes the state of the outside world, comparable as text.</param>
    /// <returns>A task that ends when the runs are over.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task LimitStopsTheRunAsync(Func<Task<string>> snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);

        await using var dispatcher = harness();
        var before = await snapshot();
        var plan = await dispatcher.RunAsync(ContractPayload.With(payload, "dryRun", true));
        Require(plan.Changes.Proposed > 0, "the payload gives the job changes to make, but none was planned. "
            + "Prepare the world so that there are.");
        await RunToLimitAsync(dispatcher, 0);
        var after = await snapshot();
        Require(before == after, $"with maxChanges=0 a run changes nothing, but it "
            + $"changed{Environment.NewLine}{before}{Environment.NewLine}to{Environment.NewLine}{after}");
        await RunToLimitAsync(dispatcher, plan.Changes.Proposed - 1);
    }

    /// <summary>
    /// Checks that a plan which is applied to an unchanged world makes exactly the changes that it holds. It does not, if the evidence of a
    /// change holds the time of the run or an id that another run does not have.
    /// </summary>
    /// <returns>A task that ends when both runs are over.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task AppliedPlanMakesExactlyItsChangesAsync()
    {
        const string Location = "memory:contract";
        await using var dispatcher = harness();
        var plan = await dispatcher.RunAsync(ContractPayload.WithPlan(payload, Location));
        Require(plan.Status == JobStatus.Planned, $"a dry run ends as planned, but it ended as {plan.Status}: {plan.Summary}");
        Require(plan.Changes.Proposed > 0, "the payload gives the job changes to make, but there were none. "
            + "Prepare the world so that there are.");

        var applied = await dispatcher.RunAsync(ContractPayload.Apply(payload, Location));
        Require(applied.Status is JobStatus.Succeeded, $"the plan is applied, but the run ended as {applied.Status}: {applied.Summary}");
        Require(
            applied.Changes.Applied == plan.Changes.Proposed && applied.Count(PlanReport.NotInPlanCount) == 0,
            $"a plan that is applied at once makes its {plan.Changes.Proposed} changes and no others, but {applied.Changes.Applied} were "
                + $"made: {Words(applied)} {DescribeFirst(applied.Plan)}");
    }

    /// <summary>Checks that a cancelled run ends within a second. It tolerates five, because machines that run tests may be busy.</summary>
    /// <param name="reached">Ends when the job is in the midst of its work, for example when a fake client has been called.</param>
    /// <returns>A task that ends when the run has ended.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task CancellationStopsWithinASecondAsync(Task reached)
    {
        ArgumentNullException.ThrowIfNull(reached);

        await using var dispatcher = harness();
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => dispatcher.RunAsync(payload, cancellationToken: source.Token), CancellationToken.None);
        await Task.WhenAny(reached, run);
        Require(!run.IsCompleted, "the job is in the midst of its work when it is cancelled, but it had ended. Give it more to do, "
            + "or block a fake client.");

        await source.CancelAsync();
        Require(
            await Task.WhenAny(run, Task.Delay(TimeToStop, CancellationToken.None)) == run,
            "a cancelled run ends within a second, but it went on. Pass the cancellation token to everything that is awaited.");
    }

    /// <summary>Checks that all bad parameters are reported at once, and that nothing runs.</summary>
    /// <param name="badParameters">JSON with several wrong parameters: <c>{"batchSize":0,"mode":"x"}</c>.</param>
    /// <param name="names">The names of the wrong ones.</param>
    /// <returns>A task that ends when the payload has been refused.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task BadParametersAreReportedTogetherAsync(string badParameters, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);

        var problems = await RefuseAsync(ContractPayload.With(payload, "parameters", badParameters));
        foreach (var name in names)
        {
            Require(
                problems.Any(problem => problem.Contains($"'{name}'", StringComparison.Ordinal)),
                $"all bad parameters are reported at once, but '{name}' is not among: {string.Join(" | ", problems)}");
        }
    }

    /// <summary>Checks that a parameter that the job does not know is refused.</summary>
    /// <returns>A task that ends when the payload has been refused.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task UnknownParameterIsRefusedAsync()
    {
        var problems = await RefuseAsync(ContractPayload.With(payload, "parameters", """{"noSuchParameter":1}"""));
        Require(
            problems.Any(problem => problem.Contains("noSuchParameter", StringComparison.Ordinal)),
            $"an unknown parameter is named, but the problems were: {string.Join(" | ", problems)}");
    }

    /// <summary>Checks that a transient failure is tried again.</summary>
    /// <param name="fail">Makes the outside world fail once, transiently, at the next call.</param>
    /// <returns>A task that ends when the run is over.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task TransientFailureIsRetriedAsync(Action fail)
    {
        var record = await RunAfterAsync(fail);
        Require(
            record is { Status: JobStatus.Succeeded, Attempts: 2 },
            $"a transient failure is tried again, but the run ended as {record.Status} after {record.Attempts} attempts: {record.Summary}");
    }

    /// <summary>Checks that a permanent failure fails the run at its first attempt.</summary>
    /// <param name="fail">Makes the outside world fail permanently.</param>
    /// <returns>A task that ends when the run is over.</returns>
    /// <exception cref="JobContractException">The promise is broken.</exception>
    public async Task PermanentFailureIsNotRetriedAsync(Action fail)
    {
        var record = await RunAfterAsync(fail);
        Require(
            record is { Status: JobStatus.Failed, Attempts: 1 },
            $"a permanent failure is not tried again, but the run ended as {record.Status} after {record.Attempts} attempts: "
                + $"{record.Summary}");
    }

    private static string DescribeFirst(PlanReport? plan) =>
        (plan?.Changed ?? plan?.NotInPlan ?? plan?.Missing) is [var first, ..]
            ? $"First: {first.Action} {first.Target}: {first.Reason}"
            : string.Empty;

    private static void Require(bool kept, string promise)
    {
        if (!kept)
        {
            throw new JobContractException($"Every job promises: {promise}");
        }
    }

    private static HashSet<string> Targets(RunRecord record) =>
        [.. record.Changes.Items.Select(item => $"{item.Action} {item.Target}")];

    private static string Difference(RunRecord plan, RunRecord real)
    {
        var difference = Targets(plan);
        difference.SymmetricExceptWith(Targets(real));
        return string.Join(", ", difference);
    }

    private static string Words(RunRecord record) => string.Join(", ", record.Counts.Select(count => $"{count.Key}={count.Value}"));

    private async Task RunToLimitAsync(JobHarness dispatcher, long limit)
    {
        var record = await dispatcher.RunAsync(ContractPayload.With(payload, "limits", $$"""{"maxChanges":{{limit}}}"""));
        Require(
            record.Status == JobStatus.Failed && record.Summary.Contains("maxChanges", StringComparison.Ordinal),
            $"a run that needs more than maxChanges={limit} fails and names the limit, but it ended as {record.Status}: {record.Summary} "
                + "Do not catch ChangeLimitExceededException.");
        Require(record.Changes.Applied <= limit, $"a run makes at most maxChanges={limit} changes, but made {record.Changes.Applied}.");
    }

    private async Task<RunRecord> RunAfterAsync(Action fail)
    {
        ArgumentNullException.ThrowIfNull(fail);

        await using var dispatcher = harness();
        fail();
        return await dispatcher.RunAsync(payload);
    }

    private async Task<IReadOnlyList<string>> RefuseAsync(string bad)
    {
        await using var dispatcher = harness();
        try
        {
            var record = await dispatcher.RunAsync(bad);
            throw new JobContractException($"Every job promises: bad parameters are refused before it runs, "
                + $"but it ended as {record.Status}: {bad}");
        }
        catch (JobRequestException exception)
        {
            return exception.Problems;
        }
    }
}

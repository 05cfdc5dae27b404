using Dispatcher.Diagnostics;
using Dispatcher.Hosting;
using Dispatcher.Limiting;
using Dispatcher.Plans;

namespace Dispatcher.Changes;

/// <summary>
/// The change gate of one run: makes changes, or only records them in a dry run, and decides what an exception means. The
/// <see cref="ChangeLedger"/> keeps the totals and the audit trail.
/// </summary>
internal sealed class ChangeGate(
    string job,
    bool dryRun,
    LimitsInForce limits,
    ItemErrors errors,
    FailureClassifier failures,
    AuditTrail? audit = null,
    ChangeRate? rate = null,
    PlanWriter? planWriter = null,
    PlanFilter? plan = null) : IChangeGate
{
    private static readonly ChangeOutcome NotBegun = ChangeOutcome.Skipped("the run was stopped before this was begun.");

    private static readonly ChangeOutcome NotAnswered =
        ChangeOutcome.Failed("the job did not report an outcome. Return Applied, Skipped, Failed or Unknown for each change.");

    private readonly ChangeLedger _ledger = new(job, dryRun, new ChangeCaps(job, dryRun, limits), errors, audit, planWriter);

    public ChangeLimits Limits => limits.Values;

    public void Examined(long items) => _ledger.AddExamined(items);

    /// <summary>Gets or sets the fence in front of the changes, if the run holds leases.</summary>
    public IChangeFence? Fence { get; set; }

    public void EnsureWithinLimit(long changes) => EnsureWithinLimit(changes, bytes: 0, items: changes);

    public void EnsureWithinLimit(long changes, long bytes, long items) =>
        _ledger.EnsureWithinLimits(
            plan is null
                ? new ChangeTally(changes, items, bytes)
                : new ChangeTally(plan.AtMost(changes), plan.AtMost(items), Math.Min(bytes, plan.Bytes)));

    public Task<ChangeOutcome> ApplyAsync(Change change, Func<CancellationToken, Task> apply, CancellationToken cancellationToken) =>
        ApplyAsync(change, ToOutcome(apply), cancellationToken);

    public async Task<ChangeOutcome> ApplyAsync(
        Change change, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken)
    {
        var outcomes = await RunAsync(One(change), ToOutcomes(apply), isolates: false, together: false, cancellationToken);
        return outcomes[0];
    }

    public Task<ChangeOutcome> TryApplyAsync(Change change, Func<CancellationToken, Task> apply, CancellationToken cancellationToken) =>
        TryApplyAsync(change, ToOutcome(apply), cancellationToken);

    public async Task<ChangeOutcome> TryApplyAsync(
        Change change, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken)
    {
        var outcomes = await RunAsync(One(change), ToOutcomes(apply), isolates: true, together: false, cancellationToken);
        return outcomes[0];
    }

    public async Task<ChangeOutcome> ApplyAllAsync(
        IReadOnlyList<Change> changes, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(apply);
        ArgumentNullException.ThrowIfNull(changes);

        var outcomes = await RunAsync(
            changes,
            async (all, token) => RepeatOutcome(await apply(token), all.Count),
            isolates: false,
            together: true,
            cancellationToken);
        if (outcomes.FirstOrDefault(static outcome => outcome.IsOutsidePlan) is { IsOutsidePlan: true } refused)
        {
            return refused;
        }

        return outcomes.Count > 0 ? outcomes[0] : dryRun ? ChangeOutcome.Planned : ChangeOutcome.Applied;
    }

    public Task<ChangeOutcome> ApplyAllAsync(
        IReadOnlyList<Change> changes, Func<CancellationToken, Task> apply, CancellationToken cancellationToken) =>
        ApplyAllAsync(changes, ToOutcome(apply), cancellationToken);

    public Task<IReadOnlyList<ChangeOutcome>> TryApplyEachAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(apply);
        return RunAsync(changes, apply, isolates: true, together: false, cancellationToken);
    }

    public Task<IReadOnlyList<ChangeOutcome>> ApplyEachAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(apply);
        return RunAsync(changes, apply, isolates: false, together: false, cancellationToken);
    }

    /// <summary>Determines whether no later item would fare better after an exception.</summary>
    internal bool EndsRun(Exception exception, CancellationToken cancellationToken) =>
        IsCancellation(exception, cancellationToken)
        || exception is PermanentJobException
        || failures.Classify(exception).Kind == FailureKind.Denied;

    /// <summary>Forgets what an attempt only intended; what it did stays done.</summary>
    internal void BeginAttempt()
    {
        _ledger.BeginAttempt();
        plan?.BeginAttempt();
    }

    /// <summary>Refuses every further change: the record is being written, and a job that runs on must not act unrecorded.</summary>
    internal void Close() => _ledger.Close();

    /// <summary>Gets sentences about the limits for the summary of the run, each with a space before it.</summary>
    internal string DescribeLimits() => _ledger.DescribeLimits();

    internal ChangesSummary Summarize() => _ledger.Summarize();

    internal IReadOnlyDictionary<string, long> Counts() => _ledger.Counts();

    private static Change[] One(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return [change];
    }

    private static Func<CancellationToken, Task<ChangeOutcome>> ToOutcome(Func<CancellationToken, Task> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return async token =>
        {
            await apply(token);
            return ChangeOutcome.Applied;
        };
    }

    private static Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> ToOutcomes(
        Func<CancellationToken, Task<ChangeOutcome>> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return async (_, token) => [await apply(token)];
    }

    private static ChangeOutcome[] RepeatOutcome(ChangeOutcome outcome, int count)
    {
        var outcomes = new ChangeOutcome[count];
        Array.Fill(outcomes, outcome);
        return outcomes;
    }

    private static bool IsCancellation(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>Makes the changes of one call, as far as the plan of the run allows them.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="apply">Makes them.</param>
    /// <param name="isolates">Whether an exception is the items' error instead of the run's.</param>
    /// <param name="together">Whether all of them are made, or none.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    private async Task<IReadOnlyList<ChangeOutcome>> RunAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        bool isolates,
        bool together,
        CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        EnsureCountersAreNamed(changes);
        cancellationToken.ThrowIfCancellationRequested();
        return plan is null
            ? await MakeAsync(changes, apply, isolates, cancellationToken)
            : await plan.RunAsync(
                changes, together, admitted => MakeAsync(admitted, apply, isolates, cancellationToken), _ledger.Refuse);
    }

    private async Task<IReadOnlyList<ChangeOutcome>> MakeAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        bool isolates,
        CancellationToken cancellationToken)
    {
        var acting = RunningJob.Suspend();
        var entry = _ledger.Open(changes);
        IReadOnlyList<ChangeOutcome> outcomes;
        if (dryRun)
        {
            outcomes = RepeatOutcome(ChangeOutcome.Planned, changes.Count);
        }
        else
        {
            await PaceAsync(entry, cancellationToken);
            EnsureFenceHolds(entry);
            using var batch = RunActivities.StartChanges(changes);
            try
            {
                outcomes = Complete(await RunningJob.ResumeAsync(acting, () => apply(changes, cancellationToken)), changes.Count);
            }
            catch (Exception exception) when (isolates && !EndsRun(exception, cancellationToken))
            {
                outcomes = RepeatOutcome(OutcomeOf(failures.Classify(exception)), changes.Count);
            }
            catch (Exception exception)
            {
                RunActivities.Fail(batch, exception);
                _ledger.Abort(entry, OutcomeOfEnd(exception, changes.Count, isolates, cancellationToken));
                throw;
            }

            RunActivities.EndChanges(batch, outcomes);
        }

        _ledger.Settle(entry, outcomes);
        return outcomes;
    }

    /// <summary>Refuses changes that another run may be making. What is refused was certainly not made.</summary>
    private void EnsureFenceHolds(ChangeEntry entry)
    {
        try
        {
            Fence?.EnsureHeld();
        }
        catch (PermanentJobException exception)
        {
            _ledger.Abort(entry, ChangeOutcome.Failed(exception.Message));
            throw;
        }
    }

    /// <summary>Waits until the rate allows the changes.</summary>
    private async ValueTask PaceAsync(ChangeEntry entry, CancellationToken cancellationToken)
    {
        if (rate is null)
        {
            return;
        }

        try
        {
            await rate.WaitAsync(entry.Changes.Count, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ledger.Abort(entry, NotBegun);
            throw;
        }

        _ledger.EnsureNotClosed();
    }

    private static void EnsureCountersAreNamed(IReadOnlyList<Change> changes)
    {
        if (changes.FirstOrDefault(static change => change.Counter is "") is { } nameless)
        {
            throw new ArgumentException(
                $"The change {nameless.Action} {nameless.Target} has a Counter without a name. Name the count, "
                    + "or leave Counter out.", nameof(changes));
        }
    }

    private IReadOnlyList<ChangeOutcome> Complete(IReadOnlyList<ChangeOutcome>? outcomes, int count)
    {
        if (outcomes?.Count != count)
        {
            throw new PermanentJobException(
                $"Job '{job}' returned {outcomes?.Count ?? 0} outcomes for {count} changes. Make only the changes that the function is "
                + "given, because a plan may allow a part of them, and return one outcome per change, in the same order.");
        }

        return outcomes.Any(IsNoAnswer) ? [.. outcomes.Select(outcome => IsNoAnswer(outcome) ? NotAnswered : outcome)] : outcomes;
    }

    /// <summary>Determines whether an outcome is none that a real run can have: the default value, or a plan.</summary>
    private static bool IsNoAnswer(ChangeOutcome outcome) => outcome.Kind is ChangeOutcomeKind.None or ChangeOutcomeKind.Planned;

    private static ChangeOutcome OutcomeOf(Failure failure) =>
        failure.OutcomeUnknown ? ChangeOutcome.Unknown(failure.Message) : ChangeOutcome.Failed(failure.Message);

    /// <summary>Determines what is known of changes whose exception ends the run.</summary>
    private ChangeOutcome OutcomeOfEnd(Exception exception, int count, bool isolates, CancellationToken cancellationToken)
    {
        if (IsCancellation(exception, cancellationToken))
        {
            return ChangeOutcome.Unknown("the run was stopped while this was under way.");
        }

        // What was denied has not happened. Of several items with calls of their own, some may have been made before the exception.
        var failure = failures.Classify(exception);
        var certain = !failure.OutcomeUnknown && (!isolates || (failure.Kind == FailureKind.Denied && count == 1));
        return certain ? ChangeOutcome.Failed(failure.Message) : ChangeOutcome.Unknown(failure.Message);
    }
}

using Dispatcher.Audit;
using Dispatcher.Failures;

namespace Dispatcher.Changes;

/// <summary>
/// Lets a run's changes through, or records them in a dry run. The books of both are the <see cref="ChangeLedger"/>'s; what was really
/// tried goes into the <see cref="AuditTrail"/> as well.
/// </summary>
internal sealed class ChangeGate(
    string job, bool dryRun, long? limit, ItemErrors errors, FailureClassifier failures, AuditTrail? audit = null) : IChangeGate
{
    /// <summary>How many changes the result lists: a Lambda response has a size limit.</summary>
    internal const int MaxItems = 100;

    private static readonly ChangeOutcome NotAnswered =
        ChangeOutcome.Failed("the job did not say what became of it. Answer Applied, Skipped or Failed for each change.");

    private readonly ChangeLedger _ledger = new(job, dryRun, limit, errors);

    /// <summary>Gets a value indicating whether a dry run planned more than a real run may change.</summary>
    public bool LimitWouldStop => _ledger.LimitWouldStop;

    /// <summary>Gets the most changes that the run may make.</summary>
    public long? Limit => limit;

    public void EnsureWithinLimit(long changes) => _ledger.EnsureWithinLimit(changes);

    public Task<ChangeOutcome> ApplyAsync(Change change, Func<CancellationToken, Task> apply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(apply);

        return ApplyAsync(
            change,
            async token =>
            {
                await apply(token);
                return ChangeOutcome.Applied;
            },
            cancellationToken);
    }

    public async Task<ChangeOutcome> ApplyAsync(
        Change change, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(apply);

        var outcomes = await ApplyBatchAsync([change], async (_, token) => [await apply(token)], cancellationToken);
        return outcomes[0];
    }

    public async Task<IReadOnlyList<ChangeOutcome>> ApplyBatchAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(apply);

        if (changes.Count == 0)
        {
            return [];
        }

        if (changes.FirstOrDefault(static change => change.Counter is "") is { } nameless)
        {
            throw new ArgumentException(
                $"The change {nameless.Action} {nameless.Target} has a Counter without a name. Name the count, or leave Counter out.", nameof(changes));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var batch = _ledger.Begin(changes);

        IReadOnlyList<ChangeOutcome> outcomes = [];
        try
        {
            if (dryRun)
            {
                return outcomes = RepeatOutcome(ChangeOutcome.Planned, changes.Count);
            }

            audit?.Intend(batch);
            outcomes = await TryApplyAsync(changes, apply, cancellationToken);

            // Before the books are: what stands in them as made is in the trail.
            audit?.Record(batch, outcomes);
            return outcomes;
        }
        catch (Exception exception)
        {
            Audit(batch, exception, cancellationToken);
            throw;
        }
        finally
        {
            // An exception that is let through leaves the changes proposed and neither made nor failed.
            _ledger.End(batch, outcomes);
        }
    }

    /// <summary>Forgets what an attempt only intended; what it did stays done.</summary>
    internal void BeginAttempt() => _ledger.BeginAttempt();

    /// <summary>Lets nothing through any more: the run's record is written, and a straggler must not act unrecorded.</summary>
    internal void Close()
    {
        foreach (var batch in _ledger.Close())
        {
            audit?.Interrupt(batch, "the run ended while this was under way.");
        }
    }

    internal ChangesSummary Summarize() => _ledger.Summarize();

    internal IReadOnlyDictionary<string, long> Counts() => _ledger.Counts();

    private static ChangeOutcome[] RepeatOutcome(ChangeOutcome outcome, int count)
    {
        var outcomes = new ChangeOutcome[count];
        Array.Fill(outcomes, outcome);
        return outcomes;
    }

    private static bool IsCancellation(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private async Task<IReadOnlyList<ChangeOutcome>> TryApplyAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        try
        {
            var outcomes = await apply(changes, cancellationToken);
            return Verify(outcomes, changes.Count);
        }
        catch (Exception exception) when (!EndsTheRun(exception, cancellationToken))
        {
            return RepeatOutcome(OutcomeOf(failures.Classify(exception), changes), changes.Count);
        }
    }

    private ChangeOutcome OutcomeOf(Failure failure, IReadOnlyList<Change> changes)
    {
        if (!failure.OutcomeUnknown)
        {
            return ChangeOutcome.Failed(failure.Message);
        }

        foreach (var change in changes)
        {
            errors.Add(change.Target, $"{change.Action} may have been made or not, because its answer was lost: {failure.Message}");
        }

        return ChangeOutcome.Unknown(failure.Message);
    }

    /// <summary>
    /// Takes no answer for no outcome: the default of <see cref="ChangeOutcome"/> is "planned", which a real run must never believe.
    /// </summary>
    private IReadOnlyList<ChangeOutcome> Verify(IReadOnlyList<ChangeOutcome>? outcomes, int count)
    {
        if (outcomes?.Count != count)
        {
            throw new PermanentJobException(
                $"Job '{job}' answered {outcomes?.Count ?? 0} outcomes for {count} changes. Answer one per change, in the same order.");
        }

        return outcomes.Any(outcome => outcome.Kind == ChangeOutcomeKind.Planned)
            ? [.. outcomes.Select(outcome => outcome.Kind == ChangeOutcomeKind.Planned ? NotAnswered : outcome)]
            : outcomes;
    }

    private bool EndsTheRun(Exception exception, CancellationToken cancellationToken) =>
        IsCancellation(exception, cancellationToken)
        || exception is PermanentJobException
        || failures.Classify(exception).Kind == FailureKind.Denied;

    /// <summary>Writes down changes whose exception ends the run.</summary>
    private void Audit(ChangeBatch batch, Exception exception, CancellationToken cancellationToken)
    {
        if (IsCancellation(exception, cancellationToken))
        {
            audit?.Interrupt(batch, "the run was stopped while this was under way.");
            return;
        }

        var failure = failures.Classify(exception);
        if (failure.Kind == FailureKind.Denied && batch.Changes.Count == 1)
        {
            // What was denied has not happened. Of several, some may have been made by the calls before the denied one.
            audit?.Record(batch, [ChangeOutcome.Failed(failure.Message)]);
        }
        else
        {
            audit?.Interrupt(batch, failure.Message);
        }
    }
}

using Dispatcher.Failures;

namespace Dispatcher.Changes;

/// <summary>
/// Lets a run's changes through, or records them in a dry run; keeps the books of both.
/// </summary>
internal sealed class ChangeGate(string job, bool dryRun, long? limit, ItemErrors errors, FailureClassifier failures) : IChangeGate
{
    /// <summary>How many changes the result lists: a Lambda response has a size limit.</summary>
    internal const int MaxItems = 100;

    private static readonly ChangeOutcome NotAnswered =
        ChangeOutcome.Failed("the job did not say what became of it. Answer Applied, Skipped or Failed for each change.");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly List<ChangeItem> _items = [];
    private ChangeTotals _totals;
    private long _inFlight;
    private bool _closed;

    /// <summary>Gets a value indicating whether a dry run planned more than a real run may change.</summary>
    public bool LimitWouldStop { get; private set; }

    /// <summary>Gets the most changes that the run may make.</summary>
    public long? Limit => limit;

    public void EnsureWithinLimit(long changes)
    {
        lock (_lock)
        {
            CheckLimit(changes);
        }
    }

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

        cancellationToken.ThrowIfCancellationRequested();
        Begin(changes.Count);

        IReadOnlyList<ChangeOutcome> outcomes = [];
        try
        {
            outcomes = dryRun ? RepeatOutcome(ChangeOutcome.Planned, changes.Count) : await TryApplyAsync(changes, apply, cancellationToken);
        }
        finally
        {
            // An exception that is let through leaves the changes proposed and neither made nor failed.
            End(changes, outcomes);
        }

        return outcomes;
    }

    /// <summary>Forgets what an attempt only intended; what it did stays done.</summary>
    internal void BeginAttempt()
    {
        lock (_lock)
        {
            if (dryRun)
            {
                _totals = default;
                _counts.Clear();
                _items.Clear();
                LimitWouldStop = false;
            }
            else
            {
                _totals = _totals with { Proposed = _totals.Applied, Failed = 0 };
            }
        }
    }

    /// <summary>Lets nothing through any more: the run's record is written, and a straggler must not act unrecorded.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    internal ChangesSummary Summarize()
    {
        lock (_lock)
        {
            return new ChangesSummary(
                _totals.Proposed, _totals.Applied, _totals.Failed, _totals.Bytes, [.. _items], _totals.Listed > _items.Count);
        }
    }

    internal IReadOnlyDictionary<string, long> Counts()
    {
        lock (_lock)
        {
            return new Dictionary<string, long>(_counts, StringComparer.Ordinal);
        }
    }

    private static ChangeOutcome[] RepeatOutcome(ChangeOutcome outcome, int count)
    {
        var outcomes = new ChangeOutcome[count];
        Array.Fill(outcomes, outcome);
        return outcomes;
    }

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
            return RepeatOutcome(ChangeOutcome.Failed(failures.Classify(exception).Message), changes.Count);
        }
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
        (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        || exception is PermanentJobException
        || failures.Classify(exception).Kind == FailureKind.Denied;

    private void Begin(int count)
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new PermanentJobException(
                    $"Job '{job}' proposed a change after its run had ended. Await everything that the job starts before it returns.");
            }

            CheckLimit(count);
            _inFlight += count;
            _totals = _totals with { Proposed = _totals.Proposed + count };
        }
    }

    private void CheckLimit(long count)
    {
        // A change in flight may yet fail, but it holds its place: better one too few than one too many.
        var made = dryRun ? _totals.Proposed : _totals.Applied + _inFlight;
        if (limit is null || made + count <= limit)
        {
            return;
        }

        LimitWouldStop = true;
        if (!dryRun)
        {
            throw new ChangeLimitExceededException(job, limit.Value, made, count);
        }
    }

    private void End(IReadOnlyList<Change> changes, IReadOnlyList<ChangeOutcome> outcomes)
    {
        lock (_lock)
        {
            _inFlight -= changes.Count;
            for (var index = 0; index < outcomes.Count; index++)
            {
                Record(changes[index], outcomes[index]);
            }
        }
    }

    private void Record(Change change, ChangeOutcome outcome)
    {
        if (outcome.Kind == ChangeOutcomeKind.Failed)
        {
            _totals = _totals with { Failed = _totals.Failed + 1 };
            errors.Add(change.Target, $"{change.Action} failed: {outcome.Detail}");
            return;
        }

        if (!outcome.IsDone)
        {
            return;
        }

        _totals = _totals with
        {
            Applied = _totals.Applied + (outcome.Kind == ChangeOutcomeKind.Applied ? 1 : 0),
            Bytes = _totals.Bytes + change.Bytes,
            Listed = _totals.Listed + 1,
        };

        if (change.Counter is { } counter)
        {
            _counts[counter] = _counts.GetValueOrDefault(counter) + 1;
        }

        if (_items.Count < MaxItems)
        {
            _items.Add(new ChangeItem(change.Action, change.Target, change.Reason));
        }
    }

    private readonly record struct ChangeTotals(long Proposed, long Applied, long Failed, long Bytes, long Listed);
}

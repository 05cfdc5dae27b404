using Dispatcher.Failures;

namespace Dispatcher.Changes;

/// <summary>Keeps the books of one run's changes, and lets no more begin than the run may make. Thread-safe.</summary>
internal sealed class ChangeLedger(string job, bool dryRun, long? limit, ItemErrors errors)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _byAction = new(StringComparer.Ordinal);
    private readonly List<ChangeItem> _items = [];
    private readonly HashSet<ChangeBatch> _open = [];
    private ChangeTotals _totals;
    private long _inFlight;
    private bool _closed;

    /// <summary>Gets a value indicating whether a dry run planned more than a real run may change.</summary>
    public bool LimitWouldStop { get; private set; }

    /// <summary>Refuses a plan that does not fit under the limit.</summary>
    public void EnsureWithinLimit(long changes)
    {
        lock (_lock)
        {
            CheckLimit(changes);
        }
    }

    /// <summary>Books changes as proposed and under way.</summary>
    public ChangeBatch Begin(IReadOnlyList<Change> changes)
    {
        var batch = new ChangeBatch(changes);
        lock (_lock)
        {
            if (_closed)
            {
                throw new PermanentJobException(
                    $"Job '{job}' proposed a change after its run had ended. Await everything that the job starts before it returns.");
            }

            CheckLimit(changes.Count);
            _open.Add(batch);
            _inFlight += changes.Count;
            _totals = _totals with { Proposed = _totals.Proposed + changes.Count };
        }

        return batch;
    }

    /// <summary>Books what became of the changes; without outcomes they stay proposed and are neither made nor failed.</summary>
    public void End(ChangeBatch batch, IReadOnlyList<ChangeOutcome> outcomes)
    {
        lock (_lock)
        {
            _open.Remove(batch);
            _inFlight -= batch.Changes.Count;
            for (var index = 0; index < outcomes.Count; index++)
            {
                Record(batch.Changes[index], outcomes[index]);
            }
        }
    }

    /// <summary>Forgets what an attempt only intended; what it did stays done.</summary>
    public void BeginAttempt()
    {
        lock (_lock)
        {
            if (dryRun)
            {
                _totals = default;
                _counts.Clear();
                _byAction.Clear();
                _items.Clear();
                LimitWouldStop = false;
            }
            else
            {
                _totals = _totals with { Proposed = _totals.Applied, Failed = 0 };
            }
        }
    }

    /// <summary>Lets nothing begin any more, and says what is still under way.</summary>
    public IReadOnlyList<ChangeBatch> Close()
    {
        lock (_lock)
        {
            _closed = true;
            return [.. _open];
        }
    }

    public ChangesSummary Summarize()
    {
        lock (_lock)
        {
            return new ChangesSummary(
                _totals.Proposed, _totals.Applied, _totals.Failed, _totals.Bytes, [.. _items], _totals.Listed > _items.Count)
            {
                ByAction = new Dictionary<string, long>(_byAction, StringComparer.Ordinal),
            };
        }
    }

    public IReadOnlyDictionary<string, long> Counts()
    {
        lock (_lock)
        {
            return new Dictionary<string, long>(_counts, StringComparer.Ordinal);
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

        _byAction[change.Action] = _byAction.GetValueOrDefault(change.Action) + 1;
        if (change.Counter is { } counter)
        {
            _counts[counter] = _counts.GetValueOrDefault(counter) + 1;
        }

        if (_items.Count < ChangeGate.MaxItems)
        {
            _items.Add(new ChangeItem(change.Action, change.Target, change.Reason));
        }
    }

    private readonly record struct ChangeTotals(long Proposed, long Applied, long Failed, long Bytes, long Listed);
}

using System.Collections.ObjectModel;
using Dispatcher.Hosting;
using Dispatcher.Plans;

namespace Dispatcher.Changes;

/// <summary>
/// The one record of a run's changes: an entry is open until it is settled (each change has an outcome), aborted (an exception ended the
/// run) or interrupted (the run ended first). Writes totals and audit trail in one step, and refuses entries beyond the run's limits.
/// Thread-safe.
/// </summary>
internal sealed class ChangeLedger(
    string job, bool dryRun, ChangeCaps caps, ItemErrors errors, AuditTrail? audit, PlanWriter? plan)
{
    private static readonly ChangesSummary NoChanges = new(0, 0, 0, 0, [], ItemsTruncated: false);

    private readonly Lock _lock = new();

    // A run without changes creates none of these.
    private Dictionary<string, long>? _counts;
    private Dictionary<string, long>? _byAction;
    private SortedDictionary<string, long>? _bytesByClass;
    private List<ChangeItem>? _items;
    private HashSet<ChangeEntry>? _open;
    private InterruptedChanges? _interrupted;
    private ChangeTotals _totals;
    private ChangeTally _made;
    private long _lastNumber;
    private bool _closed;

    /// <summary>Adds items that the run has examined.</summary>
    public void AddExamined(long count)
    {
        lock (_lock)
        {
            caps.AddExamined(count);
        }
    }

    /// <summary>Refuses a plan that exceeds a limit.</summary>
    /// <exception cref="ChangeLimitExceededException">The run would exceed a limit.</exception>
    public void EnsureWithinLimits(ChangeTally wanted)
    {
        lock (_lock)
        {
            caps.Check(_made, wanted);
        }
    }

    /// <summary>Opens an entry, and records in the audit trail what is about to be done.</summary>
    /// <exception cref="ChangeLimitExceededException">The run would exceed a limit.</exception>
    /// <exception cref="PermanentJobException">The run has ended.</exception>
    public ChangeEntry Open(IReadOnlyList<Change> changes)
    {
        lock (_lock)
        {
            EnsureNotClosed();

            // A change in flight may yet fail, but it holds its place: better one too few than one too many.
            var tally = ChangeTally.Of(changes);
            caps.Check(_made, tally);
            _made += tally;
            var entry = new ChangeEntry(changes, _lastNumber + 1);
            _lastNumber += changes.Count;
            (_open ??= []).Add(entry);
            _totals = _totals with { Proposed = _totals.Proposed + changes.Count };
            plan?.Add(changes);
            audit?.Write(entry, static _ => (AuditOutcome.Intended, null));
            return entry;
        }
    }

    /// <summary>Ensures that an entry that had to wait may still be made.</summary>
    /// <exception cref="PermanentJobException">The run has ended.</exception>
    public void EnsureNotClosed()
    {
        lock (_lock)
        {
            if (_closed)
            {
                throw new PermanentJobException(
                    $"Job '{job}' proposed a change after its run had ended. Await everything that the job starts before it returns.");
            }
        }
    }

    /// <summary>Records changes as skipped that are not even tried.</summary>
    public void Refuse(IReadOnlyList<Change> changes, IReadOnlyList<ChangeOutcome> outcomes)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            var entry = new ChangeEntry(changes, _lastNumber + 1);
            _lastNumber += changes.Count;
            _totals = _totals with { Proposed = _totals.Proposed + changes.Count };
            audit?.Write(entry, index => (AuditOutcome.Skipped, outcomes[index].Detail));
        }
    }

    /// <summary>Settles an entry with one outcome per change. An entry that is not open any more stays as it is.</summary>
    public void Settle(ChangeEntry entry, IReadOnlyList<ChangeOutcome> outcomes)
    {
        lock (_lock)
        {
            if (_open?.Remove(entry) != true)
            {
                return;
            }

            for (var index = 0; index < outcomes.Count; index++)
            {
                Count(entry.Changes[index], outcomes[index]);
            }

            audit?.Write(
                entry, index => (AuditOutcomeOf(outcomes[index]), outcomes[index].Detail), index => outcomes[index].Undo);
        }
    }

    /// <summary>Aborts an entry whose exception ends the run: the error is the run's, not an item's.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="outcome">What is known of each of its changes.</param>
    public void Abort(ChangeEntry entry, ChangeOutcome outcome)
    {
        lock (_lock)
        {
            if (_open?.Remove(entry) == true)
            {
                _made -= IsMade(outcome) ? default : ChangeTally.Of(entry.Changes);
                _totals = _totals with { Failed = _totals.Failed + (outcome.Kind == ChangeOutcomeKind.Failed ? entry.Changes.Count : 0) };
                foreach (var change in entry.Changes)
                {
                    NoteInterrupted(change, AuditOutcomeOf(outcome));
                }

                audit?.Write(entry, _ => (AuditOutcomeOf(outcome), outcome.Detail));
            }
        }
    }

    /// <summary>Closes the ledger: nothing is opened any more, and what is open is interrupted.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_open is null)
            {
                return;
            }

            foreach (var entry in _open)
            {
                foreach (var change in entry.Changes)
                {
                    NoteInterrupted(change, dryRun ? AuditOutcome.Skipped : AuditOutcome.Interrupted);
                }

                audit?.Write(entry, static _ => (AuditOutcome.Interrupted, "the run ended while this was under way."));
            }

            _open = null;
        }
    }

    /// <summary>Forgets what an attempt only intended; what it did stays done.</summary>
    public void BeginAttempt()
    {
        lock (_lock)
        {
            caps.BeginAttempt();
            if (dryRun)
            {
                _totals = default;
                _made = default;
                _counts = null;
                _byAction = null;
                _bytesByClass = null;
                _items = null;
                plan?.Restart();
            }
            else
            {
                _totals = _totals with { Proposed = _totals.Applied, Failed = 0 };
                _interrupted?.BeginAttempt();
            }
        }
    }

    /// <summary>Gets sentences about the limits for the summary of the run.</summary>
    public string DescribeLimits()
    {
        lock (_lock)
        {
            return caps.Describe();
        }
    }

    public ChangesSummary Summarize()
    {
        lock (_lock)
        {
            var proposed = _totals.Proposed + (_interrupted?.Earlier ?? 0);
            return _totals == default && _interrupted is null ? NoChanges : new ChangesSummary(
                proposed, _totals.Applied, _totals.Failed, _totals.Bytes, _items is null ? [] : [.. _items], IsTruncated)
            {
                Interrupted = _interrupted?.Count ?? 0,
                ByAction = Copy(_byAction),
                BytesByClass = _bytesByClass is null ? null : new SortedDictionary<string, long>(_bytesByClass, StringComparer.Ordinal),
            };
        }
    }

    public IReadOnlyDictionary<string, long> Counts()
    {
        lock (_lock)
        {
            return Copy(_counts);
        }
    }

    private static IReadOnlyDictionary<string, long> Copy(Dictionary<string, long>? counts) =>
        counts is null ? ReadOnlyDictionary<string, long>.Empty : new Dictionary<string, long>(counts, StringComparer.Ordinal);

    private bool IsTruncated => _totals.Listed > (_items?.Count ?? 0);

    private static AuditOutcome AuditOutcomeOf(ChangeOutcome outcome) => outcome switch
    {
        { MayHaveBeenMade: true } => AuditOutcome.Interrupted,
        { Kind: ChangeOutcomeKind.Applied } => AuditOutcome.Applied,
        { Kind: ChangeOutcomeKind.Skipped } => AuditOutcome.Skipped,
        _ => AuditOutcome.Failed,
    };

    /// <summary>Determines whether a change uses up the limits: one that may have been made does.</summary>
    private static bool IsMade(ChangeOutcome outcome) => outcome.IsDone || outcome.MayHaveBeenMade;

    /// <summary>Notes what became of a change. A run without an interrupted change keeps no list.</summary>
    private void NoteInterrupted(Change change, AuditOutcome outcome)
    {
        if (_interrupted is not null || outcome == AuditOutcome.Interrupted)
        {
            (_interrupted ??= new InterruptedChanges()).Note(change, outcome);
        }
    }

    private void Count(Change change, ChangeOutcome outcome)
    {
        _made -= IsMade(outcome) ? default : ChangeTally.Of(change);
        NoteInterrupted(change, AuditOutcomeOf(outcome));
        switch (outcome.Kind)
        {
            case ChangeOutcomeKind.Failed:
                _totals = _totals with { Failed = _totals.Failed + 1 };
                errors.Add(change.Target, $"{change.Action} failed: {outcome.Detail}");
                return;

            case ChangeOutcomeKind.Unknown:
                errors.Add(change.Target, $"{change.Action} may have been made or not, because its answer was lost: {outcome.Detail}");
                return;

            case ChangeOutcomeKind.Applied or ChangeOutcomeKind.Planned:
                CountDone(change, outcome.Kind);
                return;
        }
    }

    private void CountDone(Change change, ChangeOutcomeKind kind)
    {
        _totals = _totals with
        {
            Applied = _totals.Applied + (kind == ChangeOutcomeKind.Applied ? 1 : 0),
            Bytes = _totals.Bytes + change.Bytes,
            Listed = _totals.Listed + 1,
        };

        _byAction ??= new(StringComparer.Ordinal);
        _byAction[change.Action] = _byAction.GetValueOrDefault(change.Action) + 1;
        if (change is { StorageClass: { } storageClass, Bytes: > 0 })
        {
            _bytesByClass ??= new(StringComparer.Ordinal);
            _bytesByClass[storageClass] = _bytesByClass.GetValueOrDefault(storageClass) + change.Bytes;
        }

        if (change.Counter is { } counter)
        {
            _counts ??= new(StringComparer.Ordinal);
            _counts[counter] = _counts.GetValueOrDefault(counter) + 1;
        }

        _items ??= [];
        if (_items.Count < ChangesSummary.MaxItems)
        {
            _items.Add(new ChangeItem(change.Action, change.Target, change.Reason));
        }
    }

    private readonly record struct ChangeTotals(long Proposed, long Applied, long Failed, long Bytes, long Listed);
}

namespace Dispatcher.Plans;

/// <summary>
/// The filter of a run that applies a plan: of the proposed changes, those are made that the plan holds with the same evidence, each as
/// often as the plan holds it. Thread-safe.
/// </summary>
internal sealed class PlanFilter(PlanFile plan, PlanIndex index)
{
    private const int UndoEntry = -1;

    private static readonly ChangeOutcome NotInPlan = ChangeOutcome.OutsidePlan("not in the plan");
    private static readonly ChangeOutcome Together =
        ChangeOutcome.OutsidePlan("a change that is made together with it has changed since the plan, or is not in the plan");

    private readonly Lock _lock = new();
    private readonly List<ChangeItem> _changedItems = [];
    private readonly List<ChangeItem> _newItems = [];
    private long _changed;
    private long _new;

    /// <summary>Gets how many bytes the changes of the plan free.</summary>
    public long Bytes => plan.Totals.Bytes;

    /// <summary>Returns how many of a number of changes the run can make at most.</summary>
    public long AtMost(long changes)
    {
        lock (_lock)
        {
            return Math.Min(changes, index.Free);
        }
    }

    /// <summary>Makes those of the changes that the plan allows.</summary>
    /// <param name="changes">The changes of one call.</param>
    /// <param name="together">Whether all of them are made, or none.</param>
    /// <param name="make">Makes changes, and returns one outcome per change.</param>
    /// <param name="record">Records changes that are in the plan with other evidence as skipped.</param>
    /// <returns>One outcome per change, in the same order.</returns>
    public async Task<IReadOnlyList<ChangeOutcome>> RunAsync(
        IReadOnlyList<Change> changes,
        bool together,
        Func<IReadOnlyList<Change>, Task<IReadOnlyList<ChangeOutcome>>> make,
        Action<IReadOnlyList<Change>, IReadOnlyList<ChangeOutcome>> record)
    {
        var verdicts = Judge(changes, together);
        int[] refused = [.. Indexes(verdicts, static verdict => verdict.Refusal is not null && verdict.IsInPlan)];
        if (refused.Length > 0)
        {
            record([.. refused.Select(at => changes[at])], [.. refused.Select(at => verdicts[at].Refusal!.Value)]);
        }

        int[] admitted = [.. Indexes(verdicts, static verdict => verdict.Refusal is null)];
        IReadOnlyList<ChangeOutcome> made = [];
        try
        {
            if (admitted.Length > 0)
            {
                made = await make(admitted.Length == changes.Count ? changes : [.. admitted.Select(at => changes[at])]);
            }
        }
        finally
        {
            Release(verdicts, admitted, made);
        }

        var outcomes = new ChangeOutcome[changes.Count];
        for (var at = 0; at < outcomes.Length; at++)
        {
            outcomes[at] = verdicts[at].Refusal ?? default;
        }

        for (var at = 0; at < admitted.Length; at++)
        {
            outcomes[admitted[at]] = made[at];
        }

        return outcomes;
    }

    /// <summary>Forgets what the last attempt was refused, because the next one proposes it again.</summary>
    public void BeginAttempt()
    {
        lock (_lock)
        {
            _changed = _new = 0;
            _changedItems.Clear();
            _newItems.Clear();
        }
    }

    /// <summary>Adds the differences between the plan and the run to a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isComplete">Whether the job has proposed all that it wanted to.</param>
    public (PlanReport Report, PlanDifferences Differences) Summarize(PlanReport report, bool isComplete)
    {
        lock (_lock)
        {
            var (missing, positions) = isComplete ? index.FindUnseen(PlanReport.MaxItems) : (0, []);
            return (
                report with
                {
                    Changed = _changedItems.Count == 0 ? null : [.. _changedItems],
                    NotInPlan = _newItems.Count == 0 ? null : [.. _newItems],
                    Missing = positions.Count == 0 ? null : [.. positions.Select(plan.ReadAt).Select(ToItem)],
                },
                new PlanDifferences(_changed, _new, missing));
        }
    }

    private static IEnumerable<int> Indexes(Verdict[] verdicts, Predicate<Verdict> matches) =>
        Enumerable.Range(0, verdicts.Length).Where(at => matches(verdicts[at]));

    private static ChangeItem ToItem(Change change) => new(change.Action, change.Target, change.Reason);

    private static string Seen(Change change) => change.Evidence ?? change.Reason ?? "nothing";

    private Verdict[] Judge(IReadOnlyList<Change> changes, bool together)
    {
        lock (_lock)
        {
            Verdict[] verdicts = [.. changes.Select(Judge)];
            if (together && verdicts.Any(static verdict => verdict.Refusal is not null))
            {
                for (var at = 0; at < verdicts.Length; at++)
                {
                    verdicts[at] = verdicts[at].Refusal is null ? Withdraw(changes[at], verdicts[at]) : verdicts[at];
                }
            }

            return verdicts;
        }
    }

    private Verdict Judge(Change change)
    {
        if (change.Undoes is not null)
        {
            return new Verdict(UndoEntry, null, IsInPlan: false);
        }

        if (index.TryTake(change, out var entry))
        {
            return new Verdict(entry, null, IsInPlan: true);
        }

        if (entry < 0)
        {
            _new++;
            Add(_newItems, ToItem(change));
            return new Verdict(entry, NotInPlan, IsInPlan: false);
        }

        var detail = $"changed since the plan: was {Seen(plan.ReadAt(index.PositionOf(entry)))}, is {Seen(change)}";
        return Refuse(change, ChangeOutcome.OutsidePlan(detail));
    }

    private Verdict Withdraw(Change change, Verdict verdict)
    {
        if (verdict.Entry >= 0)
        {
            index.Release(verdict.Entry);
        }

        return Refuse(change, Together);
    }

    private Verdict Refuse(Change change, ChangeOutcome refusal)
    {
        _changed++;
        Add(_changedItems, new ChangeItem(change.Action, change.Target, refusal.Detail));
        return new Verdict(UndoEntry, refusal, IsInPlan: true);
    }

    private static void Add(List<ChangeItem> items, ChangeItem item)
    {
        if (items.Count < PlanReport.MaxItems)
        {
            items.Add(item);
        }
    }

    /// <summary>Gives back what was not made: another attempt may propose it again.</summary>
    private void Release(Verdict[] verdicts, int[] admitted, IReadOnlyList<ChangeOutcome> made)
    {
        lock (_lock)
        {
            for (var at = 0; at < admitted.Length; at++)
            {
                if (verdicts[admitted[at]].Entry is >= 0 and var entry && !(at < made.Count && made[at].IsDone))
                {
                    index.Release(entry);
                }
            }
        }
    }

    private readonly record struct Verdict(int Entry, ChangeOutcome? Refusal, bool IsInPlan);
}

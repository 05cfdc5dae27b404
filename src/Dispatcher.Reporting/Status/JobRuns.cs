namespace Dispatcher.Reporting.Status;

/// <summary>
/// The latest runs of one job, as the rule looks at them. Runs that were skipped because another run did the work, or is doing it, are no
/// runs of the job, and neither are the totals of a slot whose shards are there. Real runs count; dry runs count only while there are no
/// others.
/// </summary>
public sealed class JobRuns
{
    /// <summary>How many of the latest runs of a job the rule needs.</summary>
    public const int Needed = 30;

    private readonly List<Entry> _runs = [];
    private StatusRun? _lastSuccess;
    private int _leftOut;

    /// <summary>Gets the last run, dry or real.</summary>
    public StatusRun? Last => _runs.FirstOrDefault()?.Run;

    /// <summary>Gets the last real run that succeeded.</summary>
    public StatusRun? LastSuccess => Newer(_lastSuccess, _runs.Find(static entry => entry.Run.IsSuccess)?.Run);

    /// <summary>Gets a value indicating whether there are runs, and all of them are dry runs.</summary>
    public bool OnlyPlans => _runs.Count > 0 && _runs.TrueForAll(static entry => entry.Run.DryRun);

    /// <summary>Gets a value indicating whether a success may be older than the latest runs.</summary>
    internal bool MayHaveOlderSuccess => LastSuccess is null && _runs.Count + _leftOut >= Needed;

    /// <summary>Gets the last run that counts.</summary>
    internal StatusRun? LastCounted => Counted.FirstOrDefault()?.Run;

    /// <summary>Gets how long the longest of the runs that count took.</summary>
    internal TimeSpan Longest => Counted.Select(static entry => entry.Run.Duration).DefaultIfEmpty().Max();

    /// <summary>Gets how many runs count.</summary>
    internal int Count => Counted.Count();

    /// <summary>
    /// Gets the run that decides how the job is: of the latest slot with an outcome, the last run; of one with shards, the worst of the
    /// last runs of its shards. A run that was skipped or cancelled decides nothing.
    /// </summary>
    internal StatusRun? Deciding =>
        Settled.FirstOrDefault() is not { } latest ? null : Settled
            .Where(entry => entry.Slot == latest.Slot)
            .GroupBy(static entry => entry.Shard)
            .Select(static shard => shard.First().Run)
            .MinBy(static run => Severity(run.Status));

    /// <summary>Gets how many runs without a better one after them ended as the deciding one did.</summary>
    internal int InARow => Deciding is not { } deciding ? 0 : Settled
        .SkipWhile(entry => entry.Run != deciding)
        .TakeWhile(entry => Severity(entry.Run.Status) <= Severity(deciding.Status))
        .Select(static entry => entry.Slot)
        .Distinct(StringComparer.Ordinal)
        .Count();

    /// <summary>Gets a value indicating whether older runs, which are not known, may have ended as the deciding one did.</summary>
    internal bool IsInARowCut => _runs.Count == Needed
        && InARow == Settled.Select(static entry => entry.Slot).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Gets the starts of the runs that count, one per slot, newest first.</summary>
    internal IEnumerable<(DateTimeOffset At, bool ByHand)> Starts => Counted
        .GroupBy(static entry => entry.Slot, StringComparer.Ordinal)
        .Select(static slot => (slot.Min(static entry => entry.Run.StartedAt), slot.Any(static entry => entry.ByHand)))
        .OrderByDescending(static start => start.Item1);

    private IEnumerable<Entry> Counted => OnlyPlans ? _runs : _runs.Where(static entry => !entry.Run.DryRun);

    private IEnumerable<Entry> Settled => Counted.Where(static entry => Severity(entry.Run.Status) is not null);

    /// <summary>Adds a run, in any order. Of more than <see cref="Needed"/>, the oldest are left out.</summary>
    /// <param name="run">The run.</param>
    public void Add(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Shards is not null || (run.Status == JobStatus.Skipped && (run.Holder is not null || run.Original is not null)))
        {
            _leftOut++;
            return;
        }

        var known = StatusRun.From(run);
        var place = _runs.FindIndex(other => other.Run.StartedAt < known.StartedAt);
        _runs.Insert(
            place < 0 ? _runs.Count : place,
            new Entry(known, run.Slot ?? run.RunId, run.Slot == run.RunId, run.Shard?.Index ?? -1));
        if (_runs.Count > Needed)
        {
            _lastSuccess = Newer(_lastSuccess, _runs[^1].Run.IsSuccess ? _runs[^1].Run : null);
            _runs.RemoveAt(Needed);
        }
    }

    /// <summary>Adds a success that is older than the latest runs.</summary>
    /// <param name="run">The run.</param>
    public void AddSuccess(RunRecord run)
    {
        var known = StatusRun.From(run);
        _lastSuccess = Newer(_lastSuccess, known.IsSuccess ? known : null);
    }

    private static StatusRun? Newer(StatusRun? one, StatusRun? other) =>
        one is null || other is null ? one ?? other : one.StartedAt >= other.StartedAt ? one : other;

    /// <summary>Orders the outcomes, the worst first; an outcome that says nothing about the job has none.</summary>
    private static int? Severity(JobStatus status) => status switch
    {
        JobStatus.Failed => 0,
        JobStatus.Partial => 1,
        JobStatus.Continued => 2,
        JobStatus.Succeeded or JobStatus.Planned => 3,
        _ => null,
    };

    private sealed record Entry(StatusRun Run, string Slot, bool ByHand, int Shard);
}

namespace Dispatcher.Reporting.Figures;

/// <summary>The totals of runs, of one job or of all, in one step or in the whole period. No run is kept.</summary>
public sealed class RunTally
{
    /// <summary>The class of bytes whose record has none.</summary>
    private const string Standard = "STANDARD";

    private readonly SortedDictionary<string, long> _bytesByClass = new(StringComparer.Ordinal);
    private readonly int[] _runs = new int[RunKinds.All.Count];

    /// <summary>Gets how many runs there are.</summary>
    public int Runs { get; private set; }

    /// <summary>Gets how many dry runs failed: they count as dry runs, and would go unseen.</summary>
    public int FailedDryRuns { get; private set; }

    /// <summary>Gets how many changes real runs made.</summary>
    public long ChangesApplied { get; private set; }

    /// <summary>Gets how many bytes real runs freed.</summary>
    public long BytesFreed { get; private set; }

    /// <summary>Gets how many of them real runs freed in each storage class; STANDARD if the record of a run does not name it.</summary>
    public IReadOnlyDictionary<string, long> BytesFreedByClass => _bytesByClass;

    /// <summary>Gets how many bytes dry runs would have freed. Two dry runs in a row plan the same bytes twice.</summary>
    public long BytesPlanned { get; private set; }

    /// <summary>Gets how many items failed, in real and in dry runs.</summary>
    public long ItemErrors { get; private set; }

    /// <summary>Gets how long real runs took that were neither skipped nor cancelled.</summary>
    public DurationSketch RealDurations { get; } = new();

    /// <summary>Gets how long dry runs took that were neither skipped nor cancelled.</summary>
    public DurationSketch DryDurations { get; } = new();

    /// <summary>Gets how many runs had an outcome that speaks for or against the job: they succeeded, did so in part, or failed.</summary>
    public int Settled => this[RunKind.Succeeded] + this[RunKind.Partial] + this[RunKind.Failed];

    /// <summary>Gets the share of the settled runs that succeeded; <see langword="null"/> if none is settled.</summary>
    public double? SuccessRate => Settled == 0 ? null : (double)this[RunKind.Succeeded] / Settled;

    /// <summary>Gets how many runs are of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public int this[RunKind kind] => _runs[(int)kind];

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    public void Add(RunRecord run)
    {
        var kind = RunKinds.For(run);
        _runs[(int)kind]++;
        Runs++;
        ItemErrors += Math.Max(run.ItemErrorCount, run.Errors.Count);
        if (run.Status is not (JobStatus.Skipped or JobStatus.Cancelled))
        {
            (kind == RunKind.DryRun ? DryDurations : RealDurations).Add(run.DurationMs);
        }

        if (kind == RunKind.DryRun)
        {
            BytesPlanned += run.Changes.Bytes;
            FailedDryRuns += run.Status == JobStatus.Failed ? 1 : 0;
        }
        else
        {
            BytesFreed += run.Changes.Bytes;
            AddClasses(run.Changes);
            ChangesApplied += run.Changes.Applied;
        }
    }

    private void AddClasses(ChangesSummary changes)
    {
        var known = changes.BytesByClass ?? new Dictionary<string, long>();
        var rest = changes.Bytes - known.Values.Sum();
        foreach (var (name, bytes) in rest > 0 ? known.Append(new(Standard, rest)) : known)
        {
            _bytesByClass[name] = _bytesByClass.GetValueOrDefault(name) + bytes;
        }
    }
}

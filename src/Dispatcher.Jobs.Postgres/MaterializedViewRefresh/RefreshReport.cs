namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The outcome of each view, and the result that follows for the run.</summary>
internal sealed class RefreshReport
{
    private readonly List<string> _sentences = [];
    private readonly List<string> _notes = [];
    private Exception? _firstFailure;
    private int _done;
    private int _failed;
    private bool _isPlan;
    private bool _lostStatistics;

    /// <summary>Gets how many views are reported.</summary>
    public int Count => _sentences.Count;

    /// <summary>Gets how many views were skipped because another session works on them.</summary>
    public int Skipped { get; private set; }

    /// <summary>Gets a value indicating whether no view was refreshed or planned.</summary>
    public bool IsNothingDone => _done == 0;

    public void Plan(RefreshPlan plan)
    {
        _done++;
        _isPlan = true;
        _sentences.Add($"{plan.View} would be refreshed {plan.Kind}: {plan.Why}{Add(plan.MissingFigures)}");
    }

    public void Refreshed(RefreshPlan plan, RefreshOutcome measured)
    {
        _done++;
        var figures = string.Join(", ", measured.Statistics.Select(static figure => $"{figure.Key} {figure.Value}"));
        _sentences.Add($"{plan.View} refreshed {plan.Kind} in {measured.DurationMs} "
            + $"ms{(figures.Length > 0 ? $" ({figures})" : string.Empty)}"
                       + (plan.Concurrently ? string.Empty : $", because {plan.Why}")
                       + string.Concat(measured.Problems.Prepend(measured.MissingFigures).Select(Add)));
    }

    public void Skip(string reason)
    {
        Skipped++;
        _sentences.Add($"{reason}; skipped");
    }

    public void Fail(string error, Exception exception)
    {
        _failed++;
        _firstFailure ??= exception;
        _sentences.Add(error.TrimEnd('.'));
    }

    /// <summary>Adds a sentence about the run as a whole.</summary>
    public void Note(string? sentence)
    {
        if (sentence is not null)
        {
            _notes.Add(sentence.TrimEnd('.'));
        }
    }

    public void LoseStatistics() => _lostStatistics = true;

    /// <summary>
    /// Returns the run's result. If everything failed, it holds the first exception, so that a transient one is tried again.
    /// </summary>
    public JobResult Conclude() => this switch
    {
        { _failed: > 0, _done: 0 } => JobResult.Failed(Summarize(), _firstFailure),
        { _failed: > 0 } or { _lostStatistics: true } => JobResult.Partial(Summarize()),
        { _done: 0 } => JobResult.Skipped(Summarize()),
        { _isPlan: true } => JobResult.Planned(Summarize()),
        _ => JobResult.Succeeded(Summarize()),
    };

    /// <summary>Gets the sentences about all views and the run.</summary>
    public string Summarize() => string.Join(". ", _sentences.Concat(_notes)) + ".";

    private static string Add(string? note) => note is null ? string.Empty : $"; {note.TrimEnd('.')}";
}

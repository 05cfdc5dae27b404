using System.Globalization;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Collects what became of each view, and concludes how the run ended.</summary>
internal sealed class RefreshReport
{
    private readonly List<string> _sentences = [];
    private Exception? _firstFailure;
    private int _done;
    private int _failed;
    private bool _isPlan;
    private bool _lostStatistics;

    /// <summary>Gets how many views have been dealt with.</summary>
    public int Count => _sentences.Count;

    /// <summary>Gets how many views were left to another session.</summary>
    public int Skipped { get; private set; }

    /// <summary>Gets a value indicating whether no view was refreshed or planned.</summary>
    public bool IsNothingDone => _done == 0;

    public void Plan(RefreshPlan plan)
    {
        _done++;
        _isPlan = true;
        _sentences.Add($"{plan.View} would be refreshed {plan.Kind}: {plan.Why}");
    }

    public void Refreshed(RefreshPlan plan, RefreshOutcome measured)
    {
        _done++;
        var figures = string.Join(", ", measured.Statistics.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value}")));
        _sentences.Add($"{plan.View} refreshed {plan.Kind} in {measured.DurationMs} ms{(figures.Length > 0 ? $" ({figures})" : string.Empty)}"
                       + (plan.Concurrently ? string.Empty : $", because {plan.Why}"));
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

    public void LoseStatistics() => _lostStatistics = true;

    /// <summary>Concludes: nothing done and something failed is a failure, with its exception, so that a passing one is tried again.</summary>
    public JobResult Conclude()
    {
        var summary = string.Join(". ", _sentences) + ".";
        return this switch
        {
            { _failed: > 0, _done: 0 } => JobResult.Failed(summary, _firstFailure),
            { _failed: > 0 } or { _lostStatistics: true } => JobResult.Partial(summary),
            { _done: 0 } => JobResult.Skipped(summary),
            { _isPlan: true } => JobResult.Planned(summary),
            _ => JobResult.Succeeded(summary),
        };
    }
}

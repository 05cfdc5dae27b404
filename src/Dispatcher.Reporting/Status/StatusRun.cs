using Dispatcher.Text;

namespace Dispatcher.Reporting.Status;

/// <summary>A run, as far as a status shows it.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Status">How it ended.</param>
/// <param name="DryRun">Whether it only planned.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Summary">One sentence for a person; of a failed run, the error. Shortened.</param>
public sealed record StatusRun(
    string RunId, JobStatus Status, bool DryRun, DateTimeOffset StartedAt, TimeSpan Duration, string Summary)
{
    private const int MaxId = 80;
    private const int MaxSummary = 400;
    private const int MaxError = 160;

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset EndedAt => StartedAt + Duration;

    /// <summary>Gets a value indicating whether it did real work and has all of it done.</summary>
    public bool IsSuccess => Status == JobStatus.Succeeded && !DryRun;

    /// <summary>Gets how many items failed.</summary>
    internal long ItemErrors { get; init; }

    /// <summary>Gets the first item that failed and its error, shortened; <see langword="null"/> if the record has none.</summary>
    internal string? FirstError { get; init; }

    /// <summary>Gets a value indicating whether it took back what a run of another job has done.</summary>
    internal bool IsRestore { get; init; }

    /// <summary>Shortens a record.</summary>
    /// <param name="run">The record.</param>
    /// <returns>The run.</returns>
    public static StatusRun From(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new StatusRun(
            PrintableText.Truncate(run.RunId, MaxId),
            run.Status,
            run.DryRun || run.Status == JobStatus.Planned,
            run.StartedAt,
            TimeSpan.FromMilliseconds(Math.Max(0, run.DurationMs)),
            PrintableText.Truncate(run.Summary, MaxSummary))
        {
            ItemErrors = Math.Max(run.ItemErrorCount, run.Errors.Count),
            IsRestore = RestoreRun.Is(run),
            FirstError = run.Errors is [{ } first, ..] ? PrintableText.Truncate($"{first.Item}: {first.Error}", MaxError) : null,
        };
    }
}

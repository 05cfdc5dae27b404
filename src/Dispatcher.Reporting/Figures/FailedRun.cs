namespace Dispatcher.Reporting.Figures;

/// <summary>A failed run as listed by the report.</summary>
/// <param name="Job">The job.</param>
/// <param name="RunId">The run.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Attempts">How often the job was tried.</param>
/// <param name="DryRun">Whether it was to plan only.</param>
/// <param name="Error">What failed, shortened.</param>
public sealed record FailedRun(
    string Job, string RunId, DateTimeOffset StartedAt, long DurationMs, int Attempts, bool DryRun, string Error);

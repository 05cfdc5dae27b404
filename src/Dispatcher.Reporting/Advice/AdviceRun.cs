namespace Dispatcher.Reporting.Advice;

/// <summary>A run, as far as the advice needs it.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="FoundWork">Whether it found work.</param>
/// <param name="GigabyteSeconds">Its use of Lambda, if it is known.</param>
internal sealed record AdviceRun(DateTimeOffset StartedAt, bool FoundWork, double? GigabyteSeconds)
{
    private const double MegabyteMillisecondsPerGigabyteSecond = 1024.0 * 1000.0;

    /// <summary>Reads a run.</summary>
    /// <param name="run">The record.</param>
    /// <returns>The run; <see langword="null"/> if it does not show whether there was work.</returns>
    public static AdviceRun? From(RunRecord run)
    {
        bool? found = run switch
        {
            { Shards: not null } or { DryRun: true } or { Holder: not null } or { Original: not null } => null,
            { Status: JobStatus.Failed or JobStatus.Cancelled or JobStatus.Planned } => null,
            { Status: JobStatus.Partial or JobStatus.Continued } => true,
            { Status: JobStatus.Skipped } => false,
            _ => run.Changes.Proposed > 0,
        };
        return found is { } work
            ? new AdviceRun(
                run.StartedAt, work, run.MemoryMegabytes * run.DurationMs / MegabyteMillisecondsPerGigabyteSecond)
            : null;
    }
}

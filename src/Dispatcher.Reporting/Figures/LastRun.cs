namespace Dispatcher.Reporting.Figures;

/// <summary>The start and the outcome of a run.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Kind">
/// Its kind. A dry run that failed or was cancelled counts as such here: while a function only plans, nothing else shows one.
/// </param>
public sealed record LastRun(DateTimeOffset StartedAt, RunKind Kind)
{
    /// <summary>Gets the later of two runs.</summary>
    /// <param name="known">The latest run so far, if any.</param>
    /// <param name="run">The other.</param>
    /// <returns>The later run.</returns>
    public static LastRun Later(LastRun? known, RunRecord run) =>
        known is not null && known.StartedAt >= run.StartedAt ? known : new LastRun(
            run.StartedAt, run.Status switch
            {
                JobStatus.Failed => RunKind.Failed,
                JobStatus.Cancelled => RunKind.Cancelled,
                _ => RunKinds.For(run),
            });
}

using Dispatcher.Telemetry;

namespace Dispatcher.Reporting.Figures;

/// <summary>Is when a run began, and how it ended.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Kind">Of which kind it is. A dry run that failed is a failure here: while a function only plans, there is no other sign of one.</param>
internal sealed record LastRun(DateTimeOffset StartedAt, RunKind Kind)
{
    /// <summary>Takes the later one of two runs.</summary>
    /// <param name="known">The one, if there is any yet.</param>
    /// <param name="run">The other.</param>
    /// <returns>The later one.</returns>
    public static LastRun Later(LastRun? known, JobRunSummary run) =>
        known is not null && known.StartedAt >= run.StartedAt ? known : new LastRun(run.StartedAt, run.Status == JobStatus.Failed ? RunKind.Failed : RunKinds.For(run));
}

namespace Dispatcher.Declarations;

/// <summary>An alarm that is raised if the sum of metrics within a time is above a threshold.</summary>
/// <param name="Name">The name of the alarm after that of the job, kebab-case: <c>errors</c>.</param>
/// <param name="Metrics">The metrics that are added up: standard ones, the job's own, or counts.</param>
/// <param name="Threshold">The largest sum that raises no alarm.</param>
/// <param name="Within">The time over which the metrics are added up.</param>
/// <param name="Description">The description; <see langword="null"/>: one that is derived from the rest.</param>
public sealed record DeclaredAlarm(
    string Name, IReadOnlyList<string> Metrics, double Threshold, TimeSpan Within, string? Description);

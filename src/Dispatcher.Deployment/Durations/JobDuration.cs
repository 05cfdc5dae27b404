namespace Dispatcher.Deployment.Durations;

/// <summary>The duration of a job's past runs.</summary>
/// <param name="Runs">The number of runs.</param>
/// <param name="Usual">The 95th percentile; with few runs the longest.</param>
public sealed record JobDuration(int Runs, TimeSpan Usual);

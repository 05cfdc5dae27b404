namespace Dispatcher.Deployment.Durations;

/// <summary>Is how long the runs of a job took.</summary>
/// <param name="Runs">How many runs there were.</param>
/// <param name="Usual">What 95 of 100 runs stay within; of a few runs the longest.</param>
internal sealed record JobDuration(int Runs, TimeSpan Usual);

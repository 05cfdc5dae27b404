namespace Dispatcher.Leases;

/// <summary>The times of a lease.</summary>
/// <param name="Duration">How long it lasts from the moment of its last renewal.</param>
internal readonly record struct LeaseTimes(TimeSpan Duration)
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(5);

    /// <summary>Gets the pause between two renewals.</summary>
    public TimeSpan Interval => Duration / 3;

    /// <summary>Gets the pause after a renewal that failed.</summary>
    public TimeSpan RetryPause => Duration / 20;

    /// <summary>
    /// Gets how long before its end a run does not rely on a lease any more: a change that has begun takes time, and clocks differ.
    /// </summary>
    public TimeSpan Margin => Duration / 5 < LongestMargin ? Duration / 5 : LongestMargin;
}

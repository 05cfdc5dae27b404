namespace Dispatcher.Reporting.Advice;

/// <summary>A schedule that costs less.</summary>
/// <param name="Expression">The expression, in UTC.</param>
/// <param name="LongestWait">The longest time that work waits for the next run.</param>
/// <param name="RunsPerMonth">The runs of a month of 730 hours.</param>
/// <param name="SavedRunsPerMonth">The runs that are saved in a month.</param>
public sealed record ScheduleOption(string Expression, TimeSpan LongestWait, double RunsPerMonth, double SavedRunsPerMonth)
{
    /// <summary>Gets the average time that the work of the history would have waited, at most.</summary>
    /// <value>The default value is <see langword="null"/>: no run found work.</value>
    public TimeSpan? AverageWait { get; init; }

    /// <summary>
    /// Gets the GB-seconds of Lambda that are saved in a month: those of the empty runs that there are fewer of. Runs that find work take
    /// longer when they are rarer, so that nothing is counted for them.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the records have no memory, or no run was empty.</value>
    public double? SavedGigabyteSecondsPerMonth { get; init; }
}

namespace Dispatcher.Reporting.Status;

/// <summary>The rhythm of a job without a known schedule, as its runs show it.</summary>
/// <param name="Usual">The usual time between two runs.</param>
/// <param name="Allowed">The longest silence that is still usual.</param>
internal sealed record RunRhythm(TimeSpan Usual, TimeSpan Allowed)
{
    /// <summary>Fewer intervals are not a rhythm.</summary>
    private const int LeastIntervals = 4;

    /// <summary>So many irregular intervals show at least how long a silence can be.</summary>
    private const int LeastIrregularIntervals = 10;

    /// <summary>The share of the intervals that are the same in a rhythm. A schedule of weekdays keeps it.</summary>
    private const double Share = 0.7;

    private const double Tolerance = 0.1;
    private static readonly TimeSpan LeastTolerance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(30);

    /// <summary>Finds the rhythm.</summary>
    /// <param name="starts">The starts of the runs, newest first.</param>
    /// <returns>The rhythm; <see langword="null"/> if the runs have none.</returns>
    public static RunRhythm? Find(IEnumerable<(DateTimeOffset At, bool ByHand)> starts)
    {
        var all = starts.ToList();
        return Regular(Intervals([.. all.Select(static start => start.At)]))
            ?? Irregular(Intervals([.. all.Where(static start => !start.ByHand).Select(static start => start.At)]));
    }

    private static RunRhythm? Regular(List<TimeSpan> intervals)
    {
        if (intervals.Count < LeastIntervals)
        {
            return null;
        }

        var median = intervals.Order().ElementAt(intervals.Count / 2);
        var tolerance = median * Tolerance > LeastTolerance ? median * Tolerance : LeastTolerance;
        return median >= LeastInterval && intervals.Count(one => (one - median).Duration() <= tolerance) >= Share * intervals.Count
            ? new RunRhythm(median, intervals.Max() + (median / 2))
            : null;
    }

    /// <summary>Nobody who starts a job by hand owes another run, so that only delivered slots count.</summary>
    private static RunRhythm? Irregular(List<TimeSpan> intervals) => intervals.Count < LeastIrregularIntervals
        ? null
        : new RunRhythm(intervals.Order().ElementAt(intervals.Count / 2), intervals.Max() * 3);

    private static List<TimeSpan> Intervals(DateTimeOffset[] starts) =>
        [.. starts.Zip(starts.Skip(1), static (newer, older) => newer - older)];
}

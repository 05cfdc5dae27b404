namespace Dispatcher.Reporting.Figures;

/// <summary>
/// A compact distribution of durations: counts in bins, each 1 % wider than the one before, in memory that does not grow with the number
/// of runs. A percentile is off by at most 0.5 %; the shortest and the longest duration are exact.
/// </summary>
public sealed class DurationSketch
{
    private const double Growth = 1.01;
    private static readonly double LogGrowth = Math.Log(Growth);

    private readonly SortedDictionary<int, long> _bins = [];
    private long _shortest = long.MaxValue;

    /// <summary>Gets how many durations there are.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the longest duration in milliseconds; 0 if there is none.</summary>
    public long Longest { get; private set; }

    /// <summary>Gets the median in milliseconds.</summary>
    /// <exception cref="InvalidOperationException">No duration was added.</exception>
    public long Median => Percentile(0.5);

    /// <summary>Gets the 95th percentile in milliseconds.</summary>
    /// <exception cref="InvalidOperationException">No duration was added.</exception>
    public long Percentile95 => Percentile(0.95);

    /// <summary>Adds a duration.</summary>
    /// <param name="milliseconds">The duration; below zero, which a clock that was set back can bring about, counts as zero.</param>
    public void Add(long milliseconds)
    {
        milliseconds = Math.Max(0, milliseconds);
        var bin = milliseconds == 0 ? -1 : (int)Math.Ceiling(Math.Log(milliseconds) / LogGrowth);
        _bins[bin] = _bins.GetValueOrDefault(bin) + 1;
        Count++;
        _shortest = Math.Min(_shortest, milliseconds);
        Longest = Math.Max(Longest, milliseconds);
    }

    /// <summary>Finds the duration that a share of the runs did not exceed (nearest rank).</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <returns>Milliseconds.</returns>
    /// <exception cref="InvalidOperationException">No duration was added.</exception>
    public long Percentile(double share)
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("No duration was added, so there is no percentile. Ask for Count first.");
        }

        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        if (rank == Count)
        {
            return Longest;
        }

        var seen = 0L;
        var bin = _bins.First(pair => (seen += pair.Value) >= rank).Key;
        return bin < 0 ? 0 : Math.Clamp(Middle(bin), _shortest, Longest);
    }

    /// <summary>Gets the value from which both ends of a bin are equally far, in per cent.</summary>
    private static long Middle(int bin) => (long)Math.Round(2 * Math.Pow(Growth, bin) / (Growth + 1));
}

namespace Dispatcher.Tool.Commands.Reporting;

/// <summary>A chart of counts over time in one line of text.</summary>
internal static class Sparkline
{
    private const int MaxLength = 24;
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const string PlainBars = ".:-=+*#@";

    /// <summary>Draws counts.</summary>
    /// <param name="counts">The counts, oldest first; neighbours are added up if there are more than fit.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    /// <returns>A bar for each count, the highest for the largest; a blank for 0.</returns>
    public static string Draw(IReadOnlyList<int> counts, bool unicode)
    {
        var perBar = Math.Max(1, (counts.Count + MaxLength - 1) / MaxLength);
        // From the end, so that the last bar is as much time as the others.
        var sums = counts.Reverse().Chunk(perBar).Select(chunk => chunk.Sum(static count => (long)count)).Reverse().ToList();
        var (bars, largest) = (unicode ? Bars : PlainBars, sums.Max());
        return string.Concat(sums.Select(sum => sum == 0 ? ' ' : bars[(int)((sum * bars.Length - 1) / largest)]));
    }
}

using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Charts;

/// <summary>A vertical axis from zero to a round number.</summary>
/// <param name="Top">The value at the top.</param>
/// <param name="Format">Formats a value.</param>
internal sealed record Scale(double Top, Func<double, string> Format)
{
    private const double Height = 100;

    private static readonly double[] RoundParts = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

    /// <summary>Durations that read well, and whose halves do; beyond a day any number of days does.</summary>
    private static readonly double[] RoundDurations =
    [
        10, 20, 30, 40, 60, 80, 100, 200, 300, 400, 600, 800, 1000, 2000, 3000, 4000, 6000, 8000, 10_000, 20_000, 30_000, 40_000, 60_000,
        120_000, 180_000, 240_000, 360_000, 480_000, 600_000, 900_000, 1_200_000, 1_800_000, 2_400_000, 3_600_000, 7_200_000, 14_400_000,
        28_800_000, 43_200_000, 86_400_000,
    ];

    /// <summary>Creates a scale of whole things.</summary>
    /// <param name="largest">The largest value to show.</param>
    /// <returns>The scale; a value that is not whole has no word.</returns>
    public static Scale OfCounts(double largest) => new(Round(largest), FigureFormat.WholeCount);

    /// <summary>Creates a scale of bytes.</summary>
    /// <param name="largest">The largest value to show.</param>
    /// <returns>The scale.</returns>
    public static Scale OfBytes(double largest) => new(Round(largest), FigureFormat.RoundBytes);

    /// <summary>Creates a scale of durations.</summary>
    /// <param name="largest">The largest value to show, in milliseconds.</param>
    /// <returns>The scale.</returns>
    public static Scale OfDurations(double largest)
    {
        var top = RoundDurations.FirstOrDefault(step => step >= largest);
        return new Scale(top > 0 ? top : Math.Ceiling(largest / RoundDurations[^1]) * RoundDurations[^1], FigureFormat.RoundDuration);
    }

    /// <summary>Finds the height of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The distance from the top, from 0 to 100.</returns>
    public double Y(double value) => Height - (Math.Min(value, Top) / Top * Height);

    private static double Round(double largest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, largest))));
        return RoundParts.Select(part => part * power).FirstOrDefault(top => top >= largest && double.IsInteger(top), 10 * power);
    }
}

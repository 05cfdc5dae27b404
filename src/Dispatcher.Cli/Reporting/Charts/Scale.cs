using Dispatcher.Cli.Reporting.Html;

namespace Dispatcher.Cli.Reporting.Charts;

/// <summary>Is a vertical axis from zero to a round number, with a word for each value.</summary>
/// <param name="Top">The value at the top.</param>
/// <param name="Word">Words a value.</param>
internal sealed record Scale(double Top, Func<double, string> Word)
{
    private const double Height = 100;

    private static readonly double[] RoundParts = [1, 2, 4, 6, 8, 10];

    /// <summary>Round durations, whose halves are round as well; beyond a day any number of days is.</summary>
    private static readonly double[] RoundDurations =
    [
        10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10_000, 20_000, 30_000, 60_000, 120_000, 240_000, 600_000, 1_200_000, 2_400_000,
        3_600_000, 7_200_000, 14_400_000, 28_800_000, 43_200_000, 86_400_000,
    ];

    /// <summary>Makes a scale of whole things.</summary>
    /// <param name="largest">The largest value to show.</param>
    /// <returns>The scale.</returns>
    public static Scale OfCounts(double largest) => new(Math.Max(2, Round(largest, 10)), Wording.RoundCount);

    /// <summary>Makes a scale of bytes.</summary>
    /// <param name="largest">The largest value to show.</param>
    /// <returns>The scale.</returns>
    public static Scale OfBytes(double largest) => new(Round(largest, 10), Wording.RoundBytes);

    /// <summary>Makes a scale of durations.</summary>
    /// <param name="largest">The largest value to show, in milliseconds.</param>
    /// <returns>The scale.</returns>
    public static Scale OfDurations(double largest)
    {
        var top = RoundDurations.FirstOrDefault(step => step >= largest);
        return new Scale(top > 0 ? top : Math.Ceiling(largest / RoundDurations[^1]) * RoundDurations[^1], Wording.RoundDuration);
    }

    /// <summary>Finds the height of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The distance from the top, from 0 to 100.</returns>
    public double Y(double value) => Height - (Math.Min(value, Top) / Top * Height);

    private static double Round(double largest, double radix)
    {
        var power = Math.Pow(radix, Math.Floor(Math.Log(Math.Max(1, largest), radix)));
        return RoundParts.Select(part => part * power).FirstOrDefault(top => top >= largest, radix * power);
    }
}

using System.Globalization;
using System.Text;

namespace Dispatcher.Reporting.Charts;

/// <summary>Shapes of one style combined in one SVG path, which costs a few bytes per shape.</summary>
internal sealed class DrawingPath
{
    private const int BarGap = 1;

    private readonly StringBuilder _data = new();

    /// <summary>Gets a value indicating whether nothing was drawn.</summary>
    public bool IsEmpty => _data.Length == 0;

    /// <summary>Adds a bar that fills a step but for a gap.</summary>
    /// <param name="x">Where the step begins.</param>
    /// <param name="top">The bar's upper end.</param>
    /// <param name="bottom">Its lower end.</param>
    public void AddBar(int x, double top, double bottom) => _data.Append(
        CultureInfo.InvariantCulture,
        $"M{x + BarGap} {bottom:0.##}V{top:0.##}h{TimeAxis.StepWidth - (2 * BarGap)}V{bottom:0.##}z");

    /// <summary>Adds a dot; the path's line needs round ends.</summary>
    /// <param name="x">Where the step begins.</param>
    /// <param name="y">The dot's height.</param>
    public void AddDot(int x, double y) => _data.Append(CultureInfo.InvariantCulture, $"M{x + (TimeAxis.StepWidth / 2)} {y:0.##}h.01");

    /// <summary>Adds a vertical line in the middle of a step.</summary>
    /// <param name="x">Where the step begins.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="bottom">Its lower end.</param>
    public void AddLine(int x, double top, double bottom) => _data.Append(
        CultureInfo.InvariantCulture, $"M{x + (TimeAxis.StepWidth / 2)} {top:0.##}V{bottom:0.##}");

    /// <summary>Gets the path's data.</summary>
    /// <returns>The attribute <c>d</c>.</returns>
    public override string ToString() => _data.ToString();
}

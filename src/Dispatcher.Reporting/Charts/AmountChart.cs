using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Charts;

/// <summary>A chart of one amount over time, of all jobs together.</summary>
/// <param name="Caption">What it is.</param>
/// <param name="CssClass">How its bars look.</param>
/// <param name="Amount">Gets the amount from the figures of a step.</param>
/// <param name="ScaleOf">Makes the axis for the largest one.</param>
/// <param name="Format">Formats an amount.</param>
internal sealed record AmountChart(
    string Caption, string CssClass, Func<RunTally, long> Amount, Func<double, Scale> ScaleOf, Func<long, string> Format)
{
    /// <summary>Writes the chart, or nothing if the amount is 0 in the whole period.</summary>
    /// <param name="frame">The output.</param>
    /// <param name="all">All jobs together.</param>
    public void Write(ChartFrame frame, JobActivity all)
    {
        var amounts = frame.Time.Steps
            .Select(step => (Step: step, Amount: all[step] is { } tally ? Amount(tally) : 0))
            .Where(step => step.Amount > 0)
            .ToList();
        if (amounts.Count == 0)
        {
            return;
        }

        var scale = ScaleOf(amounts.Max(step => step.Amount));
        frame.Write(
            $"{Caption} per {frame.Time.Unit}",
            $"{Format(Amount(all.Total))} in all, at most {Format(amounts.Max(step => step.Amount))} in one {frame.Time.Unit}.",
            scale,
            hasLane: false,
            () =>
            {
                var bars = new DrawingPath();
                amounts.ForEach(step => bars.AddBar(frame.Time.X(step.Step), scale.Y(step.Amount), scale.Y(0)));
                frame.Page.Write($"""<path class="{CssClass}" d="{bars.ToString()}"/>""");
                amounts.ForEach(step => frame.WriteTip(step.Step, Format(step.Amount)));
            });
    }
}

using Dispatcher.Reporting.Figures;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Charts;

/// <summary>A chart of a job's durations over time: a dot for the median, a line up to the 95th percentile.</summary>
internal static class DurationChart
{
    /// <summary>Writes the chart.</summary>
    /// <param name="frame">The output.</param>
    /// <param name="job">The job; at least one run did something.</param>
    public static void Write(ChartFrame frame, JobActivity job)
    {
        var points = frame.Time.Steps
            .Select(step => (Step: step, Durations: job[step] is { } tally ? job.DurationsOf(tally) : null))
            .Where(point => point.Durations is { Count: > 0 })
            .Select(point => (point.Step, Median: point.Durations!.Median, High: point.Durations!.Percentile95, point.Durations!.Longest))
            .ToList();
        var scale = Scale.OfDurations(points.Max(point => point.High));
        frame.Write(
            job.OnlyPlans ? "Duration of dry runs" : "Duration",
            $"{job.Name}: {Describe(job.Durations.Median, job.Durations.Percentile95, job.Durations.Longest)}.",
            scale,
            hasLane: true,
            () =>
            {
                var (lines, dots) = (new DrawingPath(), new DrawingPath());
                foreach (var (step, median, high, _) in points)
                {
                    lines.AddLine(frame.Time.X(step), scale.Y(high), scale.Y(median));
                    dots.AddDot(frame.Time.X(step), scale.Y(median));
                }

                frame.Page.Write($"""<path class="band" d="{lines.ToString()}"/><path class="median" d="{dots.ToString()}"/>""");
                foreach (var (step, median, high, longest) in points)
                {
                    frame.WriteTip(step, Describe(median, high, longest));
                }
            });
    }

    private static string Describe(long median, long high, long longest) =>
        $"median {Quantity.Duration(median)}, p95 {Quantity.Duration(high)}, longest {Quantity.Duration(longest)}";
}

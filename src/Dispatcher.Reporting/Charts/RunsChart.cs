using Dispatcher.Reporting.Figures;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Charts;

/// <summary>
/// A chart of a job's runs over time, stacked by outcome. Steps with a failure are also marked below the axis: one failure among 1,440
/// runs of a day is an invisible bar.
/// </summary>
internal static class RunsChart
{
    private const double Lane = ChartFrame.Height + (ChartFrame.LaneHeight * 0.6);

    /// <summary>Writes the chart.</summary>
    /// <param name="frame">The output.</param>
    /// <param name="job">The job.</param>
    public static void Write(ChartFrame frame, JobActivity job)
    {
        var scale = Scale.OfCounts(frame.Time.Steps.Max(step => job[step]?.Runs ?? 0));
        frame.Write(
            $"Runs per {frame.Time.Unit}",
            $"{job.Name}: {Describe(job.Total)}.",
            scale,
            hasLane: true,
            () =>
            {
                foreach (var kind in RunKinds.All)
                {
                    WriteKind(frame, job, scale, kind);
                }

                WriteMarks(frame, job);
                WriteTips(frame, job);
            });
    }

    /// <summary>Counts runs by how they ended.</summary>
    /// <param name="tally">The runs.</param>
    /// <returns><c>1,438 succeeded, 2 failed</c>.</returns>
    public static string Describe(RunTally tally) => string.Join(
        ", ",
        RunKinds.All.Where(kind => tally[kind] > 0).Select(kind =>
            kind == RunKind.DryRun ? Quantity.Count(tally[kind], kind.Name()) : $"{Quantity.Number(tally[kind])} {kind.Name()}"));

    private static void WriteKind(ChartFrame frame, JobActivity job, Scale scale, RunKind kind)
    {
        var bars = new DrawingPath();
        foreach (var step in frame.Time.Steps)
        {
            if (job[step] is { } tally && tally[kind] > 0)
            {
                var below = RunKinds.All.TakeWhile(other => other < kind).Sum(other => tally[other]);
                bars.AddBar(frame.Time.X(step), scale.Y(below + tally[kind]), scale.Y(below));
            }
        }

        if (!bars.IsEmpty)
        {
            frame.Page.Write($"""<path class="{kind.CssClass()}" d="{bars.ToString()}"/>""");
        }
    }

    private static void WriteMarks(ChartFrame frame, JobActivity job)
    {
        var marks = new DrawingPath();
        foreach (var step in frame.Time.Steps.Where(step => job[step]?[RunKind.Failed] > 0))
        {
            marks.AddDot(frame.Time.X(step), Lane);
        }

        if (!marks.IsEmpty)
        {
            frame.Page.Write($"""<path class="mark" d="{marks.ToString()}"/>""");
        }
    }

    private static void WriteTips(ChartFrame frame, JobActivity job)
    {
        foreach (var step in frame.Time.Steps)
        {
            if (job[step] is { } tally)
            {
                frame.WriteTip(step, Describe(tally));
            }
        }
    }
}

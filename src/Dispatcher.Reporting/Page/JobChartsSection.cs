using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>
/// The section of charts: runs and durations of each job, side by side and each with its own scale, and the figures behind them.
/// </summary>
internal static class JobChartsSection
{
    /// <summary>Writes them.</summary>
    /// <param name="frame">The output.</param>
    /// <param name="activity">The figures.</param>
    public static void Write(ChartFrame frame, Activity activity)
    {
        var page = frame.Page;
        page.WriteConstant("<section aria-labelledby=\"time\"><h2 id=\"time\">Over time</h2>\n");
        WriteLegend(page, activity);
        foreach (var job in activity.Jobs)
        {
            page.Write($"""<article class="job"><h3><bdi>{job.Name}</bdi> <small>{RunsChart.Describe(job.Total)}</small></h3>""");
            page.WriteConstant("<div class=\"charts\">");
            RunsChart.Write(frame, job);
            if (job.Durations.Count > 0)
            {
                DurationChart.Write(frame, job);
            }

            page.WriteConstant("</div>");
            WriteFigures(page, frame.Time, job);
            page.WriteConstant("</article>\n");
        }

        page.WriteConstant("</section>\n");
    }

    private static void WriteLegend(MarkupWriter page, Activity activity)
    {
        page.WriteConstant("""
            <svg class="definitions" xmlns="http://www.w3.org/2000/svg" width="0" height="0" aria-hidden="true"><defs>
            <pattern id="stripes" width="4" height="5" patternUnits="userSpaceOnUse">
            <path class="pale stripe" d="M0 0h4v5h-4z"/><path class="stripe" d="M0 0h4v2h-4z"/></pattern></defs></svg>
            <ul class="legend">
            """);
        foreach (var kind in JobTableSection.KindsOf(activity))
        {
            page.WriteConstant("""<li><svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" aria-hidden="true">""");
            page.Write($"""<path class="{kind.CssClass()}" d="M0 0h12v12h-12z"/></svg>{kind.Name()}</li>""");
        }

        page.WriteConstant("""
            <li><span class="dot failed" aria-hidden="true"></span>a run failed</li>
            <li><span class="dot median" aria-hidden="true"></span>median, with a line to p95</li>
            </ul>

            """);
    }

    private static void WriteFigures(MarkupWriter page, TimeAxis time, JobActivity job)
    {
        var kinds = RunKinds.All.Where(kind => job.Total[kind] > 0).ToList();
        page.Write($"""<details><summary>Figures per {time.Unit}<span class="word"> of {job.Name}</span></summary>""");
        page.Write($"""<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">{FigureFormat.Heading(time.Unit)}</th>""");
        JobTableSection.WriteNumberHeadings(page, [.. kinds.Select(kind => FigureFormat.Heading(kind.Name()))]);
        JobTableSection.WriteNumberHeadings(page, "Median", "p95", "Longest", "Item errors", "Freed", "Planned");
        page.WriteConstant("</tr></thead><tbody>");
        foreach (var step in time.Steps.Reverse())
        {
            if (job[step] is { } tally)
            {
                page.Write($"""<tr><th scope="row">{time.Name(step)}</th>""");
                kinds.ForEach(kind => page.Write($"<td>{Quantity.Number(tally[kind])}</td>"));
                WriteDurations(page, job.DurationsOf(tally));
                page.Write($"<td>{Quantity.Number(tally.ItemErrors)}</td>");
                page.Write(
                    $"<td>{FigureFormat.RoundBytes(tally.BytesFreed)}</td><td>{FigureFormat.RoundBytes(tally.BytesPlanned)}</td></tr>");
            }
        }

        page.WriteConstant("</tbody></table></div></details>");
    }

    private static void WriteDurations(MarkupWriter page, DurationSketch durations)
    {
        if (durations.Count == 0)
        {
            page.WriteConstant("<td>–</td><td>–</td><td>–</td>");
            return;
        }

        page.Write($"<td>{Quantity.Duration(durations.Median)}</td>");
        page.Write($"<td>{Quantity.Duration(durations.Percentile95)}</td>");
        page.Write($"<td>{Quantity.Duration(durations.Longest)}</td>");
    }
}

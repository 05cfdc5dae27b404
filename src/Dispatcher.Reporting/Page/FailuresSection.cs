using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The section of failures: the number per job, and the latest failed runs with their errors.</summary>
internal static class FailuresSection
{
    private const int MaxInView = 6;

    /// <summary>Writes them.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        var activity = view.Activity;
        page.WriteConstant("<section aria-labelledby=\"failures\"><h2 id=\"failures\">Failures</h2>\n");
        if (activity.Failures.Count == 0)
        {
            page.WriteConstant("<p class=\"quiet\">No run failed.</p></section>\n");
            return;
        }

        page.WriteConstant("<div class=\"failures\">");
        WriteCounts(page, activity);
        WriteRuns(page, view);
        page.WriteConstant("</div></section>\n");
    }

    private static int FailuresOf(JobActivity job) => job.Total[RunKind.Failed] + job.Total.FailedDryRuns;

    private static void WriteCounts(MarkupWriter page, Activity activity)
    {
        var jobs = activity.Jobs.Where(job => FailuresOf(job) > 0).OrderByDescending(FailuresOf).ToList();
        page.WriteConstant("""
            <table class="counts"><thead><tr><th scope="col">Job</th><th scope="col" class="n">Failed</th><td></td></tr></thead><tbody>

            """);
        foreach (var job in jobs)
        {
            page.Write($"""<tr><th scope="row"><bdi>{job.Name}</bdi></th><td class="n">{Quantity.Number(FailuresOf(job))}</td>""");
            var width = 100.0 * FailuresOf(job) / FailuresOf(jobs[0]);
            page.Write($"""<td class="bar" aria-hidden="true"><span style="width:{width}%"></span></td></tr>""");
        }

        page.WriteConstant("</tbody></table>\n");
    }

    private static void WriteRuns(MarkupWriter page, ReportContent view)
    {
        var activity = view.Activity;
        var all = activity.All;
        var count = FailuresOf(all);
        var which = count > activity.Failures.Count ? $"The latest {activity.Failures.Count} of {Quantity.Number(count)}" : "All of them";
        page.Write($"<div><h3>{which}, newest first</h3>");
        WriteList(page, activity.Timeline, activity.Failures.Take(MaxInView));
        if (activity.Failures.Count > MaxInView)
        {
            page.Write($"<details><summary>{activity.Failures.Count - MaxInView} more</summary>");
            WriteList(page, activity.Timeline, activity.Failures.Skip(MaxInView));
            page.WriteConstant("</details>");
        }

        page.Write($"""<p class="quiet">The record of a run: <code>{view.Tool} show RUN_ID</code></p></div>""");
        page.WriteConstant("\n");
    }

    private static void WriteList(MarkupWriter page, Timeline timeline, IEnumerable<FailedRun> runs)
    {
        page.WriteConstant("<ol>");
        foreach (var run in runs)
        {
            var attempts = run.Attempts > 1 ? $", {run.Attempts} attempts" : string.Empty;
            var dryRun = run.DryRun ? ", dry run" : string.Empty;
            page.Write($"""<li><p class="run"><strong><bdi>{run.Job}</bdi></strong> """);
            page.Write($"""<time datetime="{run.StartedAt}">{timeline.Format(run.StartedAt, "ddd d MMM yyyy, HH:mm:ss")}</time>""");
            page.Write($""" after {Quantity.Duration(run.DurationMs)}{attempts}{dryRun} <code>{run.RunId}</code></p>""");
            page.Write($"""<p class="error"><bdi>{run.Error}</bdi></p></li>""");
            page.WriteConstant("\n");
        }

        page.WriteConstant("</ol>");
    }
}

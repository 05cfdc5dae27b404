using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The first section of the page: the health of each job now, those that need a person first.</summary>
internal static class StatusSection
{
    private const int MaxName = 80;
    private const string TimeFormat = "d MMM, HH:mm";

    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        if (view.Board.Jobs.Count == 0)
        {
            return;
        }

        page.WriteConstant("""
            <section aria-labelledby="status"><h2 id="status">Status</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="status"><table class="jobs board">
            <thead><tr><th scope="col">Job</th><th scope="col">Verdict</th><th scope="col">Why, and what to do</th>
            <th scope="col">Last run</th><th scope="col">Last success</th><th scope="col">Next</th></tr></thead>
            <tbody>

            """);
        foreach (var job in view.Board.Jobs)
        {
            WriteRow(page, view, job);
        }

        page.WriteConstant("</tbody></table></div></section>\n");
    }

    /// <summary>Gets the class that gives a verdict its colour.</summary>
    /// <param name="job">The job.</param>
    /// <returns>The class of the kind of runs that looks the same.</returns>
    internal static string CssClass(JobHealth job) => job.Verdict switch
    {
        JobVerdict.Failing or JobVerdict.Overdue => "failed",
        _ when job.NeedsPerson => "partial",
        JobVerdict.Running => "continued",
        JobVerdict.Well => "succeeded",
        _ => "skipped",
    };

    private static void WriteRow(MarkupWriter page, ReportContent view, JobHealth job)
    {
        var timeline = view.Activity.Timeline;
        page.Write($"""<tr><th scope="row"><bdi>{PrintableText.Truncate(job.Job, MaxName)}</bdi></th>""");
        page.Write($"""<td><span class="status {CssClass(job)}"><span class="symbol" aria-hidden="true">{job.Verdict.Symbol()}</span>""");
        page.Write($"""{job.Verdict.Name()}</span></td><td class="why"><bdi>{job.Reason}</bdi>""");
        foreach (var run in job.Running.Where(_ => job.Verdict != JobVerdict.Running))
        {
            page.Write($"""<br/>running: {PrintableText.Truncate(run.RunId, MaxName)} since {timeline.Format(run.Since, TimeFormat)}""");
        }

        if (job.NextCommand is { } command)
        {
            page.Write($"""<br/><code>{view.Tool} {command}</code>""");
        }

        page.WriteConstant("</td><td>");
        WriteTime(page, timeline, job.LastRun?.StartedAt);
        page.WriteConstant("</td><td>");
        WriteTime(page, timeline, job.LastSuccess?.StartedAt);
        page.WriteConstant("</td><td>");
        WriteTime(page, timeline, job.Next, job.IsNextApproximate ? "about " : string.Empty);
        page.WriteConstant("</td></tr>\n");
    }

    private static void WriteTime(MarkupWriter page, Timeline timeline, DateTimeOffset? time, string before = "")
    {
        if (time is { } known)
        {
            page.Write($"""{before}<time datetime="{known}">{timeline.Format(known, TimeFormat)}</time>""");
        }
        else
        {
            page.WriteConstant("–");
        }
    }
}

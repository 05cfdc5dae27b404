using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The section with the table of jobs.</summary>
internal static class JobTableSection
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="activity">The figures.</param>
    public static void Write(MarkupWriter page, Activity activity)
    {
        var kinds = KindsOf(activity);
        page.WriteConstant("""
            <section aria-labelledby="jobs"><h2 id="jobs">Jobs</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="jobs"><table class="jobs">
            <thead><tr><th scope="col">Job</th><th scope="col">Last run</th><th scope="col">Last success</th>
            <th scope="col" class="n">Runs</th>
            """);
        foreach (var kind in kinds)
        {
            page.Write($"""<th scope="col" class="n"><span class="{kind.CssClass()} symbol" aria-hidden="true">{kind.Symbol()}</span> """);
            page.Write($"{FigureFormat.Heading(kind.Name())}</th>");
        }

        WriteNumberHeadings(page, "Success rate", "Median", "p95", "Longest", "Item errors", "Changes", "Freed");
        page.WriteConstant("</tr></thead>\n<tbody>\n");
        foreach (var job in activity.Jobs)
        {
            WriteRow(page, activity.Timeline, job, kinds);
        }

        page.WriteConstant("</tbody></table></div></section>\n");
    }

    /// <summary>Leaves out the kinds that do not occur, but for the two that are looked for.</summary>
    /// <param name="activity">The figures.</param>
    /// <returns>The kinds to show.</returns>
    public static IReadOnlyList<RunKind> KindsOf(Activity activity) =>
        [.. RunKinds.All.Where(kind => kind is RunKind.Succeeded or RunKind.Failed || activity.All.Total[kind] > 0)];

    /// <summary>Writes headings of columns with numbers.</summary>
    /// <param name="page">The output.</param>
    /// <param name="headings">The headings.</param>
    public static void WriteNumberHeadings(MarkupWriter page, params ReadOnlySpan<string> headings)
    {
        foreach (var heading in headings)
        {
            page.Write($"""<th scope="col" class="n">{heading}</th>""");
        }
    }

    /// <summary>Writes a cell with a count: faint if it is 0, marked if it counts failures.</summary>
    /// <param name="page">The output.</param>
    /// <param name="count">The count.</param>
    /// <param name="isBad">Whether it should be 0.</param>
    public static void WriteCount(MarkupWriter page, long count, bool isBad) =>
        page.Write($"""<td class="n{(count == 0 ? " zero" : isBad ? " bad" : string.Empty)}">{Quantity.Number(count)}</td>""");

    private static void WriteRow(MarkupWriter page, Timeline timeline, JobActivity job, IReadOnlyList<RunKind> kinds)
    {
        var total = job.Total;
        page.Write($"""<tr><th scope="row"><bdi>{job.Name}</bdi></th><td>""");
        StatusLine.Write(page, timeline, job.LastRun);
        page.Write($"""</td><td>{(job.LastSuccess is { } success ? timeline.Format(success.StartedAt, "d MMM, HH:mm") : "–")}</td>""");
        WriteCount(page, total.Runs, isBad: false);
        foreach (var kind in kinds)
        {
            WriteCount(page, total[kind], isBad: kind == RunKind.Failed);
        }

        page.Write($"""<td class="n">{FigureFormat.Percent(total.SuccessRate)}</td>""");
        WriteDuration(page, job, durations => durations.Median);
        WriteDuration(page, job, durations => durations.Percentile95);
        WriteDuration(page, job, durations => durations.Longest);
        WriteCount(page, total.ItemErrors, isBad: false);
        WriteCount(page, total.ChangesApplied, isBad: false);
        var (zero, freed) = total.BytesFreed == 0 ? (" zero", "0") : (string.Empty, Quantity.Bytes(total.BytesFreed));
        page.Write($"""<td class="n{zero}">{freed}</td></tr>""");
        page.WriteConstant("\n");
    }

    private static void WriteDuration(MarkupWriter page, JobActivity job, Func<DurationSketch, long> take) =>
        page.Write($"""<td class="n">{(job.Durations.Count == 0 ? "–" : Quantity.Duration(take(job.Durations)))}</td>""");
}

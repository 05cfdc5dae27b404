using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Page;

/// <summary>Writes what there is to do where no run is kept.</summary>
internal static class EmptySection
{
    /// <summary>Writes it.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        var job = view.Job ?? "JOB";
        page.Write($"""
            <section class="empty"><h2>No run in this period</h2>
            <p><bdi>{SafeText.Shorten(view.Place, 200)}</bdi> holds no run{(view.Job is null ? string.Empty : $" of {job}")} of this period.</p>
            <ul>
            <li>Look further back: <code>dispatch report --since 90d</code></li>
            <li>Look in another place: runs in AWS are in the table that <code>RUNS_TABLE</code> names; set it, and the AWS settings of that account.</li>
            <li>Make a run that changes nothing: <code>dispatch run {job} --dry-run</code></li>
            </ul></section>

            """);
    }
}

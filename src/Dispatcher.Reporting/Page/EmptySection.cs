using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The section shown instead of figures if the period has no run.</summary>
internal static class EmptySection
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        var job = view.Job ?? "JOB";
        var ofJob = view.Job is null ? string.Empty : $" of {job}";
        page.Write($"""
            <section class="empty"><h2>No runs in this period</h2>
            <p><bdi>{PrintableText.Truncate(view.Location, 200)}</bdi> has no runs{ofJob} of this period.</p>
            <ul>
            <li>Look further back: <code>{view.Tool} report --since 90d</code></li>
            <li>Read another history: runs in AWS are in the table named by <code>RUNS_TABLE</code>;
            set it, and the AWS settings of that account.</li>
            <li>Start a run that changes nothing: <code>{view.Tool} run {job} --dry-run</code></li>
            </ul></section>

            """);
    }
}

using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Page;

/// <summary>The outcome and time of a run: symbol, word and colour.</summary>
internal static class StatusLine
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="timeline">Formats the time.</param>
    /// <param name="run">The run, if there is one.</param>
    public static void Write(MarkupWriter page, Timeline timeline, LastRun? run)
    {
        if (run is null)
        {
            page.WriteConstant("–");
            return;
        }

        page.Write($"""<span class="status {run.Kind.CssClass()}"><span class="symbol" aria-hidden="true">{run.Kind.Symbol()}</span>""");
        page.Write($"""<span class="word">{run.Kind.Name()}</span> """);
        page.Write($"""<time datetime="{run.StartedAt}">{timeline.Format(run.StartedAt, "d MMM, HH:mm")}</time></span>""");
    }
}

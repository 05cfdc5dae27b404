using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The top of the page: its subject, and whether somebody has to act.</summary>
internal static class Masthead
{
    private const int MaxNamed = 5;
    private const int MaxName = 80;

    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        var activity = view.Activity;
        var timeline = activity.Timeline;
        page.Write($"""<header class="masthead"><h1>{ReportPage.Title(view)}</h1><p class="period">""");
        page.Write($"""<time datetime="{timeline.From}">{timeline.Format(timeline.From)}</time> to """);
        page.Write($"""<time datetime="{timeline.Until}">{timeline.Format(timeline.Until)}</time> ({timeline.Zone.Id})""");
        page.Write($"""<span class="place"><span class="dash"> — </span><bdi>{PrintableText.Truncate(view.Location, 200)}</bdi></span></p>""");
        WriteVerdict(page, view.Board);
        page.WriteConstant("</header>\n");
    }

    private static void WriteVerdict(MarkupWriter page, StatusBoard board)
    {
        var headline = StatusHeadline.For(board);
        var (cssClass, symbol) = headline.Mood switch
        {
            StatusMood.Bad => ("bad", JobVerdict.Failing.Symbol()),
            StatusMood.Warning => ("warn", JobVerdict.Partial.Symbol()),
            StatusMood.Good => ("good", JobVerdict.Well.Symbol()),
            _ => ("neutral", JobVerdict.Retired.Symbol()),
        };
        var bad = board.NeedingPerson;
        var named = bad.Take(MaxNamed).Select(static job => $"{PrintableText.Truncate(job.Job, MaxName)} ({job.Verdict.Name()})");
        var rest = bad.Count > MaxNamed ? $" and {bad.Count - MaxNamed} more" : string.Empty;
        var detail = bad.Count > 0 ? $" {string.Join(", ", named)}{rest}."
            : headline.Detail.Length > 0 ? $" {headline.Detail}."
            : string.Empty;
        page.Write($"""
            <p class="verdict {cssClass}"><span class="symbol" aria-hidden="true">{symbol}</span
            ><span><strong>{headline.Verdict}</strong>{detail}</span></p>

            """);
    }
}

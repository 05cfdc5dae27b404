using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The top of the page: its subject, and whether somebody has to act.</summary>
internal static class Masthead
{
    private const int MaxNamed = 5;

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
        if (activity.All.Total.Runs > 0)
        {
            WriteVerdict(page, activity);
        }

        page.WriteConstant("</header>\n");
    }

    private static void WriteVerdict(MarkupWriter page, Activity activity)
    {
        string When(DateTimeOffset moment) => activity.Timeline.Format(moment, "d MMM, HH:mm");

        var bad = activity.Jobs
            .Where(job => job.LastRun?.Kind is RunKind.Failed or RunKind.Cancelled or RunKind.Partial)
            .OrderByDescending(job => job.LastRun!.Kind)
            .ToList();
        if (bad.Count == 0)
        {
            var praise = activity.Jobs.Count == 1 ? "The last run ended well."
                : $"The last run of each of the {activity.Jobs.Count} jobs ended well.";
            var but = activity.Failures is [var latest, ..] ? $" The latest failure: {latest.Job}, {When(latest.StartedAt)}."
                : string.Empty;
            WriteVerdict(page, "good", RunKind.Succeeded, praise, but);
            return;
        }

        var named = bad.Take(MaxNamed).Select(job => $"{job.Name} ({job.LastRun!.Kind.Name()} {When(job.LastRun.StartedAt)})");
        var rest = bad.Count > MaxNamed ? $" and {bad.Count - MaxNamed} more" : string.Empty;
        var worst = bad[0].LastRun!.Kind;
        WriteVerdict(
            page,
            worst == RunKind.Failed ? "bad" : "warn",
            worst,
            $"{bad.Count} of {Quantity.Count(activity.Jobs.Count, "job")} did not succeed in their last run:",
            $" {string.Join(", ", named)}{rest}.");
    }

    private static void WriteVerdict(MarkupWriter page, string cssClass, RunKind kind, string verdict, string detail) => page.Write($"""
        <p class="verdict {cssClass}"><span class="symbol" aria-hidden="true">{kind.Symbol()}</span
        ><span><strong>{verdict}</strong>{detail}</span></p>

        """);
}

using Dispatcher.Cli.Reporting.Figures;
using Dispatcher.Cli.Reporting.Html;
using Dispatcher.Cli.Terminal;

namespace Dispatcher.Cli.Reporting.Page;

/// <summary>Writes the top of the page: what it is about, and first of all whether somebody has to do something.</summary>
internal static class Masthead
{
    private const int MaxNamed = 5;

    /// <summary>Writes it.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportView view)
    {
        var activity = view.Activity;
        var timeline = activity.Timeline;
        page.Write($"""<header class="masthead"><h1>{ReportPage.Title(view)}</h1><p class="period">""");
        page.Write($"""<time datetime="{timeline.From}">{timeline.Format(timeline.From)}</time> to """);
        page.Write($"""<time datetime="{timeline.Until}">{timeline.Format(timeline.Until)}</time> ({timeline.Zone.Id})""");
        page.Write($"""<span class="place"><span class="dash"> — </span><bdi>{SafeText.Shorten(view.Place, 200)}</bdi></span></p>""");
        if (activity.All.Total.Runs > 0)
        {
            WriteVerdict(page, activity);
        }

        page.WriteConstant("</header>\n");
    }

    private static void WriteVerdict(MarkupWriter page, Activity activity)
    {
        var bad = activity.Jobs.Where(job => job.LastRun?.Kind is RunKind.Failed or RunKind.Partial).OrderBy(job => job.LastRun!.Kind).Reverse().ToList();
        if (bad.Count == 0)
        {
            page.Write($"""<p class="verdict good"><span class="symbol" aria-hidden="true">{RunKind.Succeeded.Symbol()}</span><span><strong>""");
            page.Write($"""{(activity.Jobs.Count == 1 ? "The last run ended well." : $"The last run of each of the {activity.Jobs.Count} jobs ended well.")}</strong>""");
            page.Write($"{(activity.Failures.Count == 0 ? string.Empty : $" The latest failure: {activity.Failures[0].Job}, {activity.Timeline.Format(activity.Failures[0].StartedAt, "d MMM, HH:mm")}.")}</span></p>");
            return;
        }

        var failed = bad.Any(job => job.LastRun!.Kind == RunKind.Failed);
        page.Write($"""<p class="verdict {(failed ? "bad" : "warn")}"><span class="symbol" aria-hidden="true">""");
        page.Write($"""{(failed ? RunKind.Failed : RunKind.Partial).Symbol()}</span><span>""");
        page.Write($"""<strong>{bad.Count} of {Printable.Count(activity.Jobs.Count, "job")} did not succeed in the last run:</strong> """);
        page.Write($"{string.Join(", ", bad.Take(MaxNamed).Select(job => $"{job.Name} ({job.LastRun!.Kind.Name()} {activity.Timeline.Format(job.LastRun.StartedAt, "d MMM, HH:mm")})"))}");
        page.Write($"{(bad.Count > MaxNamed ? $" and {bad.Count - MaxNamed} more" : string.Empty)}.</span></p>");
    }
}

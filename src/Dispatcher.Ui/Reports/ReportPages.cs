using Dispatcher.Hosting;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Page;
using Dispatcher.Tool.Commands;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Reports;

/// <summary>The page of figures and charts, the same as that of <c>report</c>.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class ReportPages(UiSite site)
{
    private const string DefaultPeriod = "30d";

    private static readonly (string Value, string Text)[] Periods =
        [("24h", "24 hours"), ("7d", "7 days"), (DefaultPeriod, "30 days"), ("90d", "90 days")];

    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        var chosen = Periods.FirstOrDefault(period => period.Value == request["since"], Periods[2]).Value;
        var (history, now) = (site.Get<IRunHistory>(), site.Now);
        var timeline = Timeline.Create(SinceOption.Read(chosen, now)!.Value, now, site.Settings.Zone);
        var activity = await Activity.ReadAsync(history, null, timeline, request.Aborted);
        var content = new ReportContent(activity, new PriceList(), history.Location, null)
        {
            Tool = site.Tool.Name, Board = await site.CreateStatus().ReadAsync(null, request.Aborted),
        };
        return new PageContent("Report", "/report", page =>
        {
            page.WriteConstant("<nav class=\"periods\" aria-label=\"Period\">");
            foreach (var (value, text) in Periods)
            {
                page.Write($"""<a href="/report?since={value}" aria-current="{(value == chosen ? "true" : "false")}">{text}</a>""");
            }

            page.WriteConstant("</nav>\n");
            ReportPage.WriteSections(page, content);
        })
        {
            Place = $"{timeline.Format(timeline.From)} to {timeline.Format(timeline.Until)} — {history.Location}",
            RefreshSeconds = 60,
            Omissions = history.Omissions,
        };
    }
}

using Dispatcher.Hosting;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Page;

namespace Acme.Reporting;

internal static class AcmeReport
{
    public static async Task WriteAsync(IRunHistory history, TextWriter output, CancellationToken cancellationToken)
    {
        var week = Timeline.Create(DateTimeOffset.UtcNow.AddDays(-7), DateTimeOffset.UtcNow, TimeZoneInfo.Utc);
        var activity = await Activity.ReadAsync(history, job: null, week, cancellationToken);
        ReportPage.Write(output, new ReportContent(activity, new PriceList(), Location: "maintenance-runs", Job: null) { Tool = "acme" });
    }
}

using Dispatcher.Hosting;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Page;
using Dispatcher.Reporting.Status;

namespace Acme.Reporting;

internal static class AcmeReport
{
    public static async Task WriteAsync(IRunHistory history, TextWriter output, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var week = Timeline.Create(now.AddDays(-7), now, TimeZoneInfo.Utc);
        var activity = await Activity.ReadAsync(history, job: null, week, cancellationToken);
        var board = await new StatusReader(history).ReadAsync(new StatusRequest(), now, cancellationToken);
        ReportPage.Write(
            output,
            new ReportContent(activity, new PriceList(), Location: "maintenance-runs", Job: null) { Tool = "acme", Board = board });
    }
}

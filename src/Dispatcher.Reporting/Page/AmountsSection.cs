using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The section of bytes and item errors over time, of all jobs together.</summary>
internal static class AmountsSection
{
    private static readonly AmountChart[] Charts =
    [
        new("Bytes freed", "freed", tally => tally.BytesFreed, Scale.OfBytes, Quantity.Bytes),
        new("Bytes planned by dry runs", "dry-run", tally => tally.BytesPlanned, Scale.OfBytes, Quantity.Bytes),
        new("Item errors", "partial", tally => tally.ItemErrors, Scale.OfCounts, errors => Quantity.Count(errors, "item error")),
    ];

    /// <summary>Writes them.</summary>
    /// <param name="frame">The output.</param>
    /// <param name="activity">The figures.</param>
    public static void Write(ChartFrame frame, Activity activity)
    {
        var (page, total) = (frame.Page, activity.All.Total);
        page.WriteConstant("<section aria-labelledby=\"amounts\"><h2 id=\"amounts\">Space and item errors</h2>\n");
        if (Charts.All(chart => chart.Amount(total) == 0))
        {
            page.WriteConstant("<p class=\"quiet\">No bytes were freed or planned, and no items failed.</p>");
        }

        page.WriteConstant("<div class=\"charts\">");
        foreach (var chart in Charts)
        {
            chart.Write(frame, activity.All);
        }

        page.WriteConstant("</div></section>\n");
    }
}

using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Status;

namespace Dispatcher.Reporting.Page;

/// <summary>The content of a report.</summary>
/// <param name="Activity">The figures.</param>
/// <param name="Prices">What AWS charges.</param>
/// <param name="Location">The location of the runs.</param>
/// <param name="Job">The only job that was asked for, if it is not all of them.</param>
public sealed record ReportContent(Activity Activity, PriceList Prices, string Location, string? Job)
{
    /// <summary>Gets the health of the jobs now, which the page begins with.</summary>
    public required StatusBoard Board { get; init; }

    /// <summary>Gets the name of the tool in advice.</summary>
    public required string Tool { get; init; }
}

using System.Globalization;
using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>
/// The section that explains how the two estimates are calculated, what they leave out, and how to change their assumptions.
/// </summary>
internal static class EstimatesSection
{
    /// <summary>Writes them.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        var (all, prices) = (view.Activity.All, view.Prices);
        var saved = FigureFormat.Dollars(prices.StorageSavedPerMonth(all.Total));
        var planned = all.Total.BytesPlanned == 0
            ? string.Empty
            : $"; {Quantity.Bytes(all.Total.BytesPlanned)} were planned, where repeated plans count repeatedly";
        var bill = all.Lambda.Runs == 0 ? "nothing" : FigureFormat.Dollars(prices.LambdaBill(all.Lambda));
        var gigabyteSeconds = all.Lambda.GigabyteSeconds.ToString("#,0.#", CultureInfo.InvariantCulture);
        var elsewhere = $"{Quantity.Count(all.Lambda.RunsElsewhere, "run")} outside Lambda";
        page.Write($"""
            <section aria-labelledby="estimates"><h2 id="estimates">How estimates are calculated</h2>
            <div class="estimates"><div><h3>Storage saved: {saved} per month</h3>
            <p>{Quantity.Bytes(all.Total.BytesFreed)} freed in this period × the price of the storage class that each object had, at
            {FigureFormat.Price(prices.StorageGigabyteMonth)} per GB-month for S3 Standard (a GB is 2<sup>30</sup> bytes).</p>

            """);
        WriteClasses(page, all.Total, prices);
        page.Write($"""
            <ul>
            <li>The monthly cost of these bytes if they had stayed. Requests, minimum storage times and minimum sizes are left out.</li>
            <li>Bytes planned by dry runs are not counted{planned}.</li>
            <li>In a versioned bucket a deletion frees nothing: the older version stays, and is billed, until a lifecycle rule removes it.
            No bytes are counted there.</li>
            <li>Other prices: <code>--storage-price</code>, <code>--storage-price STANDARD_IA=0.01</code>. The defaults are those of
            us-east-1.</li>
            </ul></div>
            <div><h3>Lambda bill: {bill} for this period</h3>
            <p>{gigabyteSeconds} GB-seconds × {FigureFormat.Price(prices.LambdaGigabyteSecond)}, and
            {Quantity.Count(all.Lambda.Runs, "request")} × {FigureFormat.Price(prices.LambdaMillionRequests)} per million.</p>
            <ul>
            <li>GB-seconds are the memory of the function times the duration of the run, dry runs included.</li>
            <li>Runs on a laptop or in a container cost nothing here: {elsewhere}.</li>
            <li>Left out: cold starts, the free tier and volume discounts, and requests that carry several runs from a queue.</li>
            <li>Other prices: <code>--architecture arm64</code>, <code>--compute-price</code>, <code>--request-price</code>.
            The defaults are for x86_64 in us-east-1.</li>
            </ul></div></div>
            <p class="quiet">Sources of the defaults: aws.amazon.com/s3/pricing and aws.amazon.com/lambda/pricing, November 2026.
            Taxes and support are extra.</p></section>

            """);
        page.WriteConstant("""
            <section aria-labelledby="reading"><h2 id="reading">How to read the figures</h2><ul class="notes">
            <li>A dry run counts only as a dry run, however it ended; a failed one is also listed among the failures.</li>
            <li>Success rate: succeeded out of succeeded, partial and failed.
            Skipped runs, and runs continued by a later one, count neither for nor against a job.</li>
            <li>Durations are those of real runs that were not skipped, or of dry runs if a job had no others.
            p95: 95 of 100 runs took no longer. Percentiles are exact to half a per cent.</li>
            <li>Times are the start times of runs. The first and the last step may be cut short by the period.</li>
            </ul></section>

            """);
    }

    /// <summary>Writes one row per storage class, with what its bill depends on besides the bytes.</summary>
    private static void WriteClasses(MarkupWriter page, RunTally total, PriceList prices)
    {
        if (total.BytesFreedByClass.Count == 0)
        {
            return;
        }

        page.WriteConstant("""
            <table><thead><tr><th scope="col">Storage class</th><th scope="col" class="n">Freed</th>
            <th scope="col" class="n">Per GB-month</th><th scope="col" class="n">Saved per month</th></tr></thead><tbody>

            """);
        foreach (var (name, bytes) in total.BytesFreedByClass)
        {
            var known = StorageClassPrice.Find(name);
            var note = known is null ? " (not known, priced as STANDARD)" : known.Note is { } text ? $" ({text})" : string.Empty;
            page.Write($"""
                <tr><th scope="row">{name}{note}</th><td class="n">{Quantity.Bytes(bytes)}</td>
                <td class="n">{FigureFormat.Price(prices.StorageOf(name))}</td>
                <td class="n">{FigureFormat.Dollars(prices.StorageSavedPerMonth(name, bytes))}</td></tr>

                """);
        }

        page.WriteConstant("</tbody></table>\n");
    }
}

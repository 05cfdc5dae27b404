using Dispatcher.Hosting;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>The page of past runs, with a filter.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class RunsPage(UiSite site)
{
    private const int ShortId = 13;

    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        var filter = RunFilter.Read(request);
        var history = site.Get<IRunHistory>();
        var now = site.Now;
        var listing = await RunListing.ReadAsync(history, filter, request["after"], now, request.Aborted);
        var isFirst = request["after"] is null;
        return new PageContent(filter.Job is { } job ? $"Runs of {PrintableText.Truncate(job, 80)}" : "Runs", "/runs", page =>
        {
            WriteFilter(page, filter);
            if (listing.Runs.Count == 0)
            {
                WriteEmpty(page, filter, listing, isFirst);
                return;
            }

            WriteTable(page, listing, new When(site.Settings.Zone, now));
            WritePaging(page, filter, listing, isFirst);
        })
        {
            Place = history.Location,
            RefreshSeconds = isFirst ? 15 : 0,
            Omissions = history.Omissions,
        };
    }

    private void WriteFilter(MarkupWriter page, RunFilter filter)
    {
        page.WriteConstant("<form class=\"filter\" method=\"get\" action=\"/runs\" role=\"search\">");
        FormFields.WriteSearch(page, "Search", filter.Text, "Summary, job or run id");
        var names = site.Get<JobRegistry>().Jobs.Select(static job => job.Name).Append(filter.Job).OfType<string>().Distinct();
        FormFields.WriteSelect(page, "job", "Job", names.Order(StringComparer.Ordinal).Select(static name => (name, name)).Prepend(
            (string.Empty, "all jobs")), filter.Job);
        FormFields.WriteSelect(page, "status", "Status", Enum.GetValues<JobStatus>().Select(RunStatus.Name).Select(
            static name => (name, name)).Prepend((string.Empty, "any status")), filter.Status);
        FormFields.WriteSelect(page, "since", "Started within", RunFilter.Periods, filter.Since);
        page.WriteConstant("<button type=\"submit\">Filter</button>");
        if (!filter.IsPlain)
        {
            page.WriteConstant("<a class=\"clear\" href=\"/runs\">Clear</a>");
        }

        page.WriteConstant("</form>\n");
    }

    private void WriteEmpty(MarkupWriter page, RunFilter filter, RunListing listing, bool isFirst)
    {
        var wider = filter with { Since = RunFilter.Always };
        page.WriteConstant("<section class=\"empty\"><h2>No runs</h2>");
        page.WriteConstant(!isFirst ? "<p>There are no older runs.</p>"
            : listing.Unread > 0 ? "<p>None of the newest 20,000 runs matches. Choose a job, a status or a period as well.</p>"
            : "<p>No run matches the filter.</p>");
        if (filter.Since != RunFilter.Always)
        {
            page.Write($"""<p><a href="{wider.Address()}">Look at any time</a></p>""");
        }

        page.Write($"""<p class="quiet">Start one that changes nothing: """);
        page.Write($"<code>{site.Tool.Name} run {filter.Job ?? "JOB"} --dry-run</code></p>");
        page.WriteConstant("</section>\n");
    }

    private static void WriteTable(MarkupWriter page, RunListing listing, When when)
    {
        page.WriteConstant("""
            <div class="scroll" tabindex="0" role="region" aria-label="Runs"><table class="list cards">
            <thead><tr><th scope="col">Started</th><th scope="col">Job</th><th scope="col">Status</th><th scope="col" class="n">Took</th>
            <th scope="col" class="n">Changes</th><th scope="col" class="n">Errors</th><th scope="col">Summary</th><th scope="col">Run</th>
            </tr></thead><tbody>

            """);
        foreach (var run in listing.Runs)
        {
            page.WriteConstant("<tr data-row=\"run\"><td class=\"when\">");
            when.Write(page, run.StartedAt);
            page.Write($"""</td><th scope="row"><a href="{Link.Run(run.RunId)}"><bdi>{PrintableText.Truncate(run.Job, 80)}</bdi>""");
            page.Write($"</a></th><td>");
            RunStatus.Write(page, run);
            page.Write($"""</td><td class="n" data-label="took">{Quantity.Duration(run.DurationMs)}</td>""");
            WriteCount(page, run.DryRun ? run.Changes.Proposed : run.Changes.Applied, run.DryRun ? "planned" : "changes", isBad: false);
            WriteCount(page, run.ItemErrorCount, "errors", isBad: true);
            var summary = run.Shard is { } shard ? $"{shard}: {run.Summary}" : run.Summary;
            page.Write($"""<td class="summary"><bdi>{PrintableText.Truncate(summary, 240)}</bdi></td>""");
            page.Write($"""<td class="id"><code title="{run.RunId}">{Shorten(run.RunId)}</code></td></tr>""");
            page.WriteConstant("\n");
        }

        page.WriteConstant("</tbody></table></div>\n");
    }

    private static string Shorten(string id) => id.Length <= ShortId ? id : PrintableText.Truncate(id, ShortId).TrimEnd('…');

    private static void WriteCount(MarkupWriter page, long count, string label, bool isBad) => page.Write(
        $"""<td class="n{(count == 0 ? " zero" : isBad ? " bad" : string.Empty)}" data-label="{label}">{Quantity.Number(count)}</td>""");

    private static void WritePaging(MarkupWriter page, RunFilter filter, RunListing listing, bool isFirst)
    {
        page.WriteConstant("<nav class=\"paging\" aria-label=\"More runs\">");
        if (!isFirst)
        {
            page.Write($"""<a href="{filter.Address()}" rel="first">Newest</a>""");
        }

        if (listing.HasMore)
        {
            page.Write($"""<a href="{filter.Address(listing.Runs[^1].RunId)}" rel="next">Older</a>""");
        }

        var count = Quantity.Count(listing.Runs.Count, "run");
        page.Write($"<span>{(isFirst && !listing.HasMore ? count : $"{count} on this page")}</span></nav>");
        page.WriteConstant("\n");
    }
}

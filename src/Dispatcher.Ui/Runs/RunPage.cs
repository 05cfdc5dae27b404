using Dispatcher.Hosting;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>The page of one run.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class RunPage(UiSite site)
{
    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="PageNotFoundException">There is no such run, or there are several.</exception>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        var history = site.Get<IRunHistory>();
        var id = request["id"] ?? throw new PageNotFoundException("No run is named. Choose one of the list.");
        var run = await FindAsync(history, id, request.Aborted);
        var omissions = history.Omissions;
        var changes = await RecordedChanges.ReadAsync(run, request.Aborted);
        var (filter, number) = (ChangeFilter.Read(request), request.Page());
        return new PageContent(PrintableText.Truncate(run.Job, 80), "/runs", page =>
        {
            WriteFacts(page, run);
            WriteErrors(page, run);
            WriteShards(page, run);
            WriteDifferences(page, run);
            ChangesSection.Write(page, run, changes, filter, number);
        })
        {
            Path = [("/runs", "Runs")],
            Place = $"{new When(site.Settings.Zone, site.Now).Format(run.StartedAt, "ddd d MMM yyyy, HH:mm:ss")} — {history.Location}",
            Verdict = RunStatus.VerdictOn(run),
            Omissions = omissions,
        };
    }

    private static async Task<RunRecord> FindAsync(IRunHistory history, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await history.FindAsync(id, cancellationToken) ?? throw new PageNotFoundException(
                $"Run '{id}' is not in {history.Location}. A run is recorded when it has ended; it may also be older than the history.");
        }
        catch (AmbiguousRunException exception)
        {
            throw new PageNotFoundException(exception.Message);
        }
    }

    private void WriteFacts(MarkupWriter page, RunRecord run)
    {
        page.WriteConstant("<section class=\"two\" aria-label=\"Facts\"><dl class=\"facts\">\n");
        foreach (var (name, value, address) in RunFacts.List(run, new When(site.Settings.Zone, site.Now)))
        {
            page.Write($"<div><dt>{name}</dt><dd>");
            if (address is null)
            {
                page.Write($"<bdi>{value}</bdi></dd></div>");
            }
            else
            {
                page.Write($"""<a href="{address}"><bdi>{value}</bdi></a></dd></div>""");
            }

            page.WriteConstant("\n");
        }

        page.WriteConstant("</dl>\n");
        WriteNumbers(page, run);
        page.WriteConstant("</section>\n");
    }

    private static void WriteNumbers(MarkupWriter page, RunRecord run)
    {
        var numbers = run.Counts.Where(static count => count.Value != 0)
            .Concat(run.Changes.ByAction.OrderByDescending(static action => action.Value)).ToList();
        if (numbers.Count == 0)
        {
            return;
        }

        page.WriteConstant("<table class=\"numbers\"><thead><tr><th scope=\"col\">Count</th><th scope=\"col\" class=\"n\">"
            + "Number</th></tr>");
        page.WriteConstant("</thead><tbody>");
        foreach (var (name, number) in numbers)
        {
            page.Write($"""<tr><th scope="row"><bdi>{name}</bdi></th><td class="n">{Quantity.Number(number)}</td></tr>""");
        }

        page.WriteConstant("</tbody></table>\n");
    }

    private static void WriteErrors(MarkupWriter page, RunRecord run)
    {
        if (run.Errors.Count == 0)
        {
            return;
        }

        page.WriteConstant("<section aria-labelledby=\"errors\"><h2 id=\"errors\">Items that failed</h2>\n");
        foreach (var group in run.Errors.GroupBy(static error => error.Error).OrderByDescending(static group => group.Count()))
        {
            var items = group.ToList();
            page.Write($"""<details class="group"><summary><bdi>{group.Key}</bdi> <span class="count">""");
            page.Write($"""{Quantity.Count(items.Count, "item")}""");
            page.WriteConstant("</span></summary><ul>");
            foreach (var error in items)
            {
                page.Write($"<li><bdi>{error.Item}</bdi></li>");
            }

            page.WriteConstant("</ul></details>\n");
        }

        if (run.ItemErrorCount > run.Errors.Count)
        {
            page.Write($"""<p class="quiet">The record lists the first {run.Errors.Count} of {Quantity.Number(run.ItemErrorCount)}.</p>""");
        }

        page.WriteConstant("</section>\n");
    }

    private static void WriteShards(MarkupWriter page, RunRecord run)
    {
        if (run.Shards is not { Count: > 0 } shards)
        {
            return;
        }

        page.WriteConstant("""
            <section aria-labelledby="shards"><h2 id="shards">Shards</h2><table class="list"><thead><tr><th scope="col" class="n">Shard</th>
            <th scope="col">Status</th><th scope="col" class="n">Took</th><th scope="col" class="n">Runs</th>
            <th scope="col" class="n">Changes</th></tr></thead><tbody>

            """);
        foreach (var shard in shards)
        {
            page.Write($"""<tr data-row="run"><td class="n"><a href="{Link.Run(shard.RunId)}">{shard.Index}</a></td>""");
            page.Write($"""<td>{RunStatus.Name(shard.Status)}</td><td class="n">{Quantity.Duration(shard.DurationMs)}</td>""");
            page.Write($"""<td class="n">{Quantity.Number(shard.Runs)}</td><td class="n">{Quantity.Number(shard.Applied)}</td></tr>""");
        }

        page.WriteConstant("</tbody></table></section>\n");
    }

    private static void WriteDifferences(MarkupWriter page, RunRecord run)
    {
        if (run.Plan is not { } plan || (plan.Changed ?? plan.NotInPlan ?? plan.Missing) is null)
        {
            return;
        }

        page.WriteConstant("<section aria-labelledby=\"differences\"><h2 id=\"differences\">Differences from the plan</h2>\n");
        WriteItems(page, "Changed since the plan, and left alone", run.Count(PlanReport.ChangedCount), plan.Changed);
        WriteItems(page, "Not in the plan, and not made", run.Count(PlanReport.NotInPlanCount), plan.NotInPlan);
        WriteItems(page, "In the plan, and not due any more", run.Count(PlanReport.MissingCount), plan.Missing);
        page.WriteConstant("</section>\n");
    }

    private static void WriteItems(MarkupWriter page, string heading, long count, IReadOnlyList<ChangeItem>? items)
    {
        if (items is null)
        {
            return;
        }

        page.Write($"""<details class="group"><summary>{heading} <span class="count">{Quantity.Count(count, "change")}</span>""");
        page.Write($"</summary><ul>");
        foreach (var item in items)
        {
            page.Write($"""<li><code>{item.Action}</code> <bdi>{item.Target}</bdi> <span class="why"><bdi>{item.Reason}</bdi>""");
            page.Write($"</span></li>");
        }

        page.WriteConstant("</ul></details>\n");
    }
}

using Dispatcher.Hosting;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>The page of plans.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class PlansPage(UiSite site)
{
    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        var (plans, count) = await new PlanCatalog(site).ListAsync(request.Aborted);
        return new PageContent("Plans", "/plans", page =>
        {
            WriteForm(page);
            if (plans.Count == 0)
            {
                WriteEmpty(page);
                return;
            }

            WriteTable(page, plans, new When(site.Settings.Zone, site.Now));
            if (count > plans.Count)
            {
                page.Write($"""<p class="quiet">The newest {plans.Count} of {Quantity.Number(count)} files.</p>""");
            }
        })
        {
            Place = Place(site.Settings.PlanFolder),
            RefreshSeconds = 15,
        };
    }

    private static string Place(string folder) =>
        folder.Contains("://", StringComparison.Ordinal) ? folder : $"Folder {Path.GetFullPath(folder)}";

    private void WriteForm(MarkupWriter page)
    {
        if (!site.Settings.AllowRuns)
        {
            return;
        }

        page.WriteConstant("<form class=\"filter\" method=\"post\" action=\"/plans\">");
        FormFields.WriteToken(page, site);
        FormFields.WriteSelect(
            page, "job", "Write a new plan", site.Get<JobRegistry>().Jobs.Select(static job => (job.Name, job.Name)), null);
        page.WriteConstant("<button type=\"submit\" class=\"primary\">Plan</button>"
            + "<p class=\"quiet\">A dry run with the parameters of the environment. It changes nothing.</p></form>\n");
    }

    private void WriteEmpty(MarkupWriter page) => page.Write($"""
        <section class="empty"><h2>No plans</h2>
        <p>A dry run writes what it would change to a plan, which can be reviewed here and applied.</p>
        <p><code>{site.Tool.Name} run JOB --dry-run --plan {PlanExample(site.Settings.PlanFolder)}</code></p></section>

        """);

    private static string PlanExample(string folder) => folder == "." ? "plan.jsonl"
        : folder.Contains("://", StringComparison.Ordinal) ? $"{folder.TrimEnd('/')}/plan.jsonl.gz" : Path.Combine(folder, "plan.jsonl");

    private static void WriteTable(MarkupWriter page, IReadOnlyList<PlanSummary> plans, When when)
    {
        page.WriteConstant("""
            <div class="scroll" tabindex="0" role="region" aria-label="Plans"><table class="list cards">
            <thead><tr><th scope="col">Planned</th><th scope="col">Job</th><th scope="col" class="n">Changes</th>
            <th scope="col" class="n">Frees</th><th scope="col">State</th><th scope="col">File</th></tr></thead><tbody>

            """);
        foreach (var plan in plans)
        {
            page.WriteConstant("<tr data-row=\"plan\"><td class=\"when\">");
            when.Write(page, plan.CreatedAt);
            page.WriteConstant("</td>");
            var file = PrintableText.Truncate(plan.Entry.Location, 160);
            if (plan is { Header: { } header, Totals: { } totals })
            {
                page.Write($"""<th scope="row"><a href="{Link.Plan(plan.Entry.Location)}"><bdi>{header.Job}</bdi></a></th>""");
                page.Write($"""<td class="n" data-label="changes">{Quantity.Number(totals.Changes)}</td>""");
                page.Write($"""<td class="n" data-label="freed">{Quantity.Bytes(totals.Bytes)}</td><td>""");
                WriteState(page, plan, when);
                page.WriteConstant("</td>");
            }
            else
            {
                page.Write($"""<th scope="row" class="zero">–</th><td></td><td></td><td class="wrap"><bdi>{plan.Problem}</bdi></td>""");
            }

            page.Write($"""<td class="wrap"><code>{file}</code></td></tr>""");
            page.WriteConstant("\n");
        }

        page.WriteConstant("</tbody></table></div>\n");
    }

    private static void WriteState(MarkupWriter page, PlanSummary plan, When when)
    {
        if (plan.Header!.ExcerptOf is not null)
        {
            page.WriteConstant("<span class=\"tag\">excerpt</span> ");
        }

        if (!plan.Totals!.Complete)
        {
            page.WriteConstant("<span class=\"tag warn\">incomplete</span> ");
        }

        switch (plan.Use)
        {
            case { HasEnded: true } use:
                page.Write($"""<span class="status succeeded"><span class="symbol" aria-hidden="true">✓</span> <a """);
                page.Write($"""href="{Link.Run(use.RunId)}">applied</a> """);
                when.WriteDistance(page, use.At);
                page.WriteConstant("</span>");
                break;
            case { } use:
                page.Write($"""<span class="status continued"><span class="symbol" aria-hidden="true">▸</span> being applied by """);
                page.Write($"{use.RunId}</span>");
                break;
            default:
                page.WriteConstant("<span class=\"zero\">not applied</span>");
                break;
        }
    }
}

using System.Globalization;
using Dispatcher.Plans;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Pages;
using Microsoft.Extensions.Options;

namespace Dispatcher.Ui.Plans;

/// <summary>The question before a plan is applied: what, where, how old, and what limits it.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class ApplyPage(UiSite site)
{
    private const int MaxShown = 10;

    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="BadInputException">There is no such plan, or the pages are read-only.</exception>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        if (!site.Settings.AllowRuns)
        {
            throw new BadInputException("These pages are read-only. To apply from here, start the command with --allow-runs.");
        }

        var location = request["at"] ?? throw new BadInputException("No plan is named. Choose one of the list.");
        using var plan = await new PlanCatalog(site).ReadAsync(location, request.Aborted);
        var here = await site.Get<IPlanOriginProvider>().GetAsync(request.Aborted);

        // The plan is a temporary file, so the page is written while it is open.
        using var text = new StringWriter();
        Write(new MarkupWriter(text), plan, here);
        var written = text.ToString();
        return new PageContent(
            $"Make {(plan.Totals.Changes == 1 ? "this change" : $"these {Quantity.Count(plan.Totals.Changes, "change")}")}?",
            "/plans",
            page => page.WriteConstant(written))
        {
            Path = [("/plans", "Plans"), (Link.Plan(location), PrintableText.Truncate(location, 80))],
            Place = $"{plan.Header.Job} — {here}",
            Verdict = Warning(plan, here),
        };
    }

    private PageVerdict Warning(PlanFile plan, PlanOrigin here)
    {
        var age = site.Now - plan.Header.CreatedAt;
        var most = site.Get<IOptions<PlanOptions>>().Value.MaxAgeHours;
        return !plan.Header.Origin.Matches(here) ? new PageVerdict(
                "bad", "✕", "Will be refused:", $"the plan is about {plan.Header.Origin}, and this process works on {here}.")
            : age > TimeSpan.FromHours(most) ? new PageVerdict("bad", "✕", "Will be refused:", string.Create(
                CultureInfo.InvariantCulture, $"the plan is {age.TotalHours:0.#} hours old, and at most {most:0.###} are allowed."))
            : new PageVerdict("warn", "!", "This changes real things.", "The job looks at everything again. It makes those of the planned "
                + "changes whose evidence is still the same, and nothing else.");
    }

    private void Write(MarkupWriter page, PlanFile plan, PlanOrigin here)
    {
        page.WriteConstant("<section class=\"two\" aria-label=\"What would be done\">\n");
        PlanFacts.Write(page, plan, new When(site.Settings.Zone, site.Now));
        PlanFacts.WriteTotals(page, plan);
        page.WriteConstant("</section>\n<section aria-labelledby=\"first\"><h2 id=\"first\">");
        page.WriteConstant(plan.Totals.Changes > MaxShown ? "The first of them" : "All of them");
        page.WriteConstant("</h2><ul class=\"plain\">");
        foreach (var planned in plan.ReadChanges().Take(MaxShown))
        {
            page.Write($"""<li><code>{planned.Change.Action}</code> <bdi>{planned.Change.Target}</bdi> <span class="why"><bdi>""");
            page.Write($"{planned.Change.Reason}</bdi></span></li>");
        }

        page.WriteConstant("</ul></section>\n<form method=\"post\" action=\"/apply\" class=\"question\">");
        FormFields.WriteToken(page, site);
        FormFields.WriteHidden(page, "at", plan.Location);
        FormFields.WriteHidden(page, "digest", plan.Totals.Digest);
        page.Write($"""
            <label class="sure"><input type="checkbox" required="required" name="sure" value="yes"/>
            <span>I have reviewed them, and mean <strong>{here.ToString()}</strong>.</span></label>
            <p class="actions"><button type="submit" class="danger">Make {Quantity.Count(plan.Totals.Changes, "change")}</button>
            <a class="button" href="{Link.Plan(plan.Location)}">Cancel</a></p></form>

            """);
    }
}

using Dispatcher.Plans;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>The page on which a plan is reviewed.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class PlanPage(UiSite site)
{
    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="BadInputException">There is no such plan.</exception>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        var location = request["at"] ?? throw new BadInputException("No plan is named. Choose one of the list.");
        var catalog = new PlanCatalog(site);
        using var plan = await catalog.ReadAsync(location, request.Aborted);
        var use = await catalog.FindUseAsync(plan.Header, plan.Totals, request.Aborted);
        var review = await PlanReview.CreateAsync(catalog, plan, PlanChangeFilter.Read(request), request.Aborted);

        // The plan is a temporary file, so the page is written while it is open.
        using var text = new StringWriter();
        Write(new MarkupWriter(text), review, use, request.Page());
        var written = text.ToString();
        return new PageContent($"Plan of {PrintableText.Truncate(plan.Header.Job, 80)}", "/plans", page => page.WriteConstant(written))
        {
            Path = [("/plans", "Plans")],
            Place = PrintableText.Truncate(plan.Location, 200),
            Verdict = VerdictOn(plan, use),
        };
    }

    private PageVerdict VerdictOn(PlanFile plan, PlanUse? use)
    {
        var when = new When(site.Settings.Zone, site.Now);
        return use switch
        {
            { HasEnded: true } => new PageVerdict("calm", "✓", "Applied.", $"Run {use.RunId} applied it {when.Distance(use.At)}."),
            { } => new PageVerdict("calm", "▸", "Being applied.", $"Run {use.RunId} is at work."),
            _ when plan.Totals is { Complete: false } or { ItemErrors: > 0 } => new PageVerdict(
                "warn", "!", "Whole and unchanged, but not everything was examined.", "See the facts below."),
            _ => new PageVerdict("good", "✓", "Whole and unchanged.", "Nothing of it has been made yet."),
        };
    }

    private void Write(MarkupWriter page, PlanReview review, PlanUse? use, int number)
    {
        page.WriteConstant("<section class=\"two\" aria-label=\"Facts\">\n");
        PlanFacts.Write(page, review.Plan, new When(site.Settings.Zone, site.Now));
        PlanFacts.WriteTotals(page, review.Plan);
        page.WriteConstant("</section>\n");
        WriteComparison(page, review);
        PlanChangesSection.Write(page, site, review, number, canApply: site.Settings.AllowRuns && use is null);
    }

    private void WriteComparison(MarkupWriter page, PlanReview review)
    {
        if (review is not { Comparison: { } comparison, Previous: { } previous })
        {
            return;
        }

        var when = new When(site.Settings.Zone, site.Now);
        page.Write($"""
            <section aria-labelledby="since"><h2 id="since">Since the plan before</h2>
            <p class="quiet">Compared with
            <a href="{Link.Plan(previous.Entry.Location)}">the plan of {when.Format(previous.CreatedAt)}</a>.</p>

            """);
        page.WriteConstant("<p class=\"diff\">");
        WriteCount(page, "added", "+", comparison.Added.Count, "new", review, PlanChangeFilter.New);
        WriteCount(page, "changed", "~", comparison.Changed.Count, "with other evidence", review, PlanChangeFilter.Changed);
        WriteCount(page, "same", "=", comparison.Same, "the same", review, PlanChangeFilter.Same);
        page.Write($"""<span class="removed"><b>− {Quantity.Number(comparison.Removed.Count)}</b> not planned any more</span></p>""");
        if (comparison.Removed.Count > 0)
        {
            page.WriteConstant("<details class=\"group\"><summary>Not planned any more</summary><ul>");
            foreach (var gone in comparison.Removed.Take(Paging.Length))
            {
                page.Write($"""<li><code>{gone.Change.Action}</code> <bdi>{gone.Change.Target}</bdi> <span class="why"><bdi>""");
                page.Write($"{gone.Change.Reason}</bdi></span></li>");
            }

            page.WriteConstant("</ul></details>\n");
        }

        page.WriteConstant("</section>\n");
    }

    private static void WriteCount(
        MarkupWriter page, string cssClass, string sign, long count, string words, PlanReview review, string difference)
    {
        var address = (review with { Filter = new PlanChangeFilter(null, null, difference) }).Address(1);
        page.Write($"""<a class="{cssClass}" href="{address}#changes"><b>{sign} {Quantity.Number(count)}</b> {words}</a>""");
    }
}

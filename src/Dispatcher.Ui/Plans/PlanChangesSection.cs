using Dispatcher.Plans;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Tool.Plans;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>The section of a plan's changes, in which they can be ticked.</summary>
internal static class PlanChangesSection
{
    /// <summary>The most changes of a page: a tick counts for the page that is shown.</summary>
    private const int PageLength = 500;

    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="site">What the pages share.</param>
    /// <param name="review">The plan.</param>
    /// <param name="number">The page of the list.</param>
    /// <param name="canApply">Whether the plan may be applied from here.</param>
    public static void Write(MarkupWriter page, UiSite site, PlanReview review, int number, bool canApply)
    {
        page.WriteConstant("<section aria-labelledby=\"changes\"><h2 id=\"changes\">Changes</h2>\n");
        if (review.Plan.Totals.Changes == 0)
        {
            page.WriteConstant("<p class=\"quiet\">The plan is empty: a run would find nothing to do.</p></section>\n");
            return;
        }

        WriteFilter(page, review);
        long matching = 0;
        var shown = new List<PlannedChange>();
        foreach (var change in review.ReadMatching())
        {
            if (matching / PageLength == number - 1)
            {
                shown.Add(change);
            }

            matching++;
        }

        if (canApply)
        {
            page.WriteConstant("<form method=\"post\" action=\"/select\" class=\"selection\">");
            FormFields.WriteToken(page, site);
            FormFields.WriteHidden(page, "at", review.Plan.Location);
            FormFields.WriteHidden(page, "digest", review.Plan.Totals.Digest);
            FormFields.WriteHidden(page, "action", review.Filter.Action);
            FormFields.WriteHidden(page, "q", review.Filter.Text);
            FormFields.WriteHidden(page, "difference", review.Filter.Difference);
            WriteButtons(page, review, matching);
        }

        WriteTable(page, review, shown, canApply);
        page.WriteConstant(canApply ? "</form>\n" : string.Empty);
        WritePaging(page, review, number, matching);
        if (!site.Settings.AllowRuns)
        {
            page.Write($"""<p class="quiet">To apply it: <code>{site.Tool.Name} apply {review.Plan.Location}</code>, or start this """);
            page.Write($"command with <code>--allow-runs</code>.</p>");
        }

        page.WriteConstant("</section>\n");
    }

    private static void WriteFilter(MarkupWriter page, PlanReview review)
    {
        page.WriteConstant("<form class=\"filter\" method=\"get\" action=\"/plan#changes\" role=\"search\">");
        FormFields.WriteHidden(page, "at", review.Plan.Location);
        FormFields.WriteSearch(page, "Search", review.Filter.Text, "Target, reason or evidence");
        FormFields.WriteSelect(page, "action", "Action", review.Plan.ReadChanges().CountBy(static planned => planned.Change.Action)
            .OrderByDescending(static pair => pair.Value)
            .Select(static pair => (pair.Key, $"{pair.Key} ({Quantity.Number(pair.Value)})")).Prepend(
                (string.Empty, "all actions")), review.Filter.Action);
        if (review.Comparison is not null)
        {
            FormFields.WriteSelect(page, "difference", "Since the plan before", [
                (string.Empty, "all"), (PlanChangeFilter.New, "new"), (PlanChangeFilter.Changed, "other evidence"),
                (PlanChangeFilter.Same, "the same"),
            ], review.Filter.Difference);
        }

        page.WriteConstant("<button type=\"submit\">Filter</button>");
        if (!review.Filter.IsPlain)
        {
            page.Write($"""<a class="clear" href="{Link.Plan(review.Plan.Location)}#changes">Clear</a>""");
        }

        page.WriteConstant("</form>\n");
    }

    private static void WriteButtons(MarkupWriter page, PlanReview review, long matching)
    {
        page.WriteConstant("<div class=\"actions sticky\">");
        if (matching < review.Plan.Totals.Changes && matching > 0)
        {
            page.Write($"""<button type="submit" name="scope" value="matching" class="primary">Apply the """);
            page.Write($"{Quantity.Number(matching)} that match …</button>");
        }
        else
        {
            page.Write($"""<button type="submit" name="scope" value="all" class="primary">Apply all """);
            page.Write($"{Quantity.Number(review.Plan.Totals.Changes)} …</button>");
        }

        page.WriteConstant("""
            <button type="submit" name="scope" value="ticked" data-ticked="Apply # ticked …">Apply the ticked …</button>
            <span class="quiet">A question comes first.</span></div>

            """);
    }

    private static void WriteTable(MarkupWriter page, PlanReview review, List<PlannedChange> shown, bool canApply)
    {
        if (shown.Count == 0)
        {
            page.WriteConstant("<p>No change matches the filter.</p>");
            return;
        }

        page.WriteConstant("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Planned changes\"><table "
            + "class=\"list changes cards\">");
        page.WriteConstant("<thead><tr>");
        if (canApply)
        {
            page.WriteConstant("<th scope=\"col\" class=\"tick\"><input type=\"checkbox\" id=\"tick-all\" aria-label=\"Tick all of "
                + "this page\"/></th>");
        }

        page.WriteConstant("<th scope=\"col\" class=\"n\">#</th><th scope=\"col\">Action</th><th scope=\"col\">Target</th></tr>"
            + "</thead><tbody>\n");
        foreach (var planned in shown)
        {
            WriteRow(page, review, planned, canApply);
        }

        page.WriteConstant("</tbody></table></div>\n");
    }

    private static void WriteRow(MarkupWriter page, PlanReview review, PlannedChange planned, bool canApply)
    {
        var (change, number) = (planned.Change, Quantity.Number(planned.Number));
        page.WriteConstant("<tr data-row=\"change\">");
        if (canApply)
        {
            page.Write($"""<td class="tick"><input type="checkbox" name="n" value="{planned.Number}" aria-label="Change {number}"/>""");
            page.Write($"</td>");
        }

        page.Write($"""<td class="n zero">{number}</td><td><code>{change.Action}</code></td><td class="target">""");
        if (review.DifferenceOf(planned) is { } difference and not PlanChangeFilter.Same)
        {
            page.Write($"""<span class="tag {difference}">{difference}</span> """);
        }

        page.Write($"<bdi>{change.Target}</bdi>");
        if (change.Reason is { } reason)
        {
            page.Write($"""<span class="why"><bdi>{reason}</bdi></span>""");
        }

        if (change.Evidence is { } evidence)
        {
            page.Write($"""<span class="evidence"><bdi>{evidence}</bdi></span>""");
        }

        if (review.Comparison?.Changed.FirstOrDefault(pair => pair.Is == change) is { Was: { } was })
        {
            page.Write($"""<span class="evidence was"><bdi>was {PlanComparison.Evidence(was)}</bdi></span>""");
        }

        page.WriteConstant("</td></tr>\n");
    }

    private static void WritePaging(MarkupWriter page, PlanReview review, int number, long matching)
    {
        page.WriteConstant("<nav class=\"paging\" aria-label=\"Pages of changes\">");
        if (number > 1)
        {
            page.Write($"""<a href="{review.Address(number - 1)}#changes" rel="prev">Previous</a>""");
        }

        if ((long)number * PageLength < matching)
        {
            page.Write($"""<a href="{review.Address(number + 1)}#changes" rel="next">Next</a>""");
        }

        page.Write($"<span>{Quantity.Count(matching, "change")}</span></nav>");
        page.WriteConstant("\n");
    }
}
